import type { TrainerEvent, TrialFile } from "@tanren/contract"
import { evaluate } from "../evaluation/evaluate.ts"
import { agreement, fixedSubset } from "../evaluation/subset.ts"
import { type Examples, picked } from "../input/examples.ts"
import type { Tensor } from "../tensor.ts"
import type { Task } from "./task.ts"

/** Enough for the batch to fill a device, few enough for its memory; nothing is kept for gradients. */
const EVALUATION_BATCH = 1024
/** The subset is part of the problem, as the split is: alike in all trials. */
const SUBSET_SEED = 1
/** A few predictions to look at, always of the same examples. */
const SHOWN = 8

interface Measured {
  readonly metrics: Readonly<Record<string, number>>
  readonly predictions: Omit<Extract<TrainerEvent, { type: "predictions" }>, "step">
}

/**
 * Evaluates the trial's split and the fixed sample of the training data. With `evaluationSubset`, only those examples
 * of the split; `last` then measures all of them as well and reports how far the two are apart.
 */
export const measurerOf = (
  trial: TrialFile,
  task: Task,
): ((outputs: (inputs: Tensor) => Tensor, last: boolean) => Measured) => {
  const all: Examples = trial.split === "train" ? task.train : task.splits[trial.split]
  const places =
    task.evaluationSubset === undefined ? undefined : fixedSubset(SUBSET_SEED, all.count, task.evaluationSubset)
  const seen = places === undefined ? all : picked(all, places)
  const batch = Math.max(task.batchSize, task.evaluationBatchSize ?? EVALUATION_BATCH)
  const evaluated = (outputs: (inputs: Tensor) => Tensor, examples: Examples) =>
    evaluate(outputs, examples, Math.min(batch, examples.count))

  return (outputs, last) => {
    const measured = evaluated(outputs, seen)
    const sample = trial.split === "train" ? measured : evaluated(outputs, task.trainSample)
    const apart = last && places !== undefined ? agreement(evaluated(outputs, all), all.labels, places) : undefined
    return {
      metrics: {
        "train/loss": sample.loss,
        "train/error": sample.error,
        [`${trial.split}/loss`]: measured.loss,
        [`${trial.split}/error`]: measured.error,
        [`${trial.split}/correct`]: measured.correct,
        [`${trial.split}/count`]: measured.count,
        ...(apart === undefined
          ? {}
          : {
              [`${trial.split}/full_error`]: apart.full,
              [`${trial.split}/subset_difference`]: apart.difference,
              [`${trial.split}/subset_expected_difference`]: apart.expected,
            }),
      },
      predictions: {
        type: "predictions",
        examples: measured.predicted
          .slice(0, SHOWN)
          .map((predicted, index) => ({ index, label: seen.labels[index], predicted })),
        countByClass: measured.countByClass,
        correctByClass: measured.correctByClass,
      },
    }
  }
}
