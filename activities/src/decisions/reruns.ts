import { type CampaignSpec, rerunStudy, SEPARATE_STUDIES } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import { formatPoint, type Trial, type Value } from "@tanren/space"
import { Tracking } from "@tanren/tracking"
import { Effect } from "effect"
import { campaignOf, decideOnce, goalOf, keys, recordStudies, studiesOf, trialOf } from "./campaign.ts"

export const RERUNS_RULE = "reruns@1"

/** One scientific value with its trials of all rounds and the best of them. */
export interface ScientificValue {
  readonly label: string
  readonly trials: ReadonlyArray<Trial>
  readonly best: Trial | null
  /** The study that re-runs the best with fresh seeds. */
  readonly reruns: StudyDesign | null
}

export interface RerunsOutcome {
  readonly values: ReadonlyArray<{
    readonly label: string
    readonly best: string | null
    readonly trials: ReadonlyArray<string>
    readonly reruns: StudyDesign | null
  }>
}

/**
 * The best trial of *each* scientific value, run again with fresh seeds: the value that made a trial the best of its
 * study flatters it. Playbook, "Determining whether to adopt a training pipeline change".
 */
export const designReruns = Effect.fn("designReruns")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(ordinal),
    Effect.gen(function* () {
      const values = yield* scientificValues(id, ordinal, campaign.spec, goal.repeats)
      const kept: RerunsOutcome = {
        values: values.map(({ label, best, trials, reruns }) => ({
          label,
          best: best?.id ?? null,
          trials: trials.map((trial) => trial.id),
          reruns,
        })),
      }
      return { rule: RERUNS_RULE, inputs: { repeats: goal.repeats }, outcome: kept }
    }),
  )
  const designs = outcome.values.flatMap(({ reruns }) => (reruns === null ? [] : [reruns]))
  return yield* recordStudies(id, ordinal, "repeats", designs)
})

const scientificValues = Effect.fnUntraced(function* (
  id: string,
  ordinal: number,
  spec: CampaignSpec,
  repeats: number,
) {
  const tracking = yield* Tracking
  const { design, all } = yield* studiesOf(id, ordinal)
  const names = design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name)
  const groups = new Map<string, { scientific: Record<string, Value>; study: StudyDesign; trials: Array<Trial> }>()
  for (const study of all) {
    for (const row of yield* tracking.trials(id, study.id)) {
      const trial = trialOf(row)
      const scientific = valuesOf(study, names, trial)
      const label = Object.keys(scientific).length === 0 ? "all" : formatPoint(scientific, spec.hyperparameters)
      const group = groups.get(label) ?? { scientific, study, trials: [] }
      group.trials.push(trial)
      groups.set(label, group)
    }
  }
  const values = [...groups].map(([label, { scientific, study, trials }]): ScientificValue => {
    const best = bestOf(trials, spec)
    const of = { ...study, id: design.layout === "joint" ? `${study.id}.${safe(label)}` : study.id, scientific }
    return { label, trials, best, reruns: best === null ? null : rerunStudy(of, best.hyperparameters, repeats) }
  })
  // A joint study compares many values: only the most promising are worth the re-runs.
  return values.sort((a, b) => byValue(spec)(a.best, b.best)).slice(0, SEPARATE_STUDIES)
})

/** A joint study holds many scientific values; a range among them is compared as a whole. */
const valuesOf = (study: StudyDesign, names: ReadonlyArray<string>, trial: Trial): Record<string, Value> => {
  const ranged = new Set(
    study.searched.flatMap((one) => (one.type === "float" || one.type === "int" ? [one.name] : [])),
  )
  const compared = names.filter((name) => name in trial.hyperparameters && !ranged.has(name))
  return Object.fromEntries(compared.map((name) => [name, trial.hyperparameters[name]!]))
}

const byValue = (spec: CampaignSpec) => (a: Trial | null, b: Trial | null) => {
  if (a?.value === undefined || b?.value === undefined)
    return Number(a?.value === undefined) - Number(b?.value === undefined)
  return spec.metric.goal === "minimize" ? a.value - b.value : b.value - a.value
}

const bestOf = (trials: ReadonlyArray<Trial>, spec: CampaignSpec): Trial | null =>
  trials.filter(({ status, value }) => status === "completed" && value !== undefined).toSorted(byValue(spec))[0] ?? null

const safe = (label: string) => label.replace(/[^\w.=-]+/g, "_")
