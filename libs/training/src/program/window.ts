import type { StepReport } from "../training-step.ts"

/** What was seen step by step since the last evaluation; saved with a checkpoint, since it reaches the next metrics. */
export interface Window {
  readonly losses: Array<number>
  readonly gradNorms: Array<number>
  clipped: number
}

export const emptyWindow = (): Window => ({ losses: [], gradNorms: [], clipped: 0 })

export const add = (window: Window, report: StepReport): void => {
  window.losses.push(report.loss)
  window.gradNorms.push(report.gradNorm)
  if (report.clipped) window.clipped += 1
}

/** The smallest value that at least this share of the values do not exceed. */
const quantile = (values: ReadonlyArray<number>, share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)]!

/** As metrics; the 90th percentile is what the playbook sets a clipping threshold by. */
export const summary = (window: Window): Readonly<Record<string, number>> => {
  const { losses, gradNorms, clipped } = window
  if (losses.length === 0) return {}
  return {
    "train/batch_loss": losses.reduce((sum, x) => sum + x, 0) / losses.length,
    grad_norm: gradNorms.at(-1)!,
    "grad_norm/p90": quantile(gradNorms, 0.9),
    "grad_norm/max": quantile(gradNorms, 1),
    clipped_share: clipped / losses.length,
  }
}
