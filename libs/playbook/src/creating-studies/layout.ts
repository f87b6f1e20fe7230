import type { Hyperparameter, Value } from "@tanren/terms"
import type { Goal } from "../campaign/campaign.ts"
import { activityOf } from "../scientific-nuisance-fixed/conditional.ts"
import type { HeldValue } from "../scientific-nuisance-fixed/held-values.ts"
import type { RoleOf } from "../scientific-nuisance-fixed/roles.ts"
import { type Combination, combinationsOf } from "./combinations.ts"

/** Playbook, "Creating a set of studies": one study a value "in the simplest case". Six is our reading of few. */
export const SEPARATE_STUDIES = 6

/** How a goal's studies are cut: playbook, "Creating a set of studies". */
export interface Layout {
  readonly kind: "each" | "joint" | "single"
  readonly why: string
  readonly combinations: ReadonlyArray<Combination>
}

/** One study for each combination of scientific values, one joint study, or one study with nothing to compare. */
export function layOut(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  roles: ReadonlyArray<RoleOf>,
  fixed: ReadonlyMap<number, HeldValue>,
  goal: Goal,
): Layout {
  const together: Combination = {
    values: new Map(),
    activity: activityOf(hyperparameters, (index) => fixed.get(index)?.value),
  }
  if (!roles.some(({ role }) => role === "scientific")) {
    return { kind: "single", why: "one study: nothing is compared", combinations: [together] }
  }
  const joint = (why: string): Layout => ({ kind: "joint", why, combinations: [together] })
  if (goal.studies === "joint") return joint("one joint study, as asked")
  const combinations = combinationsOf(hyperparameters, roles, fixed, goal.trials)
  if (combinations === undefined) {
    return joint(
      "one joint study: a scientific hyperparameter has a range instead of listed values, and quasi-random search covers a range evenly",
    )
  }
  const each = (why: string): Layout => ({ kind: "each", why, combinations })
  if (goal.studies === "each") return each("one study for each combination of scientific values, as asked")
  if (combinations.length <= SEPARATE_STUDIES) {
    return each(`one study for each of the ${combinations.length} combinations of scientific values`)
  }
  if (!sameNuisance(hyperparameters, roles, combinations) && combinations.length <= goal.trials) {
    return each(
      `one study for each of the ${combinations.length} combinations: their nuisance hyperparameters differ, so one space does not fit all`,
    )
  }
  return joint(`one joint study: more than ${SEPARATE_STUDIES} combinations of scientific values`)
}

function sameNuisance(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  roles: ReadonlyArray<RoleOf>,
  combinations: ReadonlyArray<Combination>,
): boolean {
  const sets = combinations.map(({ activity }) =>
    hyperparameters.map((_, index) => (roles[index]?.role === "nuisance" ? activity(index) : "never")).join(),
  )
  return new Set(sets).size <= 1
}

/** How many combinations of scientific values the goal compares; null for ranges, and where nothing is compared. */
export function scientificValues(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  roles: ReadonlyArray<RoleOf>,
  fixed: ReadonlyMap<number, HeldValue>,
  layout: Layout,
): number | null {
  if (layout.kind === "single") return null
  if (layout.kind === "each") return layout.combinations.length
  const most = 10_000
  return combinationsOf(hyperparameters, roles, fixed, most)?.length ?? null
}

/** Flat names of what a combination holds. */
export const named = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  { values }: Combination,
): Readonly<Record<string, Value>> =>
  Object.fromEntries([...values].map(([index, value]) => [hyperparameters[index]?.name ?? "", value]))
