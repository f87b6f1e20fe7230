import { Schema } from "effect"
import { comesTo, described, orElse, text } from "./values.ts"

const sum = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { expected: "64 hexadecimal digits" }))

/** Relative to the campaign file's folder. With a sum, a file that was cut short or changed is noticed at the start. */
const DataFile = Schema.Struct({ path: text, sha256: Schema.optionalKey(sum) })

const dataFile = comesTo(
  Schema.Union([text, DataFile]).annotate({ expected: 'a path, or {"path": "data.csv", "sha256": "…"}' }),
  DataFile,
  (written) => (typeof written === "string" ? { path: written } : written),
)

const everyTrainer = {
  /** Names of environment variables handed on to the program; their values are never recorded. */
  env: orElse(
    Schema.Array(text).annotateKey(
      described("Names of environment variables handed on to the program; their values are never recorded."),
    ),
    [],
  ),
  /** Files that must exist and be whole before anything starts. */
  data: orElse(
    Schema.Array(dataFile).annotateKey(
      described("Files that must exist before anything starts and, where their SHA-256 is given, be whole."),
    ),
    [],
  ),
  /** What one trial leases. */
  resources: orElse(
    Schema.Literals(["cpu", "gpu"]).annotateKey(described("What one trial leases; cpu unless given.")),
    "cpu",
  ),
}

/** More processes than one machine carries are a slip of the hand. */
const MOST_TOGETHER = 64
const together = Schema.Int.check(
  Schema.isBetween({ minimum: 1, maximum: MOST_TOGETHER }, { expected: `a whole number from 1 to ${MOST_TOGETHER}` }),
)

const oneGroup = (pattern: string): boolean => {
  try {
    return new RegExp(`${pattern}|`).exec("")?.length === 2
  } catch {
    return false
  }
}
const stdoutPattern = Schema.String.check(
  Schema.makeFilter(oneGroup, { expected: 'a regular expression with one group, such as "val_loss=(\\S+)"' }),
)

/**
 * A regular expression for each metric, whose one group is the number; `step` is that of the step. A metric belongs to
 * the last step that was printed, on its own line or before; without a pattern for `step`, steps are counted.
 */
const StdoutPatterns = Schema.Record(Schema.String, stdoutPattern)

const Program = Schema.Struct({
  type: Schema.Literal("program"),
  /** argv; `{learning_rate}` is replaced by the value. Never passed through a shell. */
  command: Schema.Array(text)
    .check(Schema.isMinLength(1, { expected: 'at least a program, such as ["python3", "train.py"]' }))
    .annotateKey(described("argv, never passed through a shell; {learning_rate} is replaced by the value.")),
  /** How metrics are had from a program that does not report them: read from what it prints. */
  metrics: Schema.optionalKey(Schema.Struct({ fromStdout: StdoutPatterns })).annotateKey(
    described(
      "For a program that only prints: a pattern for each metric, and one for step, with the number in a group.",
    ),
  ),
  ...everyTrainer,
  /** How many GPUs a trial leases; absent: as many as it has processes. */
  devices: Schema.optionalKey(together).annotateKey(
    described("How many GPUs a trial leases; as many as it has processes unless given."),
  ),
  /** How many processes of the command train one model together; absent: 1. */
  processes: Schema.optionalKey(together).annotateKey(
    described("How many processes of the command train one model together, on this machine; 1 unless given."),
  ),
})

const Tensorflow = Schema.Struct({
  type: Schema.Literal("tensorflow"),
  script: text.annotateKey(described("A script for Tanren's own Node and TensorFlow.js.")),
  backend: Schema.optionalKey(Schema.Literals(["gpu", "node", "wasm", "cpu"])),
  ...everyTrainer,
})

/** How the training program is started. */
export const Trainer = Schema.Union([Program, Tensorflow]).annotate({
  expected: '{"type": "program", "command": ["python3", "train.py"]} or {"type": "tensorflow", "script": "train.ts"}',
})
