import { Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"

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
      Flag.withDescription("How many points to suggest; for a grid, how many the whole grid may have"),
    ),
    trials: Flag.String("trials").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription(
        "Trials so far, one JSON object per line; their points are not suggested again, whatever their status. bayes learns from their values",
      ),
      Flag.optional,
    ),
    pending: Flag.String("pending").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription("Trials that are still running, in the same form; they are not suggested again either"),
      Flag.optional,
    ),
    algorithm: Flag.Literals("algorithm", ["halton", "algoperf-halton", "random", "grid", "bayes"]).pipe(
      Flag.withDescription("How to choose the points; see docs/search.md (default: halton)"),
      Flag.withDefault("halton"),
    ),
    seed: whole("seed", 0).pipe(
      Flag.withDescription("Seed of what is chosen; algoperf-halton and grid have none (default: 0)"),
      Flag.optional,
    ),
    from: whole("from", 0).pipe(
      Flag.withDescription("Index in the sequence of the first point to suggest (default: 0)"),
      Flag.withDefault(0),
    ),
  },
  Effect.fn("suggest")(function* ({ space, trials, pending, seed, ...rest }) {
    const { answer } = yield* Effect.promise(() => import("../suggest/answer.ts"))
    const { lines, notes } = yield* answer({
      space,
      trials: Option.getOrUndefined(trials),
      pending: Option.getOrUndefined(pending),
      seed: Option.getOrUndefined(seed),
      ...rest,
    })
    for (const note of notes) yield* Console.error(note)
    if (lines.length > 0) yield* Console.log(lines.join("\n"))
  }),
).pipe(
  Command.withDescription("Suggest points to try, one JSON object per line, if you run the trials yourself"),
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
      description: "The second machine's half of twenty points",
    },
    {
      command: "tanren suggest --space space.json --count 4 --algorithm bayes --trials results.jsonl",
      description: "The four points that promise most, by what the trials so far gave",
    },
  ]),
)
