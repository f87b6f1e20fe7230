import { incompleteBeta } from "./beta.ts"

/** P(X ≥ x) of a binomial: `n` draws of chance `p`. */
export const binomialUpper = (x: number, n: number, p: number): number =>
  x <= 0 ? 1 : x > n ? 0 : incompleteBeta(p, x, n - x + 1)
