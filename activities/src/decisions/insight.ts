import { type Action, analyse, type Finding, ruleVersion } from "@tanren/insight"
import { refineDesign } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import type { Hyperparameter, Value } from "@tanren/space"
import { Effect } from "effect"
import type { Refinement } from "../contract.ts"
import { baselineNoise } from "./baseline.ts"
import { campaignOf, decideOnce, goalOf, keys, recordStudies, studiesOf, trialsWithCurves } from "./campaign.ts"

/**
 * Reads a round's results and refines what the findings call a problem, inside the goal's budget and for every
 * scientific value alike. Playbook, "Extracting insight from experimental results".
 */
export const refine = Effect.fn("refine")(function* (id: string, ordinal: number, round: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { spec } = campaign
  const { design, newest, all } = yield* studiesOf(id, ordinal)
  const trials = (yield* Effect.forEach(all, ({ id: study }) => trialsWithCurves(id, study))).flat()
  const scientific = design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name)
  const noise = yield* baselineNoise(id)
  const space = spaceOf(spec.hyperparameters, newest)

  const findings = yield* decideOnce(
    id,
    keys.findings(ordinal, round),
    Effect.sync(() => ({
      rule: `insight@${ruleVersion}`,
      inputs: { trials: trials.length, scientific, noise: noise ?? null, space },
      outcome: analyse({
        metric: spec.metric,
        hyperparameters: space,
        trials,
        scientific,
        noise,
        maxTrainSteps: spec.maxTrainSteps,
      }).map(bounded),
    })),
  )
  const { outcome } = yield* decideOnce(
    id,
    keys.refinement(ordinal, round),
    Effect.sync(() => {
      const actions = spec.policy.refine === "never" ? [] : actionsOf(findings.outcome)
      const spent = all.reduce((sum, study) => sum + study.trials, 0)
      const earlier = trials.map((trial) => ({ study: trial.id.slice(0, trial.id.lastIndexOf("/")), ...trial }))
      const made = refineDesign({ studies: newest, roles: design.roles }, actions, goal.trials - spent, earlier)
      return {
        rule: made.rule,
        inputs: { actions, remaining: goal.trials - spent, policy: spec.policy.refine },
        outcome: made,
      }
    }),
  )
  if (outcome.studies.length === 0) return { next: "judge" } satisfies Refinement
  const studies = yield* recordStudies(id, ordinal, "search", outcome.studies)
  return spec.policy.refine === "ask"
    ? ({ next: "ask", studies, question: outcome.text, waitMs: spec.policy.launch.withinMs } satisfies Refinement)
    : ({ next: "run", studies } satisfies Refinement)
})

/** Only what is called a problem is acted on. */
const actionsOf = (findings: ReadonlyArray<Finding>): ReadonlyArray<Action> =>
  findings.flatMap(({ verdict, action }) => (verdict === "problem" && action !== undefined ? [action] : []))

/** The record keeps the trials a finding rests on, but not thousands of ids in each. */
const bounded = (finding: Finding): Finding => ({ ...finding, trials: finding.trials.slice(0, 200) })

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
