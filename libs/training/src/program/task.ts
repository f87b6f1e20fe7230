import type { ExportedModel } from "../export/model.ts"
import type { Examples } from "../input/examples.ts"
import type { Source } from "../input/pipeline.ts"
import type { Layer } from "../layers/layer.ts"
import type { UpdateRule } from "../optimizers/rule.ts"
import type { Stream } from "../random/stream.ts"
import type { Course } from "../schedules/schedule.ts"
import type { Tensor } from "../tensor.ts"

/** What a program trains and on what: everything that a trial's hyperparameters decide. */
export interface Task {
  readonly model: Layer
  readonly rule: UpdateRule
  readonly learningRate: number
  /** The program's own course of the learning rate, unless the trial file asks for another; warmup goes in front. */
  readonly schedule: Course
  readonly weightDecay: number
  readonly batchSize: number
  readonly clipNorm?: number
  readonly train: Examples
  /** Where training examples come from, when not from `train` in memory; read ahead while a step is trained. */
  readonly source?: (seed: number) => Source
  /** Changes a training batch at random, from this step's own stream; evaluation never sees it. */
  readonly augment?: (batch: Examples, next: Stream) => Examples
  /** The fixed sample of the training data that is evaluated beside the split. */
  readonly trainSample: Examples
  /** Examples a batch in evaluation, never fewer than in training; absent: 1024. */
  readonly evaluationBatchSize?: number
  /** Evaluate only so many of the split, always the same; the last evaluation also measures all and how they agree. */
  readonly evaluationSubset?: number
  readonly splits: { readonly valid: Examples; readonly test: Examples }
  /** Writes a model that others can open (duty `export`) from the parameters and moving averages by name. */
  readonly exportTo?: (
    value: (name: string) => Tensor,
    folder: string,
  ) => ReadonlyArray<ExportedModel> | Promise<ReadonlyArray<ExportedModel>>
}
