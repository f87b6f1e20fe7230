import { copyFileSync, existsSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { checkProgram, type Finding, type Subject } from "@tanren/conformance"
import type { CampaignSpec } from "@tanren/playbook"
import { Effect } from "effect"
import { campaignName, commentsOf, composeCampaign } from "./compose.ts"
import { firstRun } from "./first-run.ts"
import { withGivenDefaults } from "./given.ts"
import type { Look } from "./look.ts"
import { observe, type Shown, stepsWith } from "./observe.ts"
import { propose } from "./propose.ts"
import { readScript } from "./read-script.ts"
import { noFiles, noLength, noProposal, whichSubcommand } from "./refusals.ts"
import { CannotInit, type Initialised, type InitRequest } from "./request.ts"
import { chosenSubcommand, written } from "./subcommand.ts"
import { resourcesFor, subjectFor } from "./subject.ts"
import { proposalLines } from "./tell.ts"
import { writeCampaign } from "./write.ts"

const TANREN_PY = fileURLToPath(import.meta.resolve("@tanren/trainer/python/tanren.py"))

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
  yield* unless(noFiles(request, file))

  const { read, told, ...declared } = yield* readScript(request, script)
  const { options, extra } = withGivenDefaults(declared.options, request.extra)
  const subcommand = chosenSubcommand(read.commands, extra)
  if (subcommand === undefined) return yield* new CannotInit({ message: whichSubcommand(request, read) })
  const proposed = propose(options, subcommand, read.config === null ? "flags" : "assignments")
  yield* unless(noProposal(request, read, proposed, told))
  const proposal = { ...proposed, notes: [...told, ...proposed.notes] }
  const beside = join(directory, "tanren.py")
  const copied = read.imports.includes("tanren") && !existsSync(beside)
  if (copied) copyFileSync(TANREN_PY, beside)

  const guess = yield* resourcesFor(request, read, options)
  if (guess.why !== undefined) yield* tell(`Guessed: ${guess.why}.`)
  const command = [request.python, basename(script), ...(read.takesParams ? written(subcommand) : proposal.args)]
  const short = yield* subjectFor(request, script, command, guess, proposal)
  yield* tell(`Running ${basename(script)} for a moment, to see what it reports …`)
  const { shown, metric, look, subject } = yield* firstRun(request, read, proposal, short, tell)
  const observed = observe(request.steps, read, proposal, look, shown, metric)
  if (observed === undefined) return yield* new CannotInit({ message: noLength(request, shown) })

  const campaign = composeCampaign(
    campaignName(basename(directory), basename(script)),
    command,
    guess,
    proposal,
    observed,
  )
  const { spec, notes } = yield* writeCampaign(request, file, campaign, commentsOf(basename(script), guess, proposal))
  const wrote = `Wrote ${relative(process.cwd(), file)}${copied ? ", and tanren.py beside it" : ""}.`
  for (const line of [wrote, ...proposalLines(proposal)]) yield* tell(line)

  yield* tell("Level 0 with its baseline:")
  const scope = proposal.shortenable || read.takesParams ? "level-0" : "first-run"
  const { passed } = yield* checkProgram(settled(subject, spec, look, shown), scope, heard)
  return { file, spec, copied, notes, silent: shown.curve.length === 0, passed } satisfies Initialised
})

const unless = (refusal: string | undefined): Effect.Effect<void, CannotInit> =>
  refusal === undefined ? Effect.void : Effect.fail(new CannotInit({ message: refusal }))

/** The program as the campaign file has it, as far as its second evaluation. */
const settled = (subject: Subject, spec: CampaignSpec, { killed }: Look, { curve }: Shown): Subject => {
  const { trainer, hyperparameters, metric } = spec
  const [first, second] = stepsWith(curve, metric)
  const steps = Math.min(subject.steps, second ?? (killed ? first : undefined) ?? subject.steps)
  const startable = { ...subject.startable, trainer, hyperparameters }
  return { ...subject, startable, metric, steps, every: Math.min(subject.every, steps) }
}
