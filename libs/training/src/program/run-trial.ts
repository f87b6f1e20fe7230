import { mkdirSync } from "node:fs"
import type { TrainerEvent, TrialFile } from "@tanren/trainer"
import { checkpointsIn } from "../checkpoints/folder.ts"
import { fromCheckpoint, toCheckpoint } from "../checkpoints/state.ts"
import { evaluate } from "../evaluation/evaluate.ts"
import { batchOf, picked } from "../input/examples.ts"
import { batchOrder } from "../input/order.ts"
import { crossEntropy } from "../losses/cross-entropy.ts"
import { layoutOf } from "../parameters/layout.ts"
import { stream, wordOf } from "../random/stream.ts"
import { scheduleOf } from "../schedules/index.ts"
import { withWarmup } from "../schedules/warmup.ts"
import { type Tensor2D, tf } from "../tensor.ts"
import { type TrainingState, trainerOf } from "../training-step.ts"
import type { Resumed } from "./resume.ts"
import type { Task } from "./task.ts"
import { add, emptyWindow, summary, type Window } from "./window.ts"

export type Ending = "finished" | "stopped" | "infeasible"

/** The place of augmentation's streams, apart from the shuffling's. */
const AUGMENTATION = wordOf("augment")

/** The event loop's turn, in which a signal can arrive. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Trains one trial by the contract: evaluates every `evalEverySteps`, writes a checkpoint after each such evaluation,
 * stops with one when `stopAsked`, and calls a trial that diverges infeasible.
 */
export const runTrial = async (
  trial: TrialFile,
  task: Task,
  resumed: Resumed | undefined,
  emit: (event: TrainerEvent) => void,
  stopAsked: () => boolean,
): Promise<Ending> => {
  const { rule, model } = task
  const trainer = trainerOf({
    model,
    rule,
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    weightDecay: task.weightDecay,
    ...((trial.clipNorm ?? task.clipNorm) === undefined ? {} : { clipNorm: trial.clipNorm ?? task.clipNorm }),
    seeds: { init: trial.seeds.init, dropout: trial.seeds.dropout },
  })
  const warmup = trial.warmupSteps ?? 0
  const schedule =
    trial.schedule !== undefined
      ? scheduleOf(trial.schedule, trial.maxTrainSteps, warmup)
      : warmup > 0
        ? withWarmup(warmup, task.schedule)
        : task.schedule
  const order = batchOrder(trial.seeds.data, task.train.count, task.batchSize)
  const split = trial.split === "train" ? task.train : task.splits[trial.split]
  const sizes = { parameters: layoutOf(model.parameters).size, movings: layoutOf(model.movings).size }

  let state: TrainingState = resumed === undefined ? trainer.initial() : fromCheckpoint(resumed.checkpoint, rule, sizes)
  let window: Window = (resumed?.checkpoint.state.window as Window | undefined) ?? emptyWindow()
  mkdirSync(trial.checkpointDir, { recursive: true })
  const checkpoints = checkpointsIn(trial.checkpointDir, trial.metric, trial.keepCheckpoints)
  let waiting = 0
  let since = { step: state.step, at: performance.now() }

  const measure = (step: number): number | undefined => {
    const outputs = (inputs: Parameters<typeof trainer.outputs>[1]) => trainer.outputs(state, inputs)
    const measured = evaluate(outputs, split)
    const sample = trial.split === "train" ? measured : evaluate(outputs, task.trainSample)
    const took = performance.now() - since.at
    const steps = Math.max(1, step - since.step)
    const metrics: Record<string, number> = {
      "train/loss": sample.loss,
      "train/error": sample.error,
      [`${trial.split}/loss`]: measured.loss,
      [`${trial.split}/error`]: measured.error,
      [`${trial.split}/correct`]: measured.correct,
      [`${trial.split}/count`]: measured.count,
      ...summary(window),
      ...(step > 0 ? { learning_rate: task.learningRate * schedule(step - 1) } : {}),
      "time/step_ms": took / steps,
      "time/input_wait_ms": waiting / steps,
    }
    emit({ type: "metrics", step, metrics })
    emit({
      type: "predictions",
      step,
      examples: measured.predicted
        .slice(0, 8)
        .map((predicted, index) => ({ index, label: split.labels[index], predicted })),
      countByClass: measured.countByClass,
      correctByClass: measured.correctByClass,
    })
    window = emptyWindow()
    waiting = 0
    since = { step, at: performance.now() }
    return metrics[trial.metric.name]
  }

  // The disk works while training goes on; one checkpoint at a time, each announced once it is safe.
  let saving: Promise<void> = Promise.resolve()
  const save = async (value?: number): Promise<void> => {
    await saving
    const { step } = state
    saving = checkpoints
      .save(toCheckpoint(state, rule, { window }), value)
      .then((path) => emit({ type: "checkpoint", step, path }))
    // A full disk is told by whoever waits next.
    saving.catch(() => {})
  }

  if (trial.task === "evaluate") {
    measure(state.step)
    emit({ type: "finished", step: state.step })
    return "finished"
  }

  while (state.step < trial.maxTrainSteps) {
    await turn()
    if (stopAsked()) {
      await save()
      await saving
      return "stopped"
    }
    const began = performance.now()
    const examples = picked(task.train, order(state.step))
    const augmented = task.augment?.(examples, stream(trial.seeds.data, AUGMENTATION, state.step)) ?? examples
    const batch = batchOf(augmented)
    waiting += performance.now() - began
    const { state: next, report } = trainer.step(state, batch, task.learningRate * schedule(state.step))
    tf.dispose([batch.inputs, batch.labels])
    state = next
    add(window, report)
    const { step } = state
    if (!Number.isFinite(report.loss) || !Number.isFinite(report.gradNorm)) {
      await saving
      emit({ type: "metrics", step, metrics: { "train/loss": report.loss, ...summary(window) } })
      const what = Number.isFinite(report.loss)
        ? `gradient norm is ${report.gradNorm}`
        : `training loss is ${report.loss}`
      emit({ type: "infeasible", step, reason: `diverged at step ${step}: the ${what}` })
      return "infeasible"
    }
    const due = step % trial.evalEverySteps === 0 || step === trial.maxTrainSteps
    if (due || step <= (trial.evaluateEveryStepUntil ?? 0)) {
      const value = measure(step)
      if (due) await save(value)
    }
  }
  await saving
  emit({ type: "finished", step: state.step })
  return "finished"
}
