import { createInterface } from "node:readline/promises"
import { type CampaignSpec, kindOf, shareOf, startOf, type Work } from "@tanren/playbook"
import { type CampaignRow, ExperimentRecord } from "@tanren/record"
import { type Held, isHeld, localStack, stackLock } from "@tanren/workers"
import { Console, Duration, Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { badInput, issueLine } from "../bad-input.ts"
import { type CampaignClient, campaignClient, freshRunId } from "../campaign-client.ts"
import { type CampaignFile, readCampaignFile } from "../campaign-file.ts"
import { editedSince } from "../edited.ts"
import { ending } from "../ending.ts"
import { enter } from "../enter.ts"
import { keepWorkflow } from "../keep-workflow.ts"
import { preflight } from "../preflight.ts"
import { showProgress } from "../progress.ts"
import { withRunningCampaign } from "../running-campaign.ts"
import { stateFlag, stateFolderFor, withRecord } from "../state.ts"

/** A campaign file, and what is to be done with it. */
interface Wanted {
  readonly campaign: CampaignFile
  readonly stateFolder: string
  readonly choices: Choices
  /** The file as it was named. */
  readonly given: string
}

interface Choices {
  readonly fresh: boolean
  readonly addGoals: boolean
  readonly asStarted: boolean
}

export const run = Command.make(
  "run",
  {
    file: Argument.String("campaign").pipe(Argument.withDescription("Campaign file: .ts, .json or .yaml")),
    fresh: Flag.Boolean("fresh").pipe(
      Flag.withDescription("Start a new campaign, even if the file has been run before"),
      Flag.withDefault(false),
    ),
    addGoals: Flag.Boolean("add-goals").pipe(
      Flag.withDescription("Add the goals that were appended to the file to the existing campaign"),
      Flag.withDefault(false),
    ),
    asStarted: Flag.Boolean("as-started").pipe(
      Flag.withDescription("Continue the campaign as it was started, whatever the file says now"),
      Flag.withDefault(false),
    ),
    state: stateFlag,
  },
  Effect.fn("run")(function* ({ file, state, ...choices }) {
    const campaign = yield* readCampaignFile(file)
    yield* preflight(campaign)
    const stateFolder = yield* stateFolderFor(campaign.directory, state._tag === "Some" ? state.value : undefined)
    yield* withRecord(stateFolder)(begin({ campaign, stateFolder, choices, given: file }))
  }),
).pipe(Command.withDescription("Run a campaign on this machine, or continue it"))

/** What is to be run: a campaign of the record that goes on, or a new one. */
interface Plan {
  readonly id: string
  readonly spec: CampaignSpec
  readonly opening: CampaignFile | undefined
  readonly added: ReadonlyArray<Work>
  /** Campaigns that a fresh start ends: two would share the devices. */
  readonly replaces: ReadonlyArray<string>
}

const begin = Effect.fnUntraced(function* (wanted: Wanted) {
  const { campaign, stateFolder, choices, given } = wanted
  const record = yield* ExperimentRecord
  const known = (yield* record.campaigns()).find(({ name }) => name === campaign.spec.name)
  if (known === undefined || choices.fresh) {
    for (const note of campaign.notes) yield* Console.log(`Note: ${note}`)
    const old = (yield* record.campaigns()).filter(
      ({ name, status }) => name === campaign.spec.name && status === "running",
    )
    const id = freshRunId(campaign.spec.name)
    const plan = { id, spec: campaign.spec, opening: campaign, added: [], replaces: old.map((one) => one.id) }
    const carried = carry(plan, stateFolder, given)
    return yield* Effect.catchTag(carried, "Held", (held) =>
      choices.fresh ? inUse(held, stateFolder) : joinFirst(held, wanted),
    )
  }
  return yield* goOn(known, wanted)
})

const goOn = Effect.fnUntraced(function* (known: CampaignRow, wanted: Wanted) {
  const { campaign, stateFolder, choices, given } = wanted
  const added = yield* appendedGoals(known, campaign, choices, given)
  if (known.status === "finished" && added.length === 0) {
    yield* Console.log(`Campaign ${known.id} has already finished. To start a new one: ${again(given)} --fresh\n`)
    return yield* ending(known.id, stateFolder)
  }
  yield* Console.log(`Continuing campaign ${known.id}, started ${known.startedAt.slice(0, 16).replace("T", " ")} UTC.`)
  const plan = { id: known.id, spec: known.spec, opening: undefined, added, replaces: [] }
  return yield* Effect.catchTag(carry(plan, stateFolder, given), "Held", (held) => follow(held, plan, stateFolder))
})

/** Nobody is waited for longer who has taken the folder and not yet written which campaign it runs. */
const ENTERED_WITHIN_S = 20

/** Somebody else took the folder first. Where it is for the same campaign, this one looks on. */
const joinFirst = Effect.fnUntraced(function* (held: Held, wanted: Wanted) {
  const record = yield* ExperimentRecord
  const { campaign, stateFolder } = wanted
  for (let waited = 0; waited < ENTERED_WITHIN_S * 10 && isHeld(stackLock(stateFolder)); waited++) {
    const known = (yield* record.campaigns()).find(({ name }) => name === campaign.spec.name)
    if (known !== undefined) return yield* goOn(known, wanted)
    yield* Effect.sleep(Duration.millis(100))
  }
  if (isHeld(stackLock(stateFolder))) return yield* inUse(held, stateFolder)
  return yield* badInput(`${stateFolder} was in use by ${held.by}, which has left; run the command again`)
})

const inUse = (held: Held, stateFolder: string) =>
  badInput(`${stateFolder} is in use by ${held.by}; stop that campaign first (Ctrl-C, or \`tanren cancel\`)`)

const again = (given: string) => `npx tanren run ${given}`

/** Nothing of an edited file is mixed into a campaign silently: goals are offered, anything else is refused. */
const appendedGoals = Effect.fnUntraced(function* (
  known: CampaignRow,
  campaign: CampaignFile,
  choices: Choices,
  given: string,
) {
  if (choices.asStarted) return []
  const record = yield* ExperimentRecord
  const agenda = yield* record.goals(known.id)
  const { appended, differences } = editedSince(known.spec, agenda, campaign.spec)
  if (differences.length > 0) {
    return yield* badInput(
      `${given} has changed since campaign ${known.id} was started from it:`,
      ...differences.map((line) => `  ${line}`),
      "A campaign keeps the spec it was started with. You can:",
      "  undo the edits and run it again, to continue;",
      `  ${again(given)} --as-started    to continue the campaign as it was started;`,
      `  ${again(given)} --fresh         starts a new campaign from the file as it is.`,
    )
  }
  if (appended.length === 0) return []
  const from = agenda.length
  const planning = { spec: campaign.spec, stands: startOf(campaign.spec), costs: undefined }
  const list = appended.map((goal, at) => {
    const { cost } = kindOf(goal).plan(goal, from + at, planning)
    return `  ${goal.question} (${goal.kind === "goal" ? `${goal.trials} trials` : `${goal.kind}, ${cost.runs} training runs`})`
  })
  if (choices.addGoals) {
    yield* Console.log(["Adding goals:", ...list].join("\n"))
    return appended
  }
  if (process.stdin.isTTY === true) {
    yield* Console.log([`${given} has goals that campaign ${known.id} does not have:`, ...list].join("\n"))
    const prompt = createInterface({ input: process.stdin, output: process.stdout })
    const answer = yield* Effect.promise(() => prompt.question("Add them to the campaign? [y/N] "))
    prompt.close()
    return /^y/i.test(answer.trim()) ? appended : []
  }
  return yield* badInput(
    `${given} has goals that campaign ${known.id} does not have:`,
    ...list,
    "You can:",
    `  ${again(given)} --add-goals     to add them to the campaign;`,
    `  ${again(given)} --as-started    to continue without them;`,
    `  ${again(given)} --fresh         starts a new campaign from the file as it is.`,
  )
})

const carry = (plan: Plan, stateFolder: string, given: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { resources } = plan.spec.trainer
      const { devices } = shareOf(plan.spec.trainer)
      const stack = yield* localStack({ stateFolder, slots: plan.spec.policy.parallel, resources, devices })
      // The folder is held, and no server answers yet: nobody else can enter a campaign, and none runs unentered.
      yield* opened(plan, stateFolder)
      yield* sayHowToGoOn(given)
      // A client waits for a server that is slow to start for ten seconds and no longer.
      yield* Effect.raceFirst(stack.answers, stack.broken)
      const client = yield* campaignClient(stack)
      const work = Effect.gen(function* () {
        yield* start(client, plan)
        yield* Effect.raceFirst(keepWorkflow(client, plan.id, plan.spec), showProgress(plan.id, plan.spec))
      })
      yield* Effect.raceFirst(work, stack.broken)
    }),
  ).pipe(
    Effect.catchTag("NoGpu", ({ issue }) => badInput(issueLine(given, issue))),
    Effect.andThen(ending(plan.id, stateFolder)),
  )

/** The record says that the campaign is open before its workflow starts: one that had ended goes on. */
const opened = Effect.fnUntraced(function* ({ id, opening }: Plan, stateFolder: string) {
  if (opening !== undefined) return yield* enter(id, opening, stateFolder)
  yield* (yield* ExperimentRecord).reopenCampaign(id)
})

const start = Effect.fnUntraced(function* (
  client: CampaignClient,
  { id, spec, replaces, added: [first, ...more] }: Plan,
) {
  for (const old of replaces) if ((yield* client.state(old)) === "RUNNING") yield* Effect.ignore(client.cancel(old))
  if (first === undefined) yield* client.start(id, spec)
  else yield* client.startWithGoal(id, spec, first)
  for (const goal of more) yield* client.addGoal(id, goal)
})

/** Another process runs this folder's campaign: look on, after handing over the goals that are to be added. */
const follow = Effect.fnUntraced(function* (held: Held, plan: Plan, stateFolder: string) {
  yield* Console.log(`This folder's campaign is being run by ${held.by}; showing its progress.`)
  if (plan.added.length > 0)
    yield* withRunningCampaign(stateFolder, (client) =>
      Effect.forEach(plan.added, (goal) => client.addGoal(plan.id, goal), { discard: true }),
    )
  yield* showProgress(plan.id, plan.spec)
  yield* ending(plan.id, stateFolder)
})

/** Ctrl-C closes every process in order; training programs write a checkpoint as they leave. */
const sayHowToGoOn = (given: string) => {
  process.once("SIGINT", () => console.log("\nStopping: training programs write a checkpoint first …"))
  return Effect.addFinalizer((exit) =>
    exit._tag === "Failure" && interrupted(exit)
      ? Console.log(`\nStopped; nothing is lost. To continue: ${again(given)}`)
      : Effect.void,
  )
}

const interrupted = (exit: {
  readonly cause: { readonly reasons: ReadonlyArray<{ readonly _tag: string }> }
}): boolean => exit.cause.reasons.some(({ _tag }) => _tag === "Interrupt")
