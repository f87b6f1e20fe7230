import { logChoose } from "./choose.ts"

/** P(X ≥ x), X the marked items among `drawn` of `total` of which `marked` are marked. */
export const hypergeometricUpper = (x: number, drawn: number, marked: number, total: number): number => {
  let sum = 0
  for (let i = Math.max(0, x); i <= Math.min(drawn, marked); i++)
    sum += Math.exp(logChoose(marked, i) + logChoose(total - marked, drawn - i) - logChoose(total, drawn))
  return Math.min(1, sum)
}
