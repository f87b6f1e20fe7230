import { logGamma, stirlingError } from "./gamma.ts"

/**
 * ln B(a, b), a, b > 0. From 10 on by Stirling's formula with the large terms cancelled by hand (Didonato & Morris
 * 1992): as a difference of ln Γ it would lose as many digits as its arguments have.
 */
export const logBeta = (a: number, b: number): number => {
  const [small, large] = a < b ? [a, b] : [b, a]
  const both = small + large
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(both)
  const rest = stirlingError(large) - stirlingError(both) + (large - 0.5) * Math.log1p(-small / both)
  if (small < 10) return logGamma(small) + small - small * Math.log(both) + rest
  return stirlingError(small) + rest + 0.5 * Math.log((2 * Math.PI) / both) + (small - 0.5) * Math.log(small / both)
}

/**
 * I_x(a, b), the regularised incomplete beta function: a, b > 0, x in 0 … 1. By its continued fraction (Lentz's method;
 * Numerical Recipes, 3rd edition, section 6.4).
 *
 * @param rest 1 − x, where the caller knows it better than this difference would be
 */
export const incompleteBeta = (x: number, a: number, b: number, rest = 1 - x): number => {
  if (x <= 0) return 0
  if (rest <= 0) return 1
  // The fraction converges fast only on this side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(rest, b, a, x)
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-rest)
  const logRest = rest < 0.5 ? Math.log(rest) : Math.log1p(-x)
  return (Math.exp(a * logX + b * logRest - logBeta(a, b)) / a) * continuedFraction(x, a, b)
}

const TINY = 1e-300
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/** Some √max(a, b) terms: the bound holds to a, b of about 1e8. */
const continuedFraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return fraction
}
