import type { Examples } from "../input/examples.ts"
import type { Layer } from "../layers/layer.ts"
import type { UpdateRule } from "../optimizers/rule.ts"
import type { Stream } from "../random/stream.ts"
import type { Schedule } from "../schedules/schedule.ts"

/** What a program trains and on what: everything that a trial's hyperparameters decide. */
export interface Task {
  readonly model: Layer
  readonly rule: UpdateRule
  readonly learningRate: number
  /** The program's own course of the learning rate, unless the trial file asks for another. */
  readonly schedule: Schedule
  readonly weightDecay: number
  readonly batchSize: number
  readonly clipNorm?: number
  readonly train: Examples
  /** Changes a training batch at random, from this step's own stream; evaluation never sees it. */
  readonly augment?: (batch: Examples, next: Stream) => Examples
  /** The fixed sample of the training data that is evaluated beside the split. */
  readonly trainSample: Examples
  readonly splits: { readonly valid: Examples; readonly test: Examples }
}
