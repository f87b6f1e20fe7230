import { toUnit } from "@tanren/space"
import type { Action, Hyperparameter, Hyperparameters } from "@tanren/terms"

type Widening = Extract<Action, { type: "widen" }>

/** Of a range's width: what rounding alone may put beyond a bound. */
const ROUNDING = 1e-6

/**
 * The widening without the sides that an earlier round cut, or why none is left. Trials that ran beyond a bound were
 * judged when it was set: widened again, the next round would run into what the cut avoids.
 *
 * @param searched the space of one study, and the place of the hyperparameter in it
 * @param earlier points that ran in the goal so far
 */
export function unlessCut(
  action: Widening,
  searched: ReadonlyArray<Hyperparameter>,
  index: number,
  earlier: ReadonlyArray<{ readonly hyperparameters: Hyperparameters }>,
): Widening | string {
  const at = earlier.flatMap(({ hyperparameters }) => toUnit(searched, hyperparameters)[index] ?? [])
  const { low, high, ...widening } = action
  const open = {
    ...(low === undefined || at.some((coordinate) => coordinate < -ROUNDING) ? {} : { low }),
    ...(high === undefined || at.some((coordinate) => coordinate > 1 + ROUNDING) ? {} : { high }),
  }
  return Object.keys(open).length > 0
    ? { ...widening, ...open }
    : `${action.hyperparameter} was cut there in an earlier round, and trials ran beyond`
}
