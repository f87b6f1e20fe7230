import type { Action, Finding, Json } from "@tanren/terms"

/** Evidence as text: three significant digits, no trailing zeros. */
export const number = (value: Json | undefined): string => {
  if (typeof value !== "number") return String(value ?? "?")
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const text = value.toPrecision(3)
  return Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? text : String(Number(text))
}

export const percent = (value: Json | undefined): string =>
  typeof value === "number" ? `${Math.round(value * 100)} %` : "?"

export const listed = (value: Json | undefined): string =>
  Array.isArray(value) ? value.map((one) => String(one)).join(", ") : String(value ?? "?")

export const evidenceOf = (finding: Finding) => (key: string) => finding.evidence[key]

/** The cause of a trial that completed at a value so bad that it counts as infeasible. */
export const trulyBad = "truly bad value"

/** The cause of a run that ended far worse than the other seeds of its point. */
export const blowUp = "far worse than its other seeds"

/** Infeasible trials by their cause. */
export const causesIn = (found: Json | undefined): Readonly<Record<string, number>> =>
  (found ?? {}) as Readonly<Record<string, number>>

/** Scientific values that had too few feasible trials to be compared. */
export const notComparedIn = (
  found: Json | undefined,
): ReadonlyArray<{ readonly value: string; readonly trials: number; readonly infeasible: number }> =>
  (found ?? []) as ReadonlyArray<{ readonly value: string; readonly trials: number; readonly infeasible: number }>

/** The single actions inside an action. */
export const actionsOf = (action: Action | undefined): ReadonlyArray<Action> =>
  action === undefined ? [] : action.type === "several" ? action.actions.flatMap(actionsOf) : [action]
