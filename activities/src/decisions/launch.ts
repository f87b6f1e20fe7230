import { existsSync } from "node:fs"
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, join, relative } from "node:path"
import { type Contender, decideLaunch, standsAfter, suspectedBug, trainingOf } from "@tanren/playbook"
import { keys, type LaunchOutcome, type LaunchProposed, type PersonsWord, Tracking } from "@tanren/record"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import type { LaunchProposal } from "../contract.ts"
import { notify } from "../notify.ts"
import { StateFolder } from "../state-folder.ts"
import { checkpointsOf, earlierAttempts } from "../train/attempts.ts"
import { groundOf } from "./baseline.ts"
import { type Campaign, campaignOf, goalOf } from "./campaign.ts"
import { decided, decideOnce } from "./decide-once.ts"
import { openProblemsOf } from "./open-problems.ts"
import { valuesOf } from "./trials.ts"
import { whatStandsAt } from "./what-stands.ts"

/** The winner of the goal against what stood when the goal started. */
export const proposeLaunch = Effect.fn("proposeLaunch")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const { spec } = campaign
  const tracking = yield* Tracking
  const stored = yield* decideOnce(
    id,
    keys.proposal(ordinal),
    Effect.gen(function* () {
      const stands = yield* whatStandsAt(campaign, ordinal)
      const winner = yield* winnerOf(campaign, ordinal)
      const against = yield* tracking.trials(id, stands.study)
      const rerun = winner === null ? [] : yield* tracking.trials(id, winner.contender.study)
      const repeats = valuesOf(rerun)
      const goal = yield* goalOf(campaign, ordinal)
      const { leastGain } = goal
      const made = decideLaunch({
        metric: spec.metric,
        candidate: {
          ...(winner?.contender ?? stands),
          repeats,
          ids: rerun.map(({ study, index }) => `${study}/${index}`),
        },
        baseline: {
          ...stands,
          repeats: valuesOf(against),
          ids: against.map(({ study, index }) => `${study}/${index}`),
        },
        suspectedBug: suspectedBug(yield* openProblemsOf(campaign, ordinal)),
        infeasibleRepeats: rerun.length - repeats.length,
        pickedFrom: winner?.pickedFrom ?? 1,
        ...(leastGain === undefined ? {} : { complexity: { leastGain: leastGain.value, reason: leastGain.reason } }),
        ...(yield* groundOf(id, goal)),
      })
      const outcome: LaunchProposed = { ...made, winner: winner?.contender ?? null }
      if (spec.policy.launch.ask && made.decision === "adopt") {
        yield* notify(spec, campaign.directory, { campaign: id, about: "launch-waits", text: made.text })
      }
      return { rule: made.rule, inputs: { goal: ordinal, policy: spec.policy.launch, stands }, outcome }
    }),
  )
  const { ask, withinMs } = spec.policy.launch
  // A campaign that goes on after its end, or from the record alone, passes launches that are settled already.
  const settled = (yield* tracking.decision(id, keys.launch(ordinal))) !== null
  const waits = ask && stored.outcome.decision === "adopt" && !settled
  // The deadline counts from the recorded proposal: a lost Temporal database does not start it anew.
  const left = Date.parse(stored.decidedAt) + withinMs - Date.now()
  const { decision, text } = stored.outcome
  return { decision, text: text.slice(0, 4_000), waitMs: waits ? Math.max(0, left) : null } satisfies LaunchProposal
})

/** The value whose re-runs are best on average; how many it was picked from is part of the launch rule's level. */
const winnerOf = Effect.fnUntraced(function* ({ id, spec }: Campaign, ordinal: number) {
  const tracking = yield* Tracking
  const { groups } = yield* decided(id, keys.answer(ordinal))
  const { values } = yield* decided(id, keys.reruns(ordinal))
  const best = groups.find(({ mean }) => mean !== null)
  const reruns = values.find(({ label }) => label === best?.label)?.reruns
  if (best === undefined || reruns == null) return null
  const [run] = yield* tracking.trials(id, reruns.id)
  if (run === undefined) return null
  const { hyperparameters } = run
  const contender: Contender = { hyperparameters, training: trainingOf(reruns, spec), study: reruns.id }
  return { contender, pickedFrom: groups.filter(({ mean }) => mean !== null).length }
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
    return ` Nobody spoke before the deadline: ${then === "adopt" ? "adopted" : "kept as it was"}, as the policy says.`
  const note = person.note === "" ? "" : ` (${person.note})`
  return person.word === "approve"
    ? ` Approved by ${person.by}${note}.`
    : ` Rejected by ${person.by}${note}: the baseline stays.`
}

/** The best run of the configuration that stands, its checkpoint copied out of the runs. */
const keepCheckpoint = Effect.fnUntraced(function* (id: string, ordinal: number, stands: Contender, metric: Metric) {
  const tracking = yield* Tracking
  const state = yield* StateFolder
  const runs = (yield* tracking.trials(id, stands.study)).filter(
    ({ value, checkpoint }) => value !== null && checkpoint !== null,
  )
  const [best] = runs.toSorted((a, b) => (metric.goal === "minimize" ? a.value! - b.value! : b.value! - a.value!))
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
  const measured = (yield* tracking.measurements(key)).find((one) => one.step === step)?.metrics[metric.name]
  const { hyperparameters, bestStep } = best
  const about = { hyperparameters, [metric.name]: measured ?? null, step, bestStep, trial }
  yield* Effect.promise(async () => {
    await mkdir(folder, { recursive: true })
    await rm(`${to}.unfinished`, { recursive: true, force: true })
    await cp(from, `${to}.unfinished`, { recursive: true })
    await rm(to, { recursive: true, force: true })
    await rename(`${to}.unfinished`, to)
    await writeFile(join(folder, "launched.json"), JSON.stringify(about, null, 1))
  })
  return { checkpoint: relative(state.root, to), trial }
})
