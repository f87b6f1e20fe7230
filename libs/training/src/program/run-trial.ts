import { mkdirSync } from "node:fs"
import type { TrainerEvent, TrialFile } from "@tanren/contract"
import { checkpointsIn } from "../checkpoints/folder.ts"
import { fromCheckpoint, toCheckpoint } from "../checkpoints/state.ts"
import { batchOf, picked } from "../input/examples.ts"
import { batchOrder } from "../input/order.ts"
import { pipeline } from "../input/pipeline.ts"
import { crossEntropy } from "../losses/cross-entropy.ts"
import { layoutOf } from "../parameters/layout.ts"
import { stream, wordOf } from "../random/stream.ts"
import { courseOf, overTraining, type Schedule } from "../schedules/index.ts"
import { type Tensor2D, tf } from "../tensor.ts"
import { type StepReport, type Trainer, type TrainingState, trainerOf } from "../training-step.ts"
import { measurerOf } from "./measure.ts"
import type { Resumed } from "./resume.ts"
import type { Task } from "./task.ts"
import { add, emptyWindow, summary, type Window } from "./window.ts"

export type Ending = "finished" | "stopped" | "infeasible"

/** The place of augmentation's streams, apart from the shuffling's. */
const AUGMENTATION = wordOf("augment")
/** Steps whose examples are read while one is trained. */
const AHEAD = 2

/** The event loop's turn, in which a signal can arrive. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const trainerFor = (trial: TrialFile, task: Task): Trainer => {
  const clipNorm = trial.clipNorm ?? task.clipNorm
  return trainerOf({
    model: task.model,
    rule: task.rule,
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    weightDecay: task.weightDecay,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    seeds: { init: trial.seeds.init, dropout: trial.seeds.dropout },
  })
}

/** A sweep's schedule in place of the program's own; warmup goes in front of either. */
const scheduleFor = ({ schedule, warmupSteps = 0, maxTrainSteps }: TrialFile, task: Task): Schedule =>
  overTraining(schedule === undefined ? task.schedule : courseOf(schedule), maxTrainSteps, warmupSteps)

const inputFor = (trial: TrialFile, task: Task, from: number): ReturnType<typeof pipeline> => {
  const order = batchOrder(trial.seeds.data, task.train.count, task.batchSize)
  const source = task.source?.(trial.seeds.data) ?? ((step: number) => picked(task.train, order(step)))
  return pipeline(source, from, trial.maxTrainSteps, AHEAD)
}

const isSound = (report: StepReport): boolean => Number.isFinite(report.loss) && Number.isFinite(report.gradNorm)

const diverged = (step: number, { loss, gradNorm }: StepReport): TrainerEvent => {
  const what = Number.isFinite(loss) ? `gradient norm is ${gradNorm}` : `training loss is ${loss}`
  return { type: "infeasible", step, reason: `diverged at step ${step}: the ${what}` }
}

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
  const trainer = trainerFor(trial, task)
  const free = (): void => {
    tf.dispose([state.parameters, state.movings, ...state.slots])
    trainer.dispose()
  }
  const schedule = scheduleFor(trial, task)
  const measurer = measurerOf(trial, task)
  const sizes = { parameters: layoutOf(model.parameters).size, movings: layoutOf(model.movings).size }

  let state: TrainingState = resumed === undefined ? trainer.initial() : fromCheckpoint(resumed.checkpoint, rule, sizes)
  let window: Window = (resumed?.checkpoint.state.window as Window | undefined) ?? emptyWindow()
  let waited = 0
  let since = { step: state.step, at: performance.now() }

  const measure = (): number | undefined => {
    const { step } = state
    const steps = step - since.step
    const wall: Record<string, number> =
      steps > 0 ? { "time/step_ms": (performance.now() - since.at) / steps, "time/input_wait_ms": waited / steps } : {}
    const last = trial.task === "evaluate" || step === trial.maxTrainSteps
    const { metrics, predictions } = measurer((inputs) => trainer.outputs(state, inputs), last)
    const rate: Record<string, number> =
      trial.task === "train" ? { learning_rate: task.learningRate * schedule(step - 1) } : {}
    emit({ type: "metrics", step, metrics: { ...metrics, ...summary(window), ...rate, ...wall } })
    emit({ ...predictions, step })
    window = emptyWindow()
    waited = 0
    since = { step, at: performance.now() }
    return metrics[trial.metric.name]
  }

  const finish = async (): Promise<Ending> => {
    if (trial.exportDir !== undefined && task.exportTo !== undefined) {
      const exported = await task.exportTo((name) => trainer.value(state, name), trial.exportDir)
      for (const one of exported) emit({ type: "exported", ...one })
    }
    // Before it is announced: a warm process may be given the next trial at once.
    free()
    emit({ type: "finished", step: state.step })
    return "finished"
  }

  if (trial.task === "evaluate") {
    window = emptyWindow()
    measure()
    return finish()
  }

  mkdirSync(trial.checkpointDir, { recursive: true })
  const checkpoints = checkpointsIn(trial.checkpointDir, trial.metric, trial.keepCheckpoints, trial.keepCheckpointAt)
  // The disk works while training goes on: one checkpoint at a time, announced once it is safe, and only then are
  // older ones removed, so that what was announced last always exists.
  let saving: Promise<void> = Promise.resolve()
  const save = async (value?: number): Promise<void> => {
    await saving
    const { step } = state
    saving = checkpoints
      .save(toCheckpoint(state, rule, { window }), value)
      .then((path) => emit({ type: "checkpoint", step, path }))
      .then(checkpoints.prune)
    // A full disk is told by whoever waits next.
    saving.catch(() => {})
  }

  const nextExamples = await inputFor(trial, task, state.step)
  while (state.step < trial.maxTrainSteps) {
    await turn()
    if (stopAsked()) {
      await save()
      await saving
      free()
      return "stopped"
    }
    const began = performance.now()
    const examples = await nextExamples()
    waited += performance.now() - began
    const augmented = task.augment?.(examples, stream(trial.seeds.data, AUGMENTATION, state.step)) ?? examples
    const batch = batchOf(augmented)
    const taken = trainer.step(state, batch, task.learningRate * schedule(state.step))
    tf.dispose([batch.inputs, batch.labels])
    state = taken.state
    add(window, taken.report)
    const { step } = state
    if (!isSound(taken.report)) {
      await saving
      emit({ type: "metrics", step, metrics: { "train/loss": taken.report.loss, ...summary(window) } })
      emit(diverged(step, taken.report))
      free()
      return "infeasible"
    }
    const due = step % trial.evalEverySteps === 0 || step === trial.maxTrainSteps
    if (due || step <= (trial.evaluateEveryStepUntil ?? 0)) {
      const value = measure()
      if (due) await save(value)
    }
  }
  await saving
  return finish()
}
