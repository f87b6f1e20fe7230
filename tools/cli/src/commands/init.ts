import { relative } from "node:path"
import { findingText } from "@tanren/conformance"
import { initCampaign } from "@tanren/init"
import { planCampaign, planText } from "@tanren/playbook"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { anyNumber } from "../any-number.ts"
import { badInput } from "../bad-input.ts"

export const init = Command.make(
  "init",
  {
    script: Argument.String("script").pipe(Argument.withDescription("A Python training script: train.py")),
    extra: Argument.String("arguments").pipe(
      Argument.withDescription("Further arguments for the script, after --"),
      Argument.variadic(),
    ),
    metric: Flag.String("metric").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("The metric to optimise, where the guess would be wrong: valid/error"),
      Flag.optional,
    ),
    goal: Flag.Literals("goal", ["minimize", "maximize"]).pipe(
      Flag.withDescription("Whether less or more of it is better, where its name does not say so"),
      Flag.optional,
    ),
    steps: Flag.Int("steps").pipe(
      Flag.withDescription("How many steps (or epochs) it trains, where its options do not say so"),
      Flag.optional,
    ),
    env: anyNumber(
      Flag.String("env").pipe(
        Flag.withMetavar("variable"),
        Flag.withDescription("An environment variable to hand on; any number. Those that the script's text names are"),
      ),
    ),
    python: Flag.String("python").pipe(
      Flag.withMetavar("command"),
      Flag.withDescription("The interpreter"),
      Flag.withDefault("python3"),
    ),
    yaml: Flag.Boolean("yaml").pipe(
      Flag.withDescription("Write campaign.yaml in place of campaign.ts"),
      Flag.withDefault(false),
    ),
    force: Flag.Boolean("force").pipe(Flag.withDescription("Write over a campaign file"), Flag.withDefault(false)),
    seconds: Flag.Finite("seconds").pipe(
      Flag.withDescription("Longest time for a run that looks at the program"),
      Flag.withDefault(120),
    ),
  },
  Effect.fn("init")(function* ({ metric, goal, steps, ...given }) {
    const directory = process.cwd()
    const request = {
      ...given,
      directory,
      metric: Option.getOrUndefined(metric),
      goal: Option.getOrUndefined(goal),
      steps: Option.getOrUndefined(steps),
    }
    const made = yield* initCampaign(request, Console.log, (finding) => Console.log(`  ${findingText(finding)}`)).pipe(
      Effect.catchTags({
        CannotInit: ({ message }) => badInput(message),
        UnreadableScript: ({ message }) => badInput(message),
      }),
    )
    yield* Console.log(`\n${planText(planCampaign(made.spec))}\n`)
    const file = relative(process.cwd(), made.file)
    if (made.silent) {
      yield* Console.log(
        `Nothing was reported. Add two lines to ${given.script} (tanren.py then comes with tanren init):`,
      )
      yield* Console.log("  import tanren")
      yield* Console.log(`  tanren.report(step, {"${made.spec.metric.name}": …})   # wherever it evaluates`)
      yield* Console.log(`and write the file anew: npx tanren init ${given.script} --force`)
      process.exitCode = 1
    } else if (!made.passed) {
      yield* Console.log(`Mend what failed above, in ${given.script} or in ${file}, before: npx tanren run ${file}`)
      process.exitCode = 1
    } else yield* Console.log(`Look over ${file}, then: npx tanren run ${file}`)
  }),
).pipe(Command.withDescription("Propose a campaign from the options of a Python script"))
