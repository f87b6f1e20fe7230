import { basename } from "node:path"
import { visibleGpus } from "@tanren/activities"
import { leaseDevice, SUBJECT_DEFAULTS, type Subject } from "@tanren/conformance"
import { Effect } from "effect"
import type { Proposal } from "./propose.ts"
import type { Script, ScriptOption } from "./read-options.ts"
import { CannotInit, type InitRequest } from "./request.ts"
import { gpuModule, guessResources, type ResourcesGuess } from "./resources.ts"

/** Enough to see what a program reports, short enough to wait for. */
const SHORT = { steps: 3, every: 1 }

/** What the program will train on, as far as the script and the machine tell. */
export const resourcesFor = Effect.fnUntraced(function* (
  { script, extra }: InitRequest,
  read: Script,
  options: ReadonlyArray<ScriptOption>,
) {
  const module = gpuModule(read)
  if (module === undefined) return { resources: "cpu", parallel: 1 } satisfies ResourcesGuess
  return guessResources(basename(script), module, options, extra, yield* visibleGpus(process.env))
})

/** The program as it is first run: for a moment, on its baseline, on a device such as trials will have. */
export const subjectFor = Effect.fnUntraced(function* (
  { seconds, directory }: InitRequest,
  command: ReadonlyArray<string>,
  env: ReadonlyArray<string>,
  { resources, parallel }: ResourcesGuess,
  { hyperparameters, baseline, steps }: Proposal,
) {
  const device = yield* Effect.mapError(
    leaseDevice({ resources, slots: parallel }),
    ({ message }) =>
      new CannotInit({ message: `${message}; or hide the GPU: CUDA_VISIBLE_DEVICES= npx tanren init …` }),
  )
  return {
    startable: {
      trainer: { type: "program", command, env, data: [], resources: "cpu" },
      hyperparameters,
      maxTrainSteps: SHORT.steps,
      evalEverySteps: SHORT.every,
    },
    directory,
    device,
    hyperparameters: baseline,
    stepUnit: steps.unit,
    ...SUBJECT_DEFAULTS,
    ...SHORT,
    seconds,
  } satisfies Subject
})

/** The same for its whole length: a script with a cadence of its own may show nothing for many steps. */
export const atFullLength = (subject: Subject, { steps }: Proposal): Subject | undefined =>
  steps.most === null || steps.most <= subject.steps
    ? undefined
    : { ...subject, steps: steps.most, every: steps.every ?? subject.every }
