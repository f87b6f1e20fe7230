import type { TrialFileSchema } from "./schema.ts"

/** The environment variables by which a program learns where its two files are. */
export const TRIAL_VARIABLE = "TANREN_TRIAL"
export const EVENTS_VARIABLE = "TANREN_EVENTS"

/** What the file named by `TANREN_TRIAL` holds, as its schema describes it: all that determines an attempt at a trial. */
export type TrialFile = (typeof TrialFileSchema)["Type"]

/** The learning rate's course, relative to the hyperparameter `learning_rate`; steps in `stepUnit`s. */
export type ScheduleSpec = NonNullable<TrialFile["schedule"]>

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

type Rule = readonly [holds: (x: unknown) => boolean, wanted: string]
type Optional = { [Name in keyof TrialFile]-?: undefined extends TrialFile[Name] ? Name : never }[keyof TrialFile]

/** A field that the schema has and no rule here is an error of the compiler. */
const required: Readonly<Record<Exclude<keyof TrialFile, Optional | "version">, Rule>> = {
  task: [oneOf("train", "evaluate"), '"train" or "evaluate"'],
  trial: [isText, "the trial's id"],
  hyperparameters: [every(isValue), "an object of numbers, strings and booleans"],
  maxTrainSteps: [(x) => isCount(x) && x !== 0, "a whole number above 0"],
  evalEverySteps: [(x) => isCount(x) && x !== 0, "a whole number above 0"],
  stepUnit: [oneOf("step", "epoch", "example", "token"), '"step", "epoch", "example" or "token"'],
  seeds: [every(isSeed, ["init", "data", "dropout"]), "whole numbers from 0 to 2^32 - 1 named init, data and dropout"],
  checkpointDir: [isText, "a folder"],
  resumeFrom: [(x) => x === null || isText(x), "a checkpoint's path or null"],
  split: [oneOf("train", "valid", "test"), '"train", "valid" or "test"'],
  limits: [every((x) => typeof x === "number" && x > 0), "an object of numbers above 0"],
  keepCheckpoints: [isCount, "a whole number from 0"],
  metric: [
    (x) => isRecord(x) && isText(x.name) && oneOf("minimize", "maximize")(x.goal),
    "a name and a goal, minimize or maximize",
  ],
  host: [
    (x) => isRecord(x) && isCount(x.index) && isCount(x.count) && (x.index as number) < (x.count as number),
    "an index below its count",
  ],
}

const whenGiven: Readonly<Record<Optional, Rule>> = {
  earlierCheckpoints: [(x) => Array.isArray(x) && x.every(isText), "a list of checkpoints' paths"],
  keepCheckpointAt: [(x) => isCount(x) && x !== 0, "a whole number above 0"],
  exportDir: [isText, "a folder"],
  schedule: [(x) => isRecord(x) && oneOf("constant", "linear", "cosine")(x.type), "constant, linear or cosine"],
  warmupSteps: [isCount, "a whole number from 0"],
  clipNorm: [(x) => typeof x === "number" && x > 0, "a number above 0"],
  evaluateEveryStepUntil: [isCount, "a whole number from 0"],
}

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
  const given = Object.entries(whenGiven).filter(([name]) => json[name] !== undefined)
  const wrong = [...Object.entries(required), ...given].find(([name, [holds]]) => !holds(json[name]))
  if (wrong !== undefined) {
    const [name, [, wanted]] = wrong
    return refused(`${name} is ${shown(json[name])}, wanted: ${wanted}`)
  }
  // Fields of later versions and of sweeps pass through: a program reads those that it knows.
  return { ok: true, value: { ...json, version: 1 } as unknown as TrialFile }
}

/** The text of a trial file, ready to be written. */
export const encodeTrialFile = (trial: TrialFile): string => `${JSON.stringify(trial, null, 1)}\n`
