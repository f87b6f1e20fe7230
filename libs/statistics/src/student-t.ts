import { incompleteBeta, logBeta } from "./beta.ts"

/** P(|T| > |t|) of Student's t with `df` > 0 degrees of freedom, which need not be whole. */
export const studentTwoSided = (t: number, df: number): number => {
  const ratio = (t / Math.sqrt(df)) ** 2
  // The first term of the series is all of it; t² soon overflows.
  if (ratio > 1e100) return Math.exp(-df * (Math.log(Math.abs(t)) - Math.log(df) / 2) - logBeta(df / 2, 0.5)) / (df / 2)
  return incompleteBeta(1 / (1 + ratio), df / 2, 0.5, ratio / (1 + ratio))
}

/** P(|T| < |t|): all its digits near 0, where one minus the tails has few. */
const studentCentral = (t: number, df: number): number => {
  const ratio = (t / Math.sqrt(df)) ** 2
  return incompleteBeta(ratio / (1 + ratio), 0.5, df / 2, 1 / (1 + ratio))
}

/** P(T > t). Nothing is known without a t or degrees of freedom: then 1, which no test finds significant. */
export const studentUpper = (t: number, df: number): number => {
  if (Number.isNaN(t) || !(df > 0)) return 1
  const tail = studentTwoSided(t, df) / 2
  return t > 0 ? tail : 1 - tail
}

/** The t with P(T ≤ t) = p, p in 0 … 1: bisected to the last digits of a double. */
export const studentQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0
  if (p <= 0) return Number.NEGATIVE_INFINITY
  if (p >= 1) return Number.POSITIVE_INFINITY
  const tail = 2 * Math.min(p, 1 - p)
  const central = 2 * Math.abs(p - 0.5)
  const isBelow = (t: number) => (tail < central ? studentTwoSided(t, df) > tail : studentCentral(t, df) < central)
  let low = 0
  let high = 1
  while (isBelow(high)) [low, high] = [high, 2 * high]
  // From above 0 down to the smallest double there are some thousand halvings; none is needed once the ends are close.
  for (let step = 0; step < 2000 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2
    if (isBelow(middle)) low = middle
    else high = middle
  }
  const t = (low + high) / 2
  return p < 0.5 ? -t : t
}
