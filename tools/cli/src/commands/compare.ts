import { type Comparable, type Outcome, readComparable, readRight, sidesText } from "@tanren/analyze"
import { describeOutcome, type LaunchDecision } from "@tanren/playbook"
import { languages } from "@tanren/words"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { exitCodes, judged } from "../compared.ts"
import { comparedWords } from "../compared.words.ts"
import { names } from "../names-flag.ts"

const side = (name: string, description: string) => Argument.String(name).pipe(Argument.withDescription(description))

export const compare = Command.make(
  "compare",
  {
    baseline: side(
      "baseline",
      "A, what stands: runs of one configuration that differ in their seeds. CSV, JSON lines, an MLflow database or mlruns folder, a folder with a file for each run; FILE#NAME takes one experiment of it, FILE#COLUMN=VALUE some of its rows",
    ),
    candidate: side("candidate", "B, what may take its place: likewise"),
    metric: Flag.String("metric").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("Name of the metric in the files"),
      Flag.optional,
    ),
    goal: Flag.Literals("goal", ["minimize", "maximize"]).pipe(
      Flag.withDescription("Whether to minimize or maximize the metric"),
      Flag.optional,
    ),
    examples: Flag.Int("examples").pipe(
      Flag.withDescription("Number of validation examples, where the metric is a share of them"),
      Flag.optional,
    ),
    right: Flag.String("right").pipe(
      Flag.withMetavar("file,file"),
      Flag.withDescription(
        "Which validation examples each run has right, of A and of B: two files of ones and zeros, a run a line",
      ),
      Flag.optional,
    ),
    leastGain: Flag.Finite("least-gain").pipe(
      Flag.withDescription("What B costs beside its runs: adopted only for more than this gain, in the metric's units"),
      Flag.optional,
    ),
    pickedFrom: Flag.Int("picked-from").pipe(
      Flag.withDescription("Of how many candidates B is the best by these same runs"),
      Flag.withDefault(1),
    ),
    ignore: names("ignore", "Columns that are neither settings nor measurements"),
    json: Flag.Boolean("json").pipe(Flag.withDescription("Print the decision as JSON"), Flag.withDefault(false)),
    language: Flag.Literals("language", languages).pipe(
      Flag.withDescription("Language of the decision"),
      Flag.withDefault("en"),
    ),
  },
  Effect.fn("compare")(function* (flags) {
    const examples = Option.getOrUndefined(flags.examples)
    const leastGain = Option.getOrUndefined(flags.leastGain)
    if (examples !== undefined && examples < 1)
      return yield* badInput(`--examples: must be a whole number above 0, found ${examples}`)
    if (leastGain !== undefined && leastGain <= 0)
      return yield* badInput(`--least-gain: must be above 0, found ${leastGain}; leave it out to adopt any gain`)
    if (flags.pickedFrom < 1)
      return yield* badInput(`--picked-from: must be a whole number above 0, found ${flags.pickedFrom}`)
    const right = Option.isSome(flags.right) ? yield* bothRight(flags.right.value) : undefined
    const sides = yield* accepted(
      readComparable(flags.baseline, flags.candidate, {
        ...(Option.isSome(flags.metric) ? { metric: flags.metric.value } : {}),
        ...(Option.isSome(flags.goal) ? { goal: flags.goal.value } : {}),
        ignore: flags.ignore,
      }),
    )
    const made = judged(sides, { examples, leastGain, pickedFrom: flags.pickedFrom, right })
    process.exitCode = exitCodes[made.decision]
    const counted = right?.[0][0]?.length ?? examples
    const unused = counted !== undefined && made.comparison !== null && made.samplingOfDifference == null
    const told = [
      sidesText(sides, flags.language),
      ...(unused ? [comparedWords.examplesUnused(counted)[flags.language]] : []),
    ].join("\n")
    if (flags.json) {
      yield* Console.error(told)
      return yield* Console.log(jsonOf(sides, made))
    }
    const { assumed, code } = comparedWords
    const decision = flags.language === "en" ? made.text : (describeOutcome(made, "ja") ?? made.text)
    yield* Console.log(`${told}\n\n${decision}\n\n${assumed[flags.language]}\n${code(made.decision)[flags.language]}`)
  }),
).pipe(
  Command.withDescription(
    "Decide whether B takes the place of A, by the rule of a launch, on two sets of results; needs no server and no campaign. Exit code: 0 adopt, 10 keep, 11 undecided, 2 bad input",
  ),
)

/** Both sides answer the same examples. */
const bothRight = Effect.fnUntraced(function* (given: string) {
  const [baseline, candidate, ...more] = given.split(",")
  if (baseline === undefined || candidate === undefined || more.length > 0)
    return yield* badInput(`--right: two files are wanted, of A and of B (a.txt,b.txt), found ${given}`)
  const [ours, theirs] = [yield* accepted(readRight(baseline)), yield* accepted(readRight(candidate))]
  const [one, other] = [ours[0]?.length, theirs[0]?.length]
  if (one !== other)
    return yield* badInput(
      `--right: ${baseline} has ${one} examples, ${candidate} has ${other}; the same ones are wanted`,
    )
  return [ours, theirs] as const
})

const accepted = Effect.fnUntraced(function* <A>(outcome: Outcome<A>) {
  return outcome.ok ? outcome.value : yield* badInput(...outcome.lines)
})

const jsonOf = ({ baseline, candidate }: Comparable, made: LaunchDecision): string =>
  JSON.stringify(
    { exitCode: exitCodes[made.decision], files: { baseline: baseline.given, candidate: candidate.given }, ...made },
    null,
    2,
  )
