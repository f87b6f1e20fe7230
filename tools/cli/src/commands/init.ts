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
    script: Argument.String("script").pipe(Argument.withDescription("The Python training script, such as train.py")),
    extra: Argument.String("arguments").pipe(
      Argument.withDescription("Further arguments for the script, after --"),
      Argument.variadic(),
    ),
    metric: Flag.String("metric").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("The metric to optimise, such as valid/error, if the guess is wrong"),
      Flag.optional,
    ),
    goal: Flag.Literals("goal", ["minimize", "maximize"]).pipe(
      Flag.withDescription("Whether to minimize or maximize it, if its name does not tell"),
      Flag.optional,
    ),
    steps: Flag.Int("steps").pipe(
      Flag.withDescription("How many steps (or epochs) it trains, if its options do not tell"),
      Flag.optional,
    ),
    env: anyNumber(
      Flag.String("env").pipe(
        Flag.withMetavar("variable"),
        Flag.withDescription(
          "Environment variable to pass on; may be repeated. Those that the script names are passed on anyway",
        ),
      ),
    ),
    python: Flag.String("python").pipe(
      Flag.withMetavar("command"),
      Flag.withDescription("The Python interpreter"),
      Flag.withDefault("python3"),
    ),
    yaml: Flag.Boolean("yaml").pipe(
      Flag.withDescription("Write campaign.yaml instead of campaign.ts"),
      Flag.withDefault(false),
    ),
    force: Flag.Boolean("force").pipe(
      Flag.withDescription("Overwrite an existing campaign file"),
      Flag.withDefault(false),
    ),
    seconds: Flag.Finite("seconds").pipe(
      Flag.withDescription("Time limit for each test run of the script, in seconds"),
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
      yield* Console.log(`The script reported nothing. Add two lines to it (tanren init puts tanren.py beside it):`)
      yield* Console.log("  import tanren")
      yield* Console.log(`  tanren.report(step, {"${made.spec.metric.name}": …})   # wherever it evaluates`)
      yield* Console.log(`Then write the campaign file again: npx tanren init ${given.script} --force`)
      process.exitCode = 1
    } else if (!made.passed) {
      yield* Console.log(`Fix what failed above, in ${given.script} or in ${file}. Then: npx tanren run ${file}`)
      process.exitCode = 1
    } else yield* Console.log(`Check ${file}, then: npx tanren run ${file}`)
  }),
).pipe(Command.withDescription("Propose a campaign from a Python script's options"))
