import { existsSync } from "node:fs"
import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, join, relative } from "node:path"
import { type Contender, standsAfter, trainingOf } from "@tanren/playbook"
import { ExperimentRecord, keys, type LaunchOutcome, type LaunchProposed, type PersonsWord } from "@tanren/record"
import { mean } from "@tanren/statistics"
import type { Metric } from "@tanren/terms"
import { compareValues } from "@tanren/terms"
import { Effect } from "effect"
import type { LaunchProposal } from "../contract.ts"
import { notify } from "../notify.ts"
import { StateFolder } from "../state-folder.ts"
import { checkpointsOf, earlierAttempts } from "../train/attempts.ts"
import { copyOf } from "../train/copy-of.ts"
import { campaignOf, workAt } from "./campaign.ts"
import { decided, decideOnce } from "./decide-once.ts"
import { valuesOf } from "./trials.ts"
import { whatStandsAt } from "./what-stands.ts"
import { proposing } from "./work/index.ts"

/** What a piece of work proposes, by its kind's own decision. */
export const proposeLaunch = Effect.fn("proposeLaunch")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const { spec } = campaign
  const record = yield* ExperimentRecord
  const stored = yield* decideOnce(
    id,
    keys.proposal(ordinal),
    Effect.gen(function* () {
      const { kind } = yield* workAt(campaign, ordinal)
      const stands = yield* whatStandsAt(campaign, ordinal)
      const outcome = yield* proposing(kind)(campaign, ordinal, stands)
      if (spec.policy.launch.ask && outcome.decision === "adopt") {
        yield* notify(spec, campaign.directory, { campaign: id, about: "launch-waits", text: outcome.text })
      }
      return { rule: outcome.rule, inputs: { goal: ordinal, policy: spec.policy.launch, stands }, outcome }
    }),
  )
  const { ask, withinMs } = spec.policy.launch
  // A campaign that goes on after its end, or from the record alone, passes launches that are settled already.
  const settled = (yield* record.decision(id, keys.launch(ordinal))) !== null
  const waits = ask && stored.outcome.decision === "adopt" && !settled
  // The deadline counts from the recorded proposal: a lost Temporal database does not start it anew.
  const left = Date.parse(stored.decidedAt) + withinMs - Date.now()
  const { decision, text } = stored.outcome
  return { decision, text: text.slice(0, 4_000), waitMs: waits ? Math.max(0, left) : null } satisfies LaunchProposal
})

/** Carries the decision out: what was adopted stands from now on, and its checkpoint is put where it stays. */
export const settleLaunch = Effect.fn("settleLaunch")(function* (
  id: string,
  ordinal: number,
  person: PersonsWord | null,
) {
  const campaign = yield* campaignOf(id)
  const { spec } = campaign
  const proposal = yield* decided(id, keys.proposal(ordinal))
  const { outcome } = yield* decideOnce(
    id,
    keys.launch(ordinal),
    Effect.gen(function* () {
      const { ask, then } = spec.policy.launch
      const silent = ask ? then : "adopt"
      const word = person === null ? silent : person.word === "approve" ? "adopt" : "keep"
      const adopted = proposal.decision === "adopt" && word === "adopt" ? proposal.winner : null
      const before = yield* whatStandsAt(campaign, ordinal)
      const stands =
        adopted === null ? before : standsAfter(before, { training: trainingOf({}, spec), ...adopted }, ordinal)
      const outcome: LaunchOutcome = {
        adopted: adopted !== null,
        decision: adopted === null ? "keep" : "adopt",
        text: `${proposal.text}${personText(proposal, ask, person, then)}`,
        stands,
        ...(yield* keepCheckpoint(id, ordinal, stands, spec.metric)),
        person,
      }
      return {
        rule: proposal.rule,
        inputs: { proposal: keys.proposal(ordinal).text, person, policy: spec.policy.launch },
        outcome,
      }
    }),
  )
  return { adopted: outcome.adopted, text: outcome.text.slice(0, 4_000) }
})

const personText = (
  proposal: LaunchProposed,
  ask: boolean,
  person: PersonsWord | null,
  then: "keep" | "adopt",
): string => {
  if (!ask || proposal.decision !== "adopt") return ""
  if (person === null)
    return ` Nobody answered before the deadline: ${then === "adopt" ? "adopted" : "kept as it was"}, as the policy says.`
  const note = person.note === "" ? "" : ` (${person.note})`
  return person.word === "approve"
    ? ` Approved by ${person.by}${note}.`
    : ` Rejected by ${person.by}${note}: the baseline stays.`
}

/** The best run of the configuration that stands, its checkpoint copied out of the runs. */
const keepCheckpoint = Effect.fnUntraced(function* (id: string, ordinal: number, stands: Contender, metric: Metric) {
  const record = yield* ExperimentRecord
  const state = yield* StateFolder
  const runs = (yield* record.trials(id, stands.study)).filter(
    ({ value, checkpoint }) => value !== null && checkpoint !== null,
  )
  const compare = compareValues(metric)
  const [best] = runs.toSorted((a, b) => compare(a.value!, b.value!))
  if (best?.checkpoint == null) return { checkpoint: null, trial: null }
  const from = join(state.root, best.checkpoint)
  const trial = `${best.study}/${best.index}`
  if (!existsSync(from)) return { checkpoint: null, trial }
  const folder = join(state.launched, id, `goal-${ordinal}`)
  const to = join(folder, basename(from))
  const key = { campaign: id, study: best.study, index: best.index }
  const attempts = yield* Effect.promise(() => earlierAttempts(state.trial(key)))
  // A program may have kept no checkpoint of its best step: the launched one is told by its own step and value.
  const step = checkpointsOf(attempts).find(({ path }) => path === from)?.step ?? best.bestStep
  const measured = (yield* record.measurements(key)).find((one) => one.step === step)?.metrics[metric.name]
  const { hyperparameters, bestStep } = best
  // The best seed at its best step flatters what is launched: what to expect of it is the mean over its runs.
  const values = valuesOf(runs)
  const expected = { [metric.name]: mean(values), runs: values.length }
  const about = { hyperparameters, [metric.name]: measured ?? null, step, bestStep, trial, expected }
  yield* Effect.promise(async () => {
    await mkdir(folder, { recursive: true })
    await rm(`${to}.unfinished`, { recursive: true, force: true })
    await copyOf(from, `${to}.unfinished`)
    await rm(to, { recursive: true, force: true })
    await rename(`${to}.unfinished`, to)
    await writeFile(join(folder, "launched.json"), JSON.stringify(about, null, 1))
  })
  return { checkpoint: relative(state.root, to), trial }
})
