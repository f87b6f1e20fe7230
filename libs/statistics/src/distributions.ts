/** Tail probabilities that JavaScript lacks. Accuracy about 1e-10 (incomplete beta by Lentz's continued fraction,
 * Numerical Recipes §6.4; normal quantile by Acklam). */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x)
  const z = x - 1
  const t = z + 7.5
  let sum = LANCZOS[0]!
  for (let i = 1; i < 9; i++) sum += LANCZOS[i]! / (z + i)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

export const logChoose = (n: number, k: number): number =>
  k < 0 || k > n ? Number.NEGATIVE_INFINITY : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

const TINY = 1e-300

const continuedFraction = (a: number, b: number, x: number): number => {
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < TINY ? TINY : d)
  let h = d
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    c = 1 + even / c
    if (Math.abs(c) < TINY) c = TINY
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    c = 1 + odd / c
    if (Math.abs(c) < TINY) c = TINY
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return h
}

/** Regularised incomplete beta function I_x(a, b). */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(a, b, x)) / a
    : 1 - (front * continuedFraction(b, a, 1 - x)) / b
}

/** P(T > t) for Student's t with `df` degrees of freedom. */
export const studentUpper = (t: number, df: number): number => {
  if (Number.isNaN(t) || df <= 0) return 1
  const half = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5)
  return t > 0 ? half : 1 - half
}

/** The t that is exceeded with probability `p` (0 < p < 1), by bisection. */
export const studentQuantile = (p: number, df: number): number => {
  let low = -1e4
  let high = 1e4
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (studentUpper(middle, df) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(F > f) with (a, b) degrees of freedom. */
export const fUpper = (f: number, a: number, b: number): number =>
  Number.isNaN(f) || f <= 0 ? 1 : incompleteBeta(b / (b + a * f), b / 2, a / 2)

/** P(X >= x), X the marked items among `drawn` of `total` of which `marked` are marked. */
export const hypergeometricUpper = (x: number, drawn: number, marked: number, total: number): number => {
  let sum = 0
  for (let i = Math.max(0, x); i <= Math.min(drawn, marked); i++)
    sum += Math.exp(logChoose(marked, i) + logChoose(total - marked, drawn - i) - logChoose(total, drawn))
  return Math.min(1, sum)
}

/** P(X >= x) of a binomial. */
export const binomialUpper = (x: number, n: number, p: number): number =>
  x <= 0 ? 1 : x > n ? 0 : incompleteBeta(p, x, n - x + 1)

/** P(Z > z) of the standard normal, by Student's t with so many degrees of freedom that they agree to 1e-7. */
export const normalUpper = (z: number): number => studentUpper(z, 1e7)

/** The standard normal's quantile at lower tail `p`. Acklam's rational approximation, relative error 1.2e-9. */
export const normalQuantile = (p: number): number => {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ]
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ]
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
  const polynomial = (of: ReadonlyArray<number>, x: number) => of.reduce((sum, coefficient) => sum * x + coefficient, 0)
  if (p <= 0) return Number.NEGATIVE_INFINITY
  if (p >= 1) return Number.POSITIVE_INFINITY
  if (p > 0.97575) return -normalQuantile(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(c, q) / (polynomial(d, q) * q + 1)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(a, r) * q) / (polynomial(b, r) * r + 1)
}
