import { valueAt } from "@tanren/space"
import {
  distinctText,
  formatValue,
  type Hyperparameter,
  type Hyperparameters,
  type Trial,
  type Value,
} from "@tanren/terms"
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
    const shown = shownBeside(design.studies.map((study) => study.scientific))
    return design.studies.map(({ id, scientific: held }, at) => {
      const values = shown[at] ?? []
      const inside = ({ hyperparameters }: T) =>
        Object.entries(held).every(([name, value]) => hyperparameters[name] === value)
      return { label: labelOf(values), values, study: id, trials: trials.filter(inside) }
    })
  }
  const study = design.studies[0]
  if (study === undefined) return []
  if (design.layout === "single") return [{ label: "all", values: [], study: study.id, trials }]
  const slices = study.searched
    .filter(({ name }) => scientific.includes(name))
    .map((hyperparameter) => ({ name: hyperparameter.name, ...slicesOf(hyperparameter) }))
  const groups = new Map<string, { readonly values: ReadonlyArray<Shown>; readonly trials: T[] }>()
  for (const trial of trials) {
    const places = slices.map(({ name, of }) => {
      const value = trial.hyperparameters[name]
      return value === undefined ? -1 : of(value)
    })
    // By the values, not by what they read like.
    const key = places.join(" ")
    const values = slices.flatMap(({ name, texts }, index): ReadonlyArray<Shown> => {
      const text = texts[places[index] ?? -1]
      return text === undefined ? [] : [[name, text]]
    })
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { values, trials: [trial] })
    else group.trials.push(trial)
  }
  return [...groups.values()].map((group) => ({ label: labelOf(group.values), study: study.id, ...group }))
}

const labelOf = (values: ReadonlyArray<Shown>): string => values.map(([name, value]) => `${name}=${value}`).join(", ")

/** Each study's values as they are shown: no two values of one hyperparameter read alike. */
function shownBeside(studies: ReadonlyArray<Hyperparameters>): ReadonlyArray<ReadonlyArray<Shown>> {
  const textOf = (name: string) => distinctText(studies.flatMap((held) => held[name] ?? []))
  return studies.map((held) => Object.entries(held).map(([name, value]) => [name, textOf(name)(value)] as const))
}

/** The slices of a scientific hyperparameter as they are shown, and which of them holds a value (-1 for none). */
function slicesOf(hyperparameter: Hyperparameter): {
  readonly texts: ReadonlyArray<string>
  readonly of: (value: Value) => number
} {
  const { sliced, labels, of } = binsOf(hyperparameter)
  if (!sliced) return { texts: labels, of }
  const levels = levelsOf(hyperparameter) ?? []
  const ends = labels.map((_, at) => {
    const whole = levels.filter((level) => of(level) === at)
    const edge = (slice: number) => valueAt(hyperparameter, slice / labels.length)
    return [whole[0] ?? edge(at), whole.at(-1) ?? edge(at + 1)] as const
  })
  const shown = (value: Value) => (levels.length > 0 ? String(value) : formatValue(value, hyperparameter))
  const text = distinctText(ends.flat(), shown)
  return { texts: ends.map((both) => [...new Set(both.map(text))].join("…")), of }
}

/** How many groups there are at most: what the re-runs of the answer are planned for. */
export const groupCount = (design: Pick<GoalDesign, "layout" | "roles" | "studies" | "desiderata">): number => {
  if (design.layout !== "joint") return Math.max(design.studies.length, 1)
  const scientific = design.roles.filter(({ role }) => role === "scientific").map(({ name }) => name)
  const searched = design.studies.flatMap((study) => study.searched.filter(({ name }) => scientific.includes(name)))
  return searched.reduce((product, hyperparameter) => product * binsOf(hyperparameter).labels.length, 1)
}
