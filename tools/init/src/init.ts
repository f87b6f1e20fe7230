import { copyFileSync, existsSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { type Device, visibleGpus } from "@tanren/activities"
import { checkProgram, type Finding, leaseDevice, SUBJECT_DEFAULTS, type Subject } from "@tanren/conformance"
import type { CampaignSpec } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { formatIssue } from "@tanren/space"
import { Effect, Schema } from "effect"
import { campaignTypeScript, campaignYaml } from "./campaign-text.ts"
import { campaignName, commentsOf, composeCampaign } from "./compose.ts"
import { hydraConfig } from "./hydra.ts"
import { firstLook, type Look } from "./look.ts"
import { metricOf, observe, type Shown, showing, stepsWith } from "./observe.ts"
import { printedMetrics } from "./printed-metrics.ts"
import { type Proposal, propose } from "./propose.ts"
import { readOptions, type Script, type ScriptOption } from "./read-options.ts"
import { gpuModule, guessResources, type ResourcesGuess } from "./resources.ts"

const TANREN_PY = fileURLToPath(import.meta.resolve("@tanren/trainer/python/tanren.py"))
/** Enough to see what a program reports, short enough to wait for. */
const SHORT = { steps: 3, every: 1 }

/** What was asked for cannot be done; nothing was written. */
export class CannotInit extends Schema.TaggedError<CannotInit>()("CannotInit", { message: Schema.String }) {}

export interface InitRequest {
  readonly script: string
  readonly python: string
  /** Handed on to the script as they are. */
  readonly extra: ReadonlyArray<string>
  readonly metric: string | undefined
  /** Length of training, where the script's options do not tell. */
  readonly steps: number | undefined
  readonly yaml: boolean
  readonly force: boolean
  /** Longest time for a run that looks at the program. */
  readonly seconds: number
}

export interface Initialised {
  readonly file: string
  readonly spec: CampaignSpec
  /** `tanren.py` was put beside the script. */
  readonly copied: boolean
  readonly notes: ReadonlyArray<string>
  /** Nothing was reported and nothing printed that could be read. */
  readonly silent: boolean
  /** No check of level 0 failed. */
  readonly passed: boolean
}

/**
 * From a script to a campaign file: reads its options, runs it for a moment to see what it reports, writes the file,
 * and checks level 0 with it.
 */
export const initCampaign = (
  request: InitRequest,
  tell: (line: string) => Effect.Effect<void>,
  heard: (finding: Finding) => Effect.Effect<void>,
) => Effect.scoped(fromScript(request, tell, heard))

const fromScript = Effect.fn("initCampaign")(function* (
  request: InitRequest,
  tell: (line: string) => Effect.Effect<void>,
  heard: (finding: Finding) => Effect.Effect<void>,
) {
  const script = resolve(request.script)
  const directory = dirname(script)
  const file = join(directory, request.yaml ? "campaign.yaml" : "campaign.ts")
  if (!existsSync(script)) return yield* new CannotInit({ message: `${request.script}: no such file` })
  if (existsSync(file) && !request.force) {
    return yield* new CannotInit({ message: `${relative(process.cwd(), file)} exists; --force writes it anew` })
  }
  const read = yield* readOptions(script, request.python)
  const { options, notes: told } = yield* optionsOf(request, read)
  const proposal = yield* proposalOf(request, read, options, told)
  const beside = join(directory, "tanren.py")
  const copied = read.imports.includes("tanren") && !existsSync(beside)
  if (copied) copyFileSync(TANREN_PY, beside)
  const command = [request.python, basename(script), ...(read.takesParams ? request.extra : proposal.args)]

  const guess = yield* resourcesOf(request, read, options)
  if (guess.why !== undefined) yield* tell(`Guessed: ${guess.why}.`)
  const device = yield* deviceFor(guess)
  const subject = subjectOf(request, directory, device, command, proposal, read)
  yield* tell(`Running ${basename(script)} for a moment, to see what it reports …`)
  const look = yield* firstLook(subject).pipe(
    Effect.catchTag("Unstartable", ({ message }) => new CannotInit({ message })),
  )
  const shown = showing(look)
  const metric = yield* metricFrom(request, read, look, shown)
  const observed = observe(request.steps, read, proposal, look, shown, metric)
  if (observed === undefined) {
    const last = shown.curve.at(-1)?.step
    return yield* new CannotInit({
      message:
        `${request.script}: how long it trains is not known: no option such as --steps or --epochs` +
        `${last === undefined ? "" : `, and it was stopped at step ${last}`}; give --steps N`,
    })
  }
  const campaign = composeCampaign(
    campaignName(basename(directory), basename(script)),
    command,
    guess,
    proposal,
    observed,
  )
  const decoded = decodeCampaign(campaign)
  if (!decoded.ok) {
    return yield* new CannotInit({
      message: [`${request.script}: no campaign could be made of it:`, ...decoded.issues.map(formatIssue)].join("\n"),
    })
  }
  const comments = commentsOf(basename(script), guess, proposal)
  writeFileSync(file, request.yaml ? campaignYaml(campaign, comments) : campaignTypeScript(campaign, comments))
  yield* tell(`Wrote ${relative(process.cwd(), file)}${copied ? ", and tanren.py beside it" : ""}.`)
  for (const note of proposal.notes) yield* tell(`Note: ${note}.`)
  if (proposal.left.length > 0) yield* tell(`Left at their defaults: ${proposal.left.join(", ")}.`)
  const onError = Object.keys(printedMetrics(look.lastLines.split("\n"))).filter((name) => name !== "step")
  if (shown.curve.length === 0 && onError.length > 0) {
    yield* tell(
      `It writes ${onError.join(", ")} on standard error, which is not read: print it, or log it on standard output ` +
        "(logging.basicConfig(stream=sys.stdout)).",
    )
  }
  yield* tell("Level 0 with its baseline:")
  const { spec, notes } = decoded
  const { trainer, hyperparameters } = spec
  // As far as its second evaluation.
  const steps = Math.min(subject.steps, stepsWith(shown.curve, metric)[1] ?? subject.steps)
  const startable = { ...subject.startable, trainer, hyperparameters }
  const settled = { ...subject, startable, metric, steps, every: Math.min(subject.every, steps) }
  const scope = proposal.shortenable || read.takesParams ? "level-0" : "first-run"
  const { passed } = yield* checkProgram(settled, scope, heard)
  const silent = shown.curve.length === 0
  return { file, spec, copied, notes, silent, passed } satisfies Initialised
})

/** Refuses what the first run makes pointless: it crashed, it showed nothing in its time, or only training data. */
const metricFrom = Effect.fnUntraced(function* (
  { script, metric, extra, seconds }: InitRequest,
  read: Script,
  look: Look,
  shown: Shown,
) {
  const silent = shown.curve.length === 0
  if (silent && !look.killed && look.code !== 0) {
    const said = look.lastLines.trim().split("\n").at(-1)?.trim().slice(0, 200)
    return yield* new CannotInit({
      message: `${script}: it ended with exit code ${look.code}${said ? `: ${said}` : ""}; make it run by hand first${
        extra.length > 0 ? "" : ` (arguments that it needs: tanren init ${script} -- ARGUMENTS)`
      }`,
    })
  }
  if (silent && look.killed && read.reported.length === 0) {
    return yield* new CannotInit({
      message:
        `${script}: within ${seconds} s it neither reported nor printed anything that could be read; allow more ` +
        "(--seconds 1800), give it less to do (arguments after --), or add two lines: import tanren, and " +
        'tanren.report(step, {"valid/error": error})',
    })
  }
  const found = metricOf(metric, read, shown)
  if (!("only" in found)) return found
  return yield* new CannotInit({
    message:
      `${script}: ${shown.fromStdout === undefined ? "it reports" : "it prints"} only ${found.only.join(", ")}, nothing ` +
      `that is known to measure validation data; add that, or name the metric: --metric ${found.only[0]}`,
  })
})

const optionsOf = Effect.fnUntraced(function* ({ script }: InitRequest, read: Script) {
  if (read.kind === null) {
    return yield* new CannotInit({
      message: `${script}: none of argparse, click, typer and Hydra is imported${read.imports.includes("transformers") ? " (HfArgumentParser is not read)" : ""}; docs/python.md shows a campaign written by hand`,
    })
  }
  if (read.config !== null && !existsSync(read.config)) {
    return yield* new CannotInit({
      message: `${read.config}: the Hydra configuration that ${script} names does not exist`,
    })
  }
  const { config } = read
  if (config === null) return { options: read.options, notes: [] }
  return yield* Effect.try({
    try: () => hydraConfig(config),
    catch: (error) => new CannotInit({ message: `${config}: ${error instanceof Error ? error.message : error}` }),
  })
})

const proposalOf = Effect.fnUntraced(function* (
  { script, extra }: InitRequest,
  read: Script,
  options: ReadonlyArray<ScriptOption>,
  told: ReadonlyArray<string>,
) {
  const proposal = propose(options, extra, read.config === null ? "flags" : "assignments")
  if (proposal.missing.length > 0) {
    const values = proposal.missing.map((name) => (name.startsWith("-") ? `${name} VALUE` : name.toUpperCase()))
    return yield* new CannotInit({
      message: `${script}: ${proposal.missing.join(", ")} must be given: tanren init ${script} -- ${values.join(" ")}`,
    })
  }
  if (proposal.hyperparameters.length === 0) {
    return yield* new CannotInit({
      message:
        read.config === null
          ? `${script}: no option with a number or choices as its default that a campaign could vary; give options defaults, such as --lr with 0.1`
          : [
              `${read.config}: no number or switch that a campaign could vary, in it or in its defaults' groups; give one a value, such as lr: 0.1`,
              ...told,
            ].join("\n"),
    })
  }
  return { ...proposal, notes: [...told, ...proposal.notes] }
})

const resourcesOf = Effect.fnUntraced(function* (
  { script, extra }: InitRequest,
  read: Script,
  options: ReadonlyArray<ScriptOption>,
) {
  const module = gpuModule(read)
  if (module === undefined) return { resources: "cpu", parallel: 1 } satisfies ResourcesGuess
  return guessResources(basename(script), module, options, extra, yield* visibleGpus(process.env))
})

const deviceFor = ({ resources, parallel }: ResourcesGuess) =>
  Effect.mapError(
    leaseDevice({ resources, slots: parallel }),
    ({ message }) =>
      new CannotInit({ message: `${message}; or hide the GPU: CUDA_VISIBLE_DEVICES= npx tanren init …` }),
  )

const subjectOf = (
  { seconds }: InitRequest,
  directory: string,
  device: Device,
  command: ReadonlyArray<string>,
  { hyperparameters, baseline, steps }: Proposal,
  read: Script,
): Subject => ({
  startable: {
    trainer: { type: "program", command, env: [], data: [], resources: "cpu" },
    hyperparameters,
    maxTrainSteps: SHORT.steps,
    evalEverySteps: SHORT.every,
  },
  directory,
  device,
  hyperparameters: baseline,
  stepUnit: steps.unit,
  ...SUBJECT_DEFAULTS,
  // A script with a cadence of its own may show nothing for many steps: it runs its whole length, or until `seconds`.
  ...(steps.unit === "epoch" || read.steps.most !== null || steps.most === null
    ? SHORT
    : { steps: steps.most, every: steps.every ?? 1 }),
  seconds,
})
