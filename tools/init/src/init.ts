import { copyFileSync, existsSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { checkProgram, type Finding } from "@tanren/conformance"
import { Effect } from "effect"
import { checkOf } from "./check-of.ts"
import { campaignName, commentsOf, composeCampaign } from "./compose.ts"
import { environmentOf } from "./environment-of.ts"
import { firstRun } from "./first-run.ts"
import { withGivenDefaults } from "./given.ts"
import { observe } from "./observe.ts"
import { otherCount } from "./other-count.ts"
import { propose } from "./propose.ts"
import { readScript } from "./read-script.ts"
import { noFiles, noLength, noProposal, whichSubcommand } from "./refusals.ts"
import { CannotInit, type Initialised, type InitRequest } from "./request.ts"
import { chosenSubcommand } from "./subcommand.ts"
import { resourcesFor, subjectFor } from "./subject.ts"
import { proposalLines } from "./tell.ts"
import { writeCampaign } from "./write.ts"

const TANREN_PY = fileURLToPath(import.meta.resolve("@tanren/contract/python/tanren.py"))

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
  const { directory } = request
  const script = resolve(directory, request.script)
  const file = join(directory, request.yaml ? "campaign.yaml" : "campaign.ts")
  yield* unless(noFiles(request, file))

  const { read, told, ...declared } = yield* readScript(request, script)
  const { options, extra } = withGivenDefaults(declared.options, request.extra)
  const subcommand = chosenSubcommand(read.commands, extra)
  if (subcommand === undefined) return yield* new CannotInit({ message: whichSubcommand(request, read) })
  const proposed = propose(options, subcommand, read.config === null ? "flags" : "assignments", read)
  yield* unless(noProposal(request, read, proposed, told))
  const { env, notes: handedOn } = environmentOf(request, read, process.env)
  const asRead = { ...proposed, notes: [...told, ...proposed.notes, ...handedOn] }
  const beside = join(dirname(script), "tanren.py")
  const copied = read.imports.includes("tanren") && !existsSync(beside)
  if (copied) copyFileSync(TANREN_PY, beside)

  const guess = yield* resourcesFor(request, read, options)
  if (guess.why !== undefined) yield* tell(`Guessed: ${guess.why}.`)
  const start = [request.python, relative(directory, script)]
  const short = yield* subjectFor(request, [...start, ...asRead.args], env, guess, asRead)
  yield* tell(`Running ${basename(script)} for a moment, to see what it reports …`)
  const { shown, metric, look, subject: ran } = yield* firstRun(request, read, asRead, short, tell)
  const other = otherCount(request.script, asRead, ran, look, shown, metric)
  if (typeof other === "string") return yield* new CannotInit({ message: other })
  const proposal = other?.proposal ?? asRead
  const observed = observe(request.steps, read, proposal, look, shown, metric)
  if (observed === undefined) return yield* new CannotInit({ message: noLength(request, shown) })

  const campaign = composeCampaign(
    campaignName(basename(directory), basename(script)),
    [...start, ...proposal.args],
    guess,
    proposal,
    observed,
    env,
  )
  const { spec, notes } = yield* writeCampaign(request, file, campaign, commentsOf(basename(script), guess, proposal))
  const wrote = `Wrote ${relative(directory, file)}${copied ? `, and ${relative(directory, beside)}` : ""}.`
  for (const line of [wrote, ...proposalLines(proposal)]) yield* tell(line)

  yield* tell("Level 0 with its baseline:")
  const { checked, scope } = checkOf(
    ran,
    spec,
    start,
    other?.short,
    proposal.shortenable || read.takesLength,
    look,
    shown,
  )
  const { passed } = yield* checkProgram(checked, scope, heard)
  return { file, spec, copied, notes, silent: shown.curve.length === 0, passed } satisfies Initialised
})

const unless = (refusal: string | undefined): Effect.Effect<void, CannotInit> =>
  refusal === undefined ? Effect.void : Effect.fail(new CannotInit({ message: refusal }))
