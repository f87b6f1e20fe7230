import { logBeta } from "./beta.ts"

/** ln of the number of ways to choose `k` of `n`, both whole; −∞ where there is none. */
export const logChoose = (n: number, k: number): number =>
  k < 0 || k > n ? Number.NEGATIVE_INFINITY : k === 0 || k === n ? 0 : -Math.log(n + 1) - logBeta(n - k + 1, k + 1)
