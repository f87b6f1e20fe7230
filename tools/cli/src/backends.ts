import type { TrialRow } from "@tanren/record"

/**
 * Backends that the trials ran on, as their programs said. Several differ in their last digits, which is a difference
 * between trials that no hyperparameter made.
 */
export const backendsOf = (rows: ReadonlyArray<TrialRow>): ReadonlyArray<string> => {
  const named = rows.map(({ started }) => started?.about?.backend)
  return [...new Set(named.filter((one) => one !== undefined))].map(String).sort()
}
