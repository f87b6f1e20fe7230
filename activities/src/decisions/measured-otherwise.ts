import type { MeasuredOtherwise } from "@tanren/playbook"
import { ExperimentRecord, type TrialRow } from "@tanren/record"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { countNamed } from "./trials.ts"

/**
 * What measured the candidate's runs differently from the baseline's, as far as the programs told: their backend, the
 * name that they gave their data, and how many examples they validated on. What one side does not tell is no difference.
 */
export const measuredOtherwise = Effect.fnUntraced(function* (
  id: string,
  metric: Metric,
  candidate: ReadonlyArray<TrialRow>,
  baseline: ReadonlyArray<TrialRow>,
) {
  const record = yield* ExperimentRecord
  const examples = (runs: ReadonlyArray<TrialRow>) =>
    Effect.map(
      Effect.forEach(runs, ({ study, index }) => record.measurements({ campaign: id, study, index })),
      (curves) =>
        curves.flatMap((curve) => curve.flatMap(({ metrics }) => metrics[countNamed(metric)] ?? [])).map(String),
    )
  const told = (what: string) => (runs: ReadonlyArray<TrialRow>) =>
    runs.flatMap(({ started }) => {
      const said = started?.about[what]
      return typeof said === "string" || typeof said === "number" ? [String(said)] : []
    })
  const [backend, data] = [told("backend"), told("data")]
  return [
    ...differing("backend", backend(candidate), backend(baseline)),
    ...differing("data", data(candidate), data(baseline)),
    ...differing("data", yield* examples(candidate), yield* examples(baseline), "examples"),
  ]
})

const differing = (
  what: MeasuredOtherwise["what"],
  candidate: ReadonlyArray<string>,
  baseline: ReadonlyArray<string>,
  unit?: string,
): ReadonlyArray<MeasuredOtherwise> => {
  const [theirs, ours] = [candidate, baseline].map((told) => [...new Set(told)].sort().join(", "))
  if (theirs === undefined || ours === undefined || theirs === "" || ours === "" || theirs === ours) return []
  const named = (told: string) => (unit === undefined ? told : `${told} ${unit}`)
  return [{ what, candidate: named(theirs), baseline: named(ours) }]
}
