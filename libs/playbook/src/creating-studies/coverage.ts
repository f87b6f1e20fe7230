import { type StudyDesign, studyPoint } from "@tanren/search"
import { isRanged, unitOf } from "@tanren/space"
import { distinctText, type Hyperparameter, type Value } from "@tanren/terms"
import type { Warning } from "../scientific-nuisance-fixed/roles.ts"
import { levelsOf } from "./combinations.ts"

/** Our reading of even coverage: no scientific value (or fifth of a range) below half of its fair share of trials. */
const COVERAGE_SHARE = 0.5

const SECTION = "Creating a set of studies"
const SLICES = 5

/** Trials that each scientific value (or fifth of a range, on its scale) gets in a joint study. */
export interface Coverage {
  readonly study: string
  readonly hyperparameter: string
  readonly trials: ReadonlyArray<{ readonly value: string; readonly count: number }>
}

/**
 * Playbook, "Creating a set of studies": whatever the search algorithm, a joint study has to sample its scientific
 * values evenly. Counted over the very points that the study will try.
 */
export function coverageOf(study: StudyDesign, scientific: ReadonlyArray<string>): ReadonlyArray<Coverage> {
  const points = Array.from({ length: study.trials }, (_, index) => studyPoint(study, index))
  return study.searched
    .filter(({ name }) => scientific.includes(name))
    .map((hyperparameter) => {
      const bins = binsOf(hyperparameter)
      const counts = bins.labels.map(() => 0)
      for (const point of points) {
        const value = point[hyperparameter.name]
        const bin = value === undefined ? -1 : bins.of(value)
        if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1
      }
      const trials = bins.labels.map((value, index) => ({ value, count: counts[index] ?? 0 }))
      return { study: study.id, hyperparameter: hyperparameter.name, trials }
    })
}

export const coverageWarnings = (
  studies: ReadonlyArray<StudyDesign>,
  scientific: ReadonlyArray<string>,
): ReadonlyArray<Warning> =>
  studies
    .flatMap((study) => coverageOf(study, scientific))
    .flatMap(({ study, hyperparameter, trials }) => {
      const fair = trials.reduce((sum, { count }) => sum + count, 0) / trials.length
      const starved = trials.filter(({ count }) => count < COVERAGE_SHARE * fair || count === 0)
      if (starved.length === 0) return []
      const shown = starved.map(({ value, count }) => `${value}: ${count}`).join(", ")
      return [
        {
          rule: "even-coverage",
          section: SECTION,
          hyperparameter,
          text: `${study}: ${hyperparameter} is sampled unevenly (${shown}; a fair share is ${fair.toFixed(1)} trials); use more trials or fewer values to even it out`,
        },
      ]
    })

/** Scientific values one by one, or a range in fifths on its scale. */
export interface Bins {
  readonly sliced: boolean
  readonly labels: ReadonlyArray<string>
  readonly of: (value: Value) => number
}

export function binsOf(hyperparameter: Hyperparameter): Bins {
  const levels = levelsOf(hyperparameter)
  if (levels !== undefined && (!isRanged(hyperparameter) || levels.length <= SLICES)) {
    return { sliced: false, labels: levels.map(distinctText(levels, String)), of: (value) => levels.indexOf(value) }
  }
  const labels = Array.from({ length: SLICES }, (_, slice) => `fifth ${slice + 1}`)
  const of = (value: Value): number => {
    const at = unitOf(hyperparameter, value)
    return at === null ? -1 : Math.min(Math.floor(at * SLICES), SLICES - 1)
  }
  return { sliced: true, labels, of }
}
