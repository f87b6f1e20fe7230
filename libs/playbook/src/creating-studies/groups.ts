import { valueAt } from "@tanren/space"
import { formatValue, type Hyperparameter, type Trial, type Value } from "@tanren/terms"
import { levelsOf } from "./combinations.ts"
import { binsOf } from "./coverage.ts"
import type { GoalDesign } from "./studies.ts"

type Shown = readonly [name: string, value: string]

/** What the answer compares: a combination of scientific values, or a slice of a range. */
export interface ValueGroup<T> {
  readonly label: string
  /** What the label names: scientific hyperparameters with their values (or slices), as they are shown. */
  readonly values: ReadonlyArray<Shown>
  /** The first of its studies (a joint study serves several groups). */
  readonly study: string
  readonly trials: ReadonlyArray<T>
}

type Point = Pick<Trial, "hyperparameters">

/**
 * The trials of a goal by scientific value, refinements included. Where a scientific hyperparameter has a range, by
 * fifths of it on its scale, as the playbook's isolation plots bucket one.
 *
 * @param studies every study that ran for the goal, refinements included, with its trials
 */
export function valueGroups<T extends Point>(
  design: Pick<GoalDesign, "layout" | "roles" | "studies">,
  trials: ReadonlyArray<T>,
): ReadonlyArray<ValueGroup<T>> {
  const scientific = [...new Set(design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name))]
  if (design.layout === "each") {
    return design.studies.map(({ id, scientific: held }) => {
      const values = Object.entries(held).map(([name, value]) => [name, formatValue(value)] as const)
      const inside = ({ hyperparameters }: T) =>
        Object.entries(held).every(([name, value]) => hyperparameters[name] === value)
      return { label: labelOf(values), values, study: id, trials: trials.filter(inside) }
    })
  }
  const study = design.studies[0]
  if (study === undefined) return []
  if (design.layout === "single") return [{ label: "all", values: [], study: study.id, trials }]
  const slices = study.searched.filter(({ name }) => scientific.includes(name))
  const groups = new Map<string, { readonly values: ReadonlyArray<Shown>; readonly trials: T[] }>()
  for (const trial of trials) {
    const values = slices.flatMap((hyperparameter): ReadonlyArray<Shown> => {
      const value = trial.hyperparameters[hyperparameter.name]
      return value === undefined ? [] : [[hyperparameter.name, sliceLabel(hyperparameter, value)]]
    })
    const label = labelOf(values)
    const group = groups.get(label)
    if (group === undefined) groups.set(label, { values, trials: [trial] })
    else group.trials.push(trial)
  }
  return [...groups].map(([label, group]) => ({ label, study: study.id, ...group }))
}

const labelOf = (values: ReadonlyArray<Shown>): string => values.map(([name, value]) => `${name}=${value}`).join(", ")

function sliceLabel(hyperparameter: Hyperparameter, value: Value): string {
  const bins = binsOf(hyperparameter)
  const at = bins.of(value)
  const listed = bins.labels[at]
  if (listed !== undefined && !bins.sliced) return listed
  const whole = (levelsOf(hyperparameter) ?? []).filter((level) => bins.of(level) === at)
  if (whole.length > 0) return [...new Set([whole[0], whole.at(-1)])].join("…")
  const edge = (unit: number) => formatValue(valueAt(hyperparameter, unit), hyperparameter)
  return `${edge(at / bins.labels.length)}…${edge((at + 1) / bins.labels.length)}`
}

/** How many groups there are at most: what the re-runs of the answer are planned for. */
export const groupCount = (design: Pick<GoalDesign, "layout" | "roles" | "studies" | "desiderata">): number => {
  if (design.layout !== "joint") return Math.max(design.studies.length, 1)
  const scientific = design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name)
  const searched = design.studies.flatMap((study) => study.searched.filter(({ name }) => scientific.includes(name)))
  return searched.reduce((product, hyperparameter) => product * binsOf(hyperparameter).labels.length, 1)
}
