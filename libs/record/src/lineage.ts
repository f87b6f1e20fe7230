import type { GoalDesign } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import type { Value } from "@tanren/terms"

/** Where a study comes from. Its id is for reading only; what belongs together is told by this. */
export interface Lineage {
  /** 0: no refinement made it; 1, 2, … */
  readonly round: number
  /** The study of the goal's first design that it refines, or whose best trial it runs again. */
  readonly of: string | null
  /** The scientific values that it stands for, by flat name; empty where it holds many, or none are compared. */
  readonly scientific: Readonly<Record<string, Value>>
}

/**
 * @param goal the goal's design; undefined for the baseline
 * @param round of the refinement that made the study; 0 for the goal's own studies, and for re-runs
 */
export const lineageOf = (
  goal: Pick<GoalDesign, "roles" | "studies"> | undefined,
  study: StudyDesign,
  round: number,
): Lineage => {
  const first = goal?.studies.find(({ scientific }) => sameValues(scientific, study.scientific))
  const compared = goal?.roles.filter(({ role, name }) => role === "scientific" && name in study.held) ?? []
  return {
    round,
    of: first === undefined || first.id === study.id ? null : first.id,
    // Re-runs of a joint study hold a point whole, and with it one value of those that the study searched.
    scientific: { ...study.scientific, ...Object.fromEntries(compared.map(({ name }) => [name, study.held[name]!])) },
  }
}

/** Refinements and re-runs keep the scientific values of the study that they come from. */
const sameValues = (one: Readonly<Record<string, Value>>, other: Readonly<Record<string, Value>>): boolean => {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
