import { hasValue } from "@tanren/space"
import type { Hyperparameter, Value } from "@tanren/terms"

/** Whether a conditional hyperparameter is active in every trial of a study, in some of them, or in none. */
export type Activity = "always" | "sometimes" | "never"

/**
 * Activity where only some values are known: those of the fixed and the scientific hyperparameters.
 * Playbook, "Identifying scientific, nuisance, and fixed hyperparameters": conditional hyperparameters.
 *
 * @param known the value of a declaration (by index) that a study holds still; undefined where it is searched
 */
export function activityOf(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  known: (index: number) => Value | undefined,
): (index: number) => Activity {
  const found: Array<Activity | undefined> = []

  function underParent(parent: string, values: ReadonlyArray<Value>): Activity {
    let best: Activity = "never"
    hyperparameters.forEach((candidate, index) => {
      if (candidate.name !== parent) return
      const value = known(index)
      if (value === undefined ? !values.some((one) => hasValue(candidate, one)) : !values.includes(value)) return
      const sure = value !== undefined || onlyAmong(candidate, values)
      best = likelier(best, lesser(activity(index), sure ? "always" : "sometimes"))
    })
    return best
  }

  function activity(index: number): Activity {
    const before = found[index]
    if (before !== undefined) return before
    const answer = Object.entries(hyperparameters[index]?.when ?? {}).reduce<Activity>(
      (soFar, [parent, values]) => (soFar === "never" ? soFar : lesser(soFar, underParent(parent, values))),
      "always",
    )
    found[index] = answer
    return answer
  }

  return activity
}

/** Whether every value that the parent could take is one of these. */
const onlyAmong = (parent: Hyperparameter, values: ReadonlyArray<Value>): boolean =>
  parent.type === "boolean"
    ? values.includes(true) && values.includes(false)
    : "values" in parent && parent.values.every((value) => values.includes(value))

const order: ReadonlyArray<Activity> = ["never", "sometimes", "always"]
const lesser = (one: Activity, other: Activity): Activity => (order.indexOf(one) < order.indexOf(other) ? one : other)
const likelier = (one: Activity, other: Activity): Activity => (order.indexOf(one) > order.indexOf(other) ? one : other)
