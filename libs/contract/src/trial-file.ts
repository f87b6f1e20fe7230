import type { Hyperparameters, Metric } from "@tanren/terms"

/** The environment variables by which a program learns where its two files are. */
export const TRIAL_VARIABLE = "TANREN_TRIAL"
export const EVENTS_VARIABLE = "TANREN_EVENTS"

/**
 * Whole numbers in 0 … 2³² − 1, one for each kind of randomness, so that a study can vary one and hold the others.
 * Playbook, "Considerations for multi-host pipelines": initialisation alike everywhere, shuffling different.
 */
export interface Seeds {
  readonly init: number
  readonly data: number
  readonly dropout: number
  readonly [other: string]: number
}

/** The learning rate's course, relative to the hyperparameter `learning_rate`; steps in `stepUnit`s. */
export type ScheduleSpec =
  | { readonly type: "constant" }
  | {
      readonly type: "linear"
      /** The step at which the decay starts; absent: 0. */
      readonly decayStart?: number
      /** The learning rate at the end, as a share of the base rate; in 0 … 1. */
      readonly endFactor: number
    }
  | { readonly type: "cosine"; readonly endFactor?: number }

/** Where this process stands among those that train one model together. */
export interface Host {
  readonly index: number
  readonly count: number
  /** `host:port` of the process with index 0, for the program's own distributed runtime. */
  readonly coordinator?: string
}

/** What Tanren itself enforces from outside; told to the program so that it can plan ahead. */
export interface TrialLimits {
  readonly wallSeconds?: number
  readonly silenceSeconds?: number
  readonly memoryMb?: number
  readonly diskMb?: number
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds?: number
}

/** What the file named by `TANREN_TRIAL` holds: all that determines one attempt at a trial. */
export interface TrialFile {
  readonly version: 1
  /** `evaluate`: measure the checkpoint `resumeFrom` on `split` once, report it at its step, and leave. */
  readonly task: "train" | "evaluate"
  readonly trial: string
  /** Flat names; the active hyperparameters only. */
  readonly hyperparameters: Hyperparameters
  readonly maxTrainSteps: number
  readonly evalEverySteps: number
  readonly stepUnit: "step" | "epoch" | "example" | "token"
  readonly seeds: Seeds
  /** This attempt's own folder, which exists and is empty. */
  readonly checkpointDir: string
  /** A path that an earlier attempt reported in a `checkpoint` event, or null. */
  readonly resumeFrom: string | null
  /** The trial's other checkpoints before it, of whatever attempt, newest first: for when `resumeFrom` is damaged. */
  readonly earlierCheckpoints?: ReadonlyArray<string>
  /** The data that is measured beside the training data; its name is the prefix of its metrics (`valid/error`). */
  readonly split: "train" | "valid" | "test"
  readonly limits: TrialLimits
  /** How many of the best checkpoints to keep, beside the last. */
  readonly keepCheckpoints: number
  readonly metric: Metric
  readonly host: Host
  /** Where a model that others can open is written at the end; absent: none is asked for. */
  readonly exportDir?: string
  /** Duty `schedule`: a sweep's learning-rate course in place of the program's own. */
  readonly schedule?: ScheduleSpec
  /** Duty `warmup`: steps of linear warmup put in front, added to `maxTrainSteps` by whoever writes the file. */
  readonly warmupSteps?: number
  /** Duty `clip`: the global L2 norm to which gradients are clipped. */
  readonly clipNorm?: number
  /** Duty `every-step-evaluation`: evaluate after each of the first so many steps. */
  readonly evaluateEveryStepUntil?: number
}

export type Parsed<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly why: string }

const refused = (why: string): { ok: false; why: string } => ({ ok: false, why })
const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x)
const shown = (x: unknown): string => (x === undefined ? "absent" : (JSON.stringify(x) ?? String(x)).slice(0, 80))

const isCount = (x: unknown): boolean => typeof x === "number" && Number.isInteger(x) && x >= 0
const isSeed = (x: unknown): boolean => isCount(x) && (x as number) < 2 ** 32
const isText = (x: unknown): boolean => typeof x === "string" && x.length > 0
const oneOf =
  (...values: ReadonlyArray<string>) =>
  (x: unknown): boolean =>
    typeof x === "string" && values.includes(x)
const isValue = (x: unknown): boolean =>
  (typeof x === "number" && Number.isFinite(x)) || typeof x === "string" || typeof x === "boolean"

const every =
  (holds: (x: unknown) => boolean, names: ReadonlyArray<string> = []) =>
  (x: unknown): boolean =>
    isRecord(x) && names.every((name) => name in x) && Object.values(x).every(holds)

const fields: ReadonlyArray<readonly [name: string, holds: (x: unknown) => boolean, wanted: string]> = [
  ["task", oneOf("train", "evaluate"), '"train" or "evaluate"'],
  ["trial", isText, "the trial's id"],
  ["hyperparameters", every(isValue), "an object of numbers, strings and booleans"],
  ["maxTrainSteps", (x) => isCount(x) && x !== 0, "a whole number above 0"],
  ["evalEverySteps", (x) => isCount(x) && x !== 0, "a whole number above 0"],
  ["stepUnit", oneOf("step", "epoch", "example", "token"), '"step", "epoch", "example" or "token"'],
  [
    "seeds",
    every(isSeed, ["init", "data", "dropout"]),
    "whole numbers from 0 to 2^32 - 1 named init, data and dropout",
  ],
  ["checkpointDir", isText, "a folder"],
  ["resumeFrom", (x) => x === null || isText(x), "a checkpoint's path or null"],
  ["split", oneOf("train", "valid", "test"), '"train", "valid" or "test"'],
  ["limits", every((x) => typeof x === "number" && x > 0), "an object of numbers above 0"],
  ["keepCheckpoints", isCount, "a whole number from 0"],
  [
    "metric",
    (x) => isRecord(x) && isText(x.name) && oneOf("minimize", "maximize")(x.goal),
    "a name and a goal, minimize or maximize",
  ],
  [
    "host",
    (x) => isRecord(x) && isCount(x.index) && isCount(x.count) && (x.index as number) < (x.count as number),
    "an index below its count",
  ],
]

const whenGiven: typeof fields = [
  ["earlierCheckpoints", (x) => Array.isArray(x) && x.every(isText), "a list of checkpoints' paths"],
  ["exportDir", isText, "a folder"],
  ["schedule", (x) => isRecord(x) && oneOf("constant", "linear", "cosine")(x.type), "constant, linear or cosine"],
  ["warmupSteps", isCount, "a whole number from 0"],
  ["clipNorm", (x) => typeof x === "number" && x > 0, "a number above 0"],
  ["evaluateEveryStepUntil", isCount, "a whole number from 0"],
]

/** Reads a trial file's text; what is refused names the field, what was found and what would be right. */
export const parseTrialFile = (text: string): Parsed<TrialFile> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return refused(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isRecord(json)) return refused(`an object is wanted, found ${shown(json)}`)
  const version = json.version ?? 1
  if (version !== 1) return refused(`version is ${shown(version)}, this program reads version 1`)
  const wrong =
    fields.find(([name, holds]) => !holds(json[name])) ??
    whenGiven.find(([name, holds]) => json[name] !== undefined && !holds(json[name]))
  if (wrong !== undefined) return refused(`${wrong[0]} is ${shown(json[wrong[0]])}, wanted: ${wrong[2]}`)
  // Fields of later versions and of sweeps pass through: a program reads those that it knows.
  return { ok: true, value: { ...json, version: 1 } as unknown as TrialFile }
}

/** The text of a trial file, ready to be written. */
export const encodeTrialFile = (trial: TrialFile): string => `${JSON.stringify(trial, null, 1)}\n`
