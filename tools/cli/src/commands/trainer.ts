import {
  checkProgram,
  findingText,
  leaseDevice,
  namedMetric,
  reportText,
  SUBJECT_DEFAULTS,
  type Subject,
  unknownGoal,
} from "@tanren/conformance"
import { shareOf } from "@tanren/playbook"
import type { Hyperparameters, Metric, Value } from "@tanren/terms"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { anyNumber } from "../any-number.ts"
import { badInput, issueLine } from "../bad-input.ts"
import { type CampaignFile, readCampaignFile } from "../campaign-file.ts"
import { preflight } from "../preflight.ts"

const check = Command.make(
  "check",
  {
    command: Argument.String("command").pipe(
      Argument.withDescription("The program and its arguments, after --; {learning_rate} is replaced by the value"),
      Argument.variadic(),
    ),
    campaign: Flag.String("campaign").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription(
        "Campaign file that gives the program (unless given here), baseline, metric and environment",
      ),
      Flag.optional,
    ),
    set: anyNumber(
      Flag.String("set").pipe(
        Flag.withMetavar("name=value"),
        Flag.withDescription("Hyperparameter, as name=value; may be repeated"),
      ),
    ),
    env: anyNumber(
      Flag.String("env").pipe(
        Flag.withMetavar("variable"),
        Flag.withDescription("Environment variable to pass on; may be repeated"),
      ),
    ),
    metric: Flag.String("metric").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("The metric to check, such as valid/error"),
      Flag.optional,
    ),
    goal: Flag.Literals("goal", ["minimize", "maximize"]).pipe(
      Flag.withDescription("Whether to minimize or maximize it, if its name does not tell"),
      Flag.optional,
    ),
    steps: Flag.Int("steps").pipe(
      Flag.withDescription(`Steps of each run (default: ${SUBJECT_DEFAULTS.steps}, or 3 epochs)`),
      Flag.optional,
    ),
    every: Flag.Int("every").pipe(
      Flag.withDescription(`Steps between evaluations (default: ${SUBJECT_DEFAULTS.every}, or 1 epoch)`),
      Flag.optional,
    ),
    seconds: Flag.Finite("seconds").pipe(
      Flag.withDescription("Time limit for one run, in seconds"),
      Flag.withDefault(SUBJECT_DEFAULTS.seconds as number),
    ),
    resources: Flag.Literals("resources", ["cpu", "gpu"]).pipe(
      Flag.withDescription("Device to run on, leased as for a trial (default: the campaign's, or cpu without one)"),
      Flag.optional,
    ),
    tolerance: Flag.Finite("tolerance").pipe(
      Flag.withDescription("Relative difference up to which numbers count as equal"),
      Flag.withDefault(SUBJECT_DEFAULTS.tolerance as number),
    ),
    json: Flag.Boolean("json").pipe(Flag.withDescription("Print the findings as JSON"), Flag.withDefault(false)),
  },
  Effect.fn("check")(function* ({ json, ...given }) {
    const heard = (finding: Parameters<typeof findingText>[0]) =>
      json ? Effect.void : Console.log(findingText(finding))
    const report = yield* Effect.scoped(
      Effect.flatMap(subjectOf(given), (subject) => checkProgram(subject, "everything", heard)),
    ).pipe(Effect.catchTag("UnknownGoal", ({ message }) => badInput(message)))
    const { reference: _, ...rest } = report
    yield* Console.log(json ? JSON.stringify(rest, null, 1) : `\n${reportText(report)}`)
    if (!report.passed) process.exitCode = 1
  }),
).pipe(Command.withDescription("Run a training program for a few steps and test every duty that it declares"))

export const trainer = Command.make("trainer").pipe(
  Command.withDescription("Check a training program"),
  Command.withSubcommands([check]),
)

interface Given {
  readonly command: ReadonlyArray<string>
  readonly campaign: Option.Option<string>
  readonly set: ReadonlyArray<string>
  readonly env: ReadonlyArray<string>
  readonly metric: Option.Option<string>
  readonly goal: Option.Option<Metric["goal"]>
  readonly steps: Option.Option<number>
  readonly every: Option.Option<number>
  readonly seconds: number
  readonly resources: Option.Option<"cpu" | "gpu">
  readonly tolerance: number
}

const subjectOf = Effect.fnUntraced(function* (given: Given) {
  const file = Option.isSome(given.campaign) ? yield* readCampaignFile(given.campaign.value) : undefined
  if (file !== undefined) yield* preflight(file)
  if (file === undefined && given.command.length === 0) {
    return yield* badInput(
      "give a program after --, such as `tanren trainer check -- python3 train.py`, or --campaign FILE",
    )
  }
  const wrong = given.set.find((one) => !/^[^=]+=/.test(one))
  if (wrong !== undefined)
    return yield* badInput(`--set: found ${wrong}; wanted: name=value, such as learning_rate=0.01`)
  const epochs = file?.spec.stepUnit === "epoch"
  const steps = Option.getOrElse(given.steps, () =>
    Math.min(epochs ? 3 : SUBJECT_DEFAULTS.steps, file?.spec.maxTrainSteps ?? 11),
  )
  const every = Option.getOrElse(given.every, () => Math.min(epochs ? 1 : SUBJECT_DEFAULTS.every, steps))
  if (steps < 1 || every < 1 || every > steps) {
    return yield* badInput(`--steps, --every: found ${steps} and ${every}; wanted: every from 1, and at most steps`)
  }
  const hyperparameters = { ...file?.spec.baseline, ...setValues(given.set) }
  return {
    startable: startableOf(given, file, hyperparameters),
    directory: file?.directory ?? process.cwd(),
    device: yield* deviceFor(given, file),
    hyperparameters,
    metric: yield* metricOf(given, file),
    stepUnit: file?.spec.stepUnit ?? "step",
    steps,
    every,
    seconds: given.seconds,
    graceSeconds: file?.spec.limits.graceSeconds ?? SUBJECT_DEFAULTS.graceSeconds,
    tolerance: given.tolerance,
  } satisfies Subject
})

const deviceFor = ({ resources, campaign }: Given, file: CampaignFile | undefined) => {
  const slots = file?.spec.policy.parallel ?? 1
  const wanted = Option.getOrElse(resources, () => file?.spec.trainer.resources ?? "cpu")
  const devices = file === undefined ? 1 : shareOf(file.spec.trainer).devices
  return leaseDevice({ resources: wanted, slots, devices }).pipe(
    Effect.catchTag("NoGpu", ({ issue }) =>
      Option.isSome(campaign) && Option.isNone(resources)
        ? badInput(issueLine(campaign.value, issue))
        : badInput(issueLine("--resources", { ...issue, path: "" })),
    ),
  )
}

/** A flag before the campaign's word, and that before what the name says. */
const metricOf = Effect.fnUntraced(function* ({ metric, goal: given }: Given, file: CampaignFile | undefined) {
  const told = file?.spec.metric
  const name = Option.getOrElse(metric, () => told?.name)
  if (name === undefined) {
    return Option.isSome(given) ? yield* badInput("--goal: of which metric? add --metric NAME") : undefined
  }
  const goal = Option.getOrElse(given, () => (told?.name === name ? told.goal : namedMetric(name).goal))
  return goal === undefined ? yield* badInput(unknownGoal(name)) : ({ name, goal } satisfies Metric)
})

const startableOf = (
  { command, env }: Given,
  file: CampaignFile | undefined,
  point: Hyperparameters,
): Subject["startable"] => {
  const names = Object.keys(point).filter(
    (name) => file?.spec.hyperparameters.every((one) => one.name !== name) ?? true,
  )
  const hyperparameters = [
    ...(file?.spec.hyperparameters ?? []),
    ...names.map((name) => ({ name, type: "categorical", values: [point[name]!] }) as const),
  ]
  const common = { env: [...(file?.spec.trainer.env ?? []), ...env], data: [] } as const
  const trainer =
    command.length > 0 || file === undefined
      ? ({ type: "program", command, resources: "cpu", ...common } as const)
      : { ...file.spec.trainer, ...common }
  return { trainer, hyperparameters, maxTrainSteps: 1, evalEverySteps: 1 }
}

/** `0.1` is a number, `true` a boolean, anything else a text. */
const setValues = (given: ReadonlyArray<string>): Hyperparameters =>
  Object.fromEntries(
    given.map((one) => {
      const [name = "", text = ""] = [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]
      const number = Number(text)
      const value: Value =
        text === "true" || text === "false"
          ? text === "true"
          : text.trim() !== "" && Number.isFinite(number)
            ? number
            : text
      return [name, value]
    }),
  )
