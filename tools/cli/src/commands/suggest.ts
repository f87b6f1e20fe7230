import { Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"

/** A whole number of at least `least`; one message, whatever is wrong with it. */
const whole = (name: string, least: number) =>
  Flag.String(name).pipe(
    Flag.withMetavar("number"),
    Flag.filterMap(
      (text) => {
        const value = text.trim() === "" ? Number.NaN : Number(text)
        return Number.isInteger(value) && value >= least && value <= 2 ** 52 ? Option.some(value) : Option.none()
      },
      () => `a whole number, at least ${least}`,
    ),
  )

export const suggest = Command.make(
  "suggest",
  {
    space: Flag.String("space").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription("Search space, JSON or YAML: Tanren's format or AlgoPerf's tuning_search_space.json"),
    ),
    count: whole("count", 1).pipe(
      Flag.withDescription("How many points; for a grid, how many the whole grid may have"),
    ),
    trials: Flag.String("trials").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription(
        "Trials so far, one JSON object a line: the points among them, whatever their status, are not suggested again",
      ),
      Flag.optional,
    ),
    algorithm: Flag.Literals("algorithm", ["halton", "algoperf-halton", "random", "grid", "bayes"]).pipe(
      Flag.withDescription("Which points; docs/search.md says how each is made (default: halton)"),
      Flag.withDefault("halton"),
    ),
    seed: whole("seed", 0).pipe(
      Flag.withDescription("Another seed gives another study; algoperf-halton and grid have none (default: 0)"),
      Flag.optional,
    ),
    from: whole("from", 0).pipe(
      Flag.withDescription("Index of the sequence's first point to suggest (default: 0)"),
      Flag.withDefault(0),
    ),
  },
  Effect.fn("suggest")(function* ({ space, trials, algorithm, seed, ...rest }) {
    if (algorithm === "bayes") {
      return yield* badInput("--algorithm: bayes is still to come; use halton, the default, meanwhile")
    }
    const { answer } = yield* Effect.promise(() => import("../suggest/answer.ts"))
    const { lines, notes } = yield* answer({
      space,
      trials: Option.getOrUndefined(trials),
      seed: Option.getOrUndefined(seed),
      algorithm,
      ...rest,
    })
    for (const note of notes) yield* Console.error(note)
    if (lines.length > 0) yield* Console.log(lines.join("\n"))
  }),
).pipe(
  Command.withDescription("Suggest points to try, one JSON object a line, to those who run their trials themselves"),
  Command.withExamples([
    {
      command: "tanren suggest --space space.json --count 20 > points.jsonl",
      description: "Twenty points to start with",
    },
    {
      command: "tanren suggest --space space.json --count 20 --trials points.jsonl >> points.jsonl",
      description: "Twenty more",
    },
    {
      command: "tanren suggest --space space.json --count 10 --from 10",
      description: "The second machine's half of twenty",
    },
  ]),
)
