import { incompleteBeta } from "./beta.ts"

/** P(F > f) with `a` and `b` degrees of freedom; 1 where f is unknown. */
export const fUpper = (f: number, a: number, b: number): number => {
  if (Number.isNaN(f) || f <= 0) return 1
  const ratio = (a * f) / b
  return incompleteBeta(1 / (1 + ratio), b / 2, a / 2, 1 / (1 + 1 / ratio))
}
