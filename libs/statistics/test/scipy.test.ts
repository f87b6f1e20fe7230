import { describe, expect, test } from "vitest"
import { incompleteBeta, logBeta } from "../src/beta.ts"
import { binomialUpper } from "../src/binomial.ts"
import { logChoose } from "../src/choose.ts"
import { fUpper } from "../src/f.ts"
import { logGamma } from "../src/gamma.ts"
import { hypergeometricUpper } from "../src/hypergeometric.ts"
import { leastSquares } from "../src/least-squares.ts"
import { mcnemar } from "../src/mcnemar.ts"
import { normalQuantile, normalUpper } from "../src/normal.ts"
import { oneWay } from "../src/one-way.ts"
import { powers } from "../src/periodogram.ts"
import { rankCorrelation, ranks } from "../src/ranks.ts"
import { studentQuantile, studentTwoSided, studentUpper } from "../src/student-t.ts"
import { ascending, mean, quantile, variance } from "../src/summary.ts"
import { swapChance } from "../src/swap-chance.ts"
import { welch } from "../src/welch.ts"
import scipy from "./scipy.json" with { type: "json" }

const relative = (found: number, wanted: number): number =>
  found === wanted ? 0 : Math.abs(found - wanted) / Math.abs(wanted)

const rows = (of: ReadonlyArray<ReadonlyArray<number>>) =>
  of.map((row) => ({ given: row.slice(0, -1), wanted: row.at(-1)! }))

/** Arguments and value in one row; the relative error that each function keeps, far tails and huge arguments included. */
describe.each([
  ["logGamma", logGamma, 1e-12],
  ["logBeta", logBeta, 1e-12],
  ["logChoose", logChoose, 1e-9],
  ["incompleteBeta", incompleteBeta, 1e-9],
  ["studentTwoSided", studentTwoSided, 1e-10],
  ["studentUpper", studentUpper, 1e-10],
  ["studentQuantile", studentQuantile, 1e-8],
  ["fUpper", fUpper, 1e-9],
  ["normalUpper", normalUpper, 1e-12],
  ["normalQuantile", normalQuantile, 2e-9],
  ["binomialUpper", binomialUpper, 1e-9],
  ["hypergeometricUpper", hypergeometricUpper, 1e-9],
  ["mcnemar", mcnemar, 1e-9],
] as const)("%s is SciPy's", (name, of: (...of: Array<number>) => number, error) => {
  test.each(rows(scipy[name]))("at $given", ({ given, wanted }) => {
    expect(relative(of(...given), wanted), `${of(...given)} for ${wanted}`).toBeLessThanOrEqual(error)
  })
})

const close = (found: number | undefined, wanted: number, error = 1e-9) =>
  expect(relative(found ?? Number.NaN, wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(error)

test.each(scipy.summary)("mean, variance, quantiles and ranks of $values.length values", (one) => {
  const { values } = one
  close(mean(values), one.mean)
  if (one.variance !== null) close(variance(values), one.variance)
  for (const [p, wanted] of one.quantiles) close(quantile(ascending(values), p!), wanted!)
  expect(ranks(values)).toEqual(one.ranks)
})

test.each(scipy.rankCorrelation)("Spearman's rank correlation is $rho", ({ a, b, rho }) =>
  close(rankCorrelation(a, b), rho),
)

test.each(scipy.welch)("Welch's interval at level $level", ({ a, b, level, ...wanted }) => {
  const found = welch(a, b, level)
  for (const key of ["difference", "p", "df", "low", "high"] as const) close(found?.[key], wanted[key])
})

test.each(scipy.leastSquares)("least squares of $y.length values", (one) => {
  const fit = leastSquares(one.columns, one.y)
  for (const [j, wanted] of one.coefficients.entries()) close(fit.coefficients[j], wanted)
  close(fit.residualSquares, one.residualSquares)
  for (const [j, wanted] of one.standardErrors.entries()) close(Math.sqrt(fit.inverse[j]![j]! * fit.variance), wanted)
})

test.each(scipy.powers)("the periodogram of $values.length values", (one) => {
  const [found] = powers([one.values])
  const most = Math.max(...one.powers)
  // A power that cancels to nothing is known to the rounding of the greatest only.
  for (const [k, wanted] of one.powers.entries())
    expect(Math.abs(found![k]! - wanted)).toBeLessThanOrEqual(1e-12 * most)
})

test.each(scipy.paired)("the randomisation test of $differences.length pairs: p is $p", ({ differences, p }) =>
  close(swapChance(differences), p),
)

test.each(scipy.oneWay)("one-way analysis of variance: p is $p", ({ groups, p }) => close(oneWay(groups), p))
