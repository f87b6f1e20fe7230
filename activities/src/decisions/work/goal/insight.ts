import { analyse, answers, ask, type InsightInput, readStudy, ruleVersion } from "@tanren/insight"
import { courseOf, refineDesign, trainingOf, trialsInside } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import type { Action, Finding, Hyperparameter, Trial, Value } from "@tanren/terms"
import { Effect } from "effect"
import type { RefinementTicket } from "../../../contract.ts"
import { notify } from "../../../notify.ts"
import { baselineNoise } from "../../baseline.ts"
import { campaignOf, goalOf } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { gainsBefore } from "../../gains.ts"
import { recordStudies, ticketsOf } from "../../record-studies.ts"
import { trialsWithCurves } from "../../trials.ts"
import { studiesOf } from "./goal-studies.ts"

/**
 * Reads a round's results and refines what the findings call a problem, inside the goal's budget and for every
 * scientific value alike. Playbook, "Extracting insight from experimental results".
 */
export const refine = Effect.fn("refine")(function* (id: string, ordinal: number, round: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { spec } = campaign
  const { design, newest, all } = yield* studiesOf(campaign, ordinal, round)
  const ran = (yield* Effect.forEach(all, ({ id: study }) => trialsWithCurves(id, study))).flat()
  // What lies outside a space that was cut has been judged: left in, it would ask for the same cut again. Left out
  // altogether, it would have the space widened to where it was cut.
  const trials = newest === design.studies ? ran : trialsInside(newest, ran)
  const inside = new Set(trials)
  const outside = ran.filter((trial) => !inside.has(trial))
  const scientific = design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name)
  const noise = yield* baselineNoise(id)
  const space = spaceOf(spec.hyperparameters, newest)
  const goals = yield* gainsBefore(campaign, ordinal)
  const { metric } = spec
  const training = trainingOf(newest[0] ?? {}, spec)
  const schedule = courseOf(training, spec)
  const asked: Omit<InsightInput, "trials" | "outside"> = {
    metric,
    hyperparameters: space,
    scientific,
    noise,
    schedule,
    maxTrainSteps: training.maxTrainSteps,
    goals,
  }

  const findings = yield* decideOnce(
    id,
    keys.findings(ordinal, round),
    Effect.sync(() => ({
      rule: `insight@${ruleVersion}`,
      inputs: {
        trials: trials.length,
        outside: outside.length,
        scientific,
        noise: noise ?? null,
        schedule,
        space,
        goals,
      },
      outcome: judged({ ...asked, trials, outside }, ran).map(bounded),
    })),
  )
  const { outcome, decidedAt } = yield* decideOnce(
    id,
    keys.refinement(ordinal, round),
    Effect.sync(() => {
      const actions = actionsOf(findings.outcome)
      const spent = all.reduce((sum, study) => sum + study.trials, 0)
      const latest = newest === design.studies ? {} : { latest: { round: round - 1, studies: newest } }
      const made = refineDesign({ ...design, ...latest }, actions, goal.trials - spent, ran, spec.policy.refine)
      return {
        rule: made.rule,
        inputs: { actions, remaining: goal.trials - spent, policy: spec.policy.refine },
        outcome: made,
      }
    }),
  )
  if (outcome.studies.length === 0) return { next: "judge" } satisfies RefinementTicket
  const record = yield* ExperimentRecord
  const word = yield* record.decision(id, keys.refinementWord(ordinal, round))
  if (word?.outcome === "judge") return { next: "judge" } satisfies RefinementTicket
  if (spec.policy.refine !== "ask" || word !== null) {
    const studies = yield* recordStudies(id, ordinal, "search", outcome.studies, round)
    return { next: "run", studies } satisfies RefinementTicket
  }
  const waitMs = Math.max(0, Date.parse(decidedAt) + spec.policy.launch.withinMs - Date.now())
  const question = outcome.text.slice(0, 4_000)
  yield* notify(spec, campaign.directory, { campaign: id, about: "refinement-waits", text: question })
  // Only a word enters studies into the record: those of a refused refinement would count as trials to come for ever.
  return { next: "ask", studies: ticketsOf(outcome.studies), question, waitMs } satisfies RefinementTicket
})

/** Whoever says nothing before the deadline says: judge on what there is. */
export const settleRefinement = Effect.fn("settleRefinement")(function* (
  id: string,
  ordinal: number,
  round: number,
  word: "refine" | "judge" | null,
) {
  const stored = yield* decideOnce(
    id,
    keys.refinementWord(ordinal, round),
    Effect.succeed({ rule: "refinement-word@1", inputs: { word }, outcome: word ?? "judge" }),
  )
  if (stored.outcome !== "refine") return { run: false }
  const { studies } = yield* decided(id, keys.refinement(ordinal, round))
  yield* recordStudies(id, ordinal, "search", studies, round)
  return { run: true }
})

/**
 * The checklist on the trials inside the newest space, but for the comparison of scientific values: all that ran for
 * them is effort, and how much of it happens to lie inside a cut space differs from one to the other.
 */
const judged = (input: InsightInput, ran: ReadonlyArray<Trial>): ReadonlyArray<Finding> => {
  const findings = analyse(input)
  if (ran.length === input.trials.length) return findings
  const compared = ask("isolation", readStudy({ ...input, trials: ran, outside: [] }))
  const isComparison = answers("isolation")
  return [...findings.filter((finding) => !isComparison(finding)), ...compared]
}

/** Only what is called a problem is acted on. */
const actionsOf = (findings: ReadonlyArray<Finding>): ReadonlyArray<Action> =>
  findings.flatMap(({ verdict, action }) => (verdict === "problem" && action !== undefined ? [action] : []))

/** The record keeps the trials a finding rests on, but not thousands of ids in each. */
export const bounded = (finding: Finding): Finding => ({ ...finding, trials: finding.trials.slice(0, 200) })

/** The space as the newest studies search it; what they hold still is a choice among the values they hold. */
const spaceOf = (
  declared: ReadonlyArray<Hyperparameter>,
  studies: ReadonlyArray<StudyDesign>,
): ReadonlyArray<Hyperparameter> => {
  const searched = new Map(studies.flatMap((study) => study.searched).map((one) => [JSON.stringify(one), one]))
  const held = new Map<string, Set<Value>>()
  for (const study of studies) {
    for (const [name, value] of Object.entries(study.held)) held.set(name, (held.get(name) ?? new Set()).add(value))
  }
  const meaningOf = (name: string) => declared.find((one) => one.name === name)?.meaning
  return [
    ...[...held].map(
      ([name, values]): Hyperparameter => ({
        name,
        type: "categorical",
        values: [...values],
        meaning: meaningOf(name),
      }),
    ),
    ...searched.values(),
  ]
}
