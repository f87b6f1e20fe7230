import type { Metric } from "@tanren/terms"

/** A checkpoint in this attempt's folder and the metric measured at its step, if one was. */
export interface Kept {
  readonly step: number
  readonly path: string
  readonly value?: number
}

/**
 * The N best (over finite values, the earlier of equals) and the last. Playbook, "Saving checkpoints and
 * retrospectively selecting the best checkpoint": the best is known only afterwards.
 */
export const withoutStale = (
  all: ReadonlyArray<Kept>,
  metric: Metric,
  count: number,
  /** Of this step it stays, whatever the others. */
  asked?: number,
): { readonly kept: ReadonlyArray<Kept>; readonly stale: ReadonlyArray<Kept> } => {
  const sign = metric.goal === "minimize" ? 1 : -1
  const ranked = all
    .filter(({ value }) => value !== undefined && Number.isFinite(value))
    .sort((a, b) => sign * (a.value! - b.value!) || a.step - b.step)
  const best = new Set(ranked.slice(0, count))
  const last = all.reduce<Kept | undefined>((a, b) => (a === undefined || b.step > a.step ? b : a), undefined)
  const isKept = (one: Kept): boolean => best.has(one) || one === last || one.step === asked
  return { kept: all.filter(isKept), stale: all.filter((one) => !isKept(one)) }
}
