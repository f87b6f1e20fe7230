import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Effect, Schema } from "effect"

const READER = fileURLToPath(new URL("./read_options", import.meta.url))
const run = promisify(execFile)

const Literal = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean])

const Option = Schema.Struct({
  /** As the script's own code calls it: `weight_decay`. */
  name: Schema.String,
  /** As it is given: `--weight-decay`; empty for a positional argument. */
  flag: Schema.String,
  /** The words of the subcommand that it belongs to; none where it is the program's own. */
  command: Schema.Array(Schema.String),
  kind: Schema.Literals(["float", "int", "str", "bool", "other"]),
  default: Schema.NullOr(Literal),
  /** The default is no literal: it is known only when the script runs. */
  computed: Schema.Boolean,
  choices: Schema.NullOr(Schema.Array(Literal)),
  low: Schema.NullOr(Schema.Finite),
  high: Schema.NullOr(Schema.Finite),
  /** The flags that set a boolean, where there are such. */
  on: Schema.NullOr(Schema.String),
  off: Schema.NullOr(Schema.String),
  required: Schema.Boolean,
  several: Schema.Boolean,
  help: Schema.String,
})

const Count = Schema.NullOr(Schema.Int)
const Script = Schema.Struct({
  kind: Schema.NullOr(Schema.Literals(["argparse", "click", "typer", "hydra", "absl", "fire", "transformers", "tyro"])),
  /** The path of a Hydra script's configuration. */
  config: Schema.NullOr(Schema.String),
  /** Each subcommand, by the words that call it. */
  commands: Schema.Array(Schema.Array(Schema.String)),
  options: Schema.Array(Option),
  /** Top-level names of the modules that it imports. */
  imports: Schema.Array(Schema.String),
  /** Environment variables that its text names. */
  environment: Schema.Array(Schema.String),
  /** It looks at `sys.argv` itself. */
  readsArguments: Schema.Boolean,
  /** It takes its parameters through `tanren.params`: no arguments are needed for them. */
  takesParams: Schema.Boolean,
  /** It trains for `max_train_steps` of `tanren.trial`. */
  takesLength: Schema.Boolean,
  /** Duties that it declares by `tanren.started`. */
  honours: Schema.Array(Schema.String),
  /** Names in its calls of `tanren.report`. */
  reported: Schema.Array(Schema.String),
  steps: Schema.Struct({ most: Count, every: Count }),
})

export type ScriptOption = typeof Option.Type
export type Script = typeof Script.Type

/** The script cannot be read, or there is no Python to read it with. */
export class UnreadableScript extends Schema.TaggedError<UnreadableScript>()("UnreadableScript", {
  message: Schema.String,
}) {}

/** The options that a Python script declares, read from its syntax tree: nothing of the script runs. */
export const readOptions = (script: string, python: string): Effect.Effect<Script, UnreadableScript> =>
  Effect.gen(function* () {
    const { stdout } = yield* Effect.tryPromise({
      try: () => run(python, ["-B", READER, script]),
      catch: (error) => new UnreadableScript({ message: whyOf(error, python) }),
    })
    return yield* Schema.decodeUnknownEffect(Script)(JSON.parse(stdout)).pipe(
      Effect.mapError((error) => new UnreadableScript({ message: `${script}: ${error.message}` })),
    )
  })

const whyOf = (error: unknown, python: string): string => {
  if (!(error instanceof Error)) return String(error)
  if ("code" in error && error.code === "ENOENT")
    return `${python} is not on the PATH; install Python, or give --python`
  return "stderr" in error && typeof error.stderr === "string" && error.stderr.trim() !== ""
    ? (error.stderr.trim().split("\n").at(-1) ?? error.message)
    : error.message
}
