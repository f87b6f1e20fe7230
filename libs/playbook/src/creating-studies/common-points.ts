import type { StudyDesign } from "@tanren/search"
import { isConstant } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Trial } from "@tanren/terms"
import type { DrawnTrial } from "../adopting-a-change/searched-again.ts"
import type { GoalDesign } from "./studies.ts"
import { searchSeed } from "./study-id.ts"

/**
 * Studies of several scientific values that search the same nuisance hyperparameters, over the same ranges, try them at
 * the same points: one seed, and what they share takes the first dimensions of the sequence. Trial i of one is then to
 * be compared with trial i of another, and where they differ it is not for the points that they happened to try.
 * Playbook, "Creating a set of studies": comparisons between scientific values as fair as possible.
 *
 * What is shared is told from the declarations, not from their names: two learning rates of two optimizers, each with a
 * range of its own, are two hyperparameters.
 *
 * @param goalId of the goal, such as `g1`: the seed is its own
 */
export function atCommonPoints(
  studies: ReadonlyArray<StudyDesign>,
  campaignSeed: number,
  goalId: string,
): ReadonlyArray<StudyDesign> {
  const [first, ...others] = studies
  if (first === undefined || others.length === 0) return studies
  const inAll = (one: Hyperparameter) => others.every(({ searched }) => searched.includes(one))
  const elsewhere = studies.flatMap(({ searched }) =>
    searched.filter((one) => !inAll(one) || !first.searched.includes(one)),
  )
  const common = first.searched
    .filter((one) => inAll(one) && !isConstant(one) && elsewhere.every(({ name }) => name !== one.name))
    .map(({ name }) => name)
  if (common.length === 0) return studies
  const seed = searchSeed(campaignSeed, goalId)
  return studies.map((study) => ({ ...study, seed, common: [...new Set(common)] }))
}

/**
 * A number for each trial's point in what the studies have in common, group by group: equal for trials of two groups at
 * the same point. Null where nothing is shared. A group that is twice at a point has two numbers there.
 */
export function commonPoints(
  { layout, studies }: Pick<GoalDesign, "layout" | "studies">,
  groups: ReadonlyArray<ReadonlyArray<Hyperparameters>>,
): ReadonlyArray<ReadonlyArray<number | null>> {
  const common = layout === "each" ? (studies[0]?.common ?? []) : []
  const numbers = new Map<string, number>()
  return groups.map((points) => {
    const times = new Map<string, number>()
    return points.map((point) => {
      if (common.length === 0) return null
      const place = JSON.stringify(common.map((name) => point[name] ?? null))
      const time = times.get(place) ?? 0
      times.set(place, time + 1)
      const key = `${time} ${place}`
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      return number
    })
  })
}

/** What an answer draws from: the trials of each value that told something of their point, diverged ones as well. */
export function drawnTrials(
  design: Pick<GoalDesign, "layout" | "studies">,
  groups: ReadonlyArray<ReadonlyArray<Pick<Trial, "hyperparameters" | "status" | "value">>>,
): ReadonlyArray<ReadonlyArray<DrawnTrial>> {
  const points = commonPoints(
    design,
    groups.map((trials) => trials.map(({ hyperparameters }) => hyperparameters)),
  )
  return groups.map((trials, group) =>
    trials.flatMap(({ status, value }, at): ReadonlyArray<DrawnTrial> => {
      const point = points[group]?.[at] ?? null
      if (status === "infeasible") return [{ point, value: null }]
      return status === "completed" && value !== undefined ? [{ point, value }] : []
    }),
  )
}
