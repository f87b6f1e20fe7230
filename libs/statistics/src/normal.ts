/** P(Z > z) of the standard normal. */
export const normalUpper = (z: number): number => {
  if (z < 0) return 1 - normalUpper(-z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z >= 3) {
    // Laplace's continued fraction, from its far end.
    let fraction = z
    for (let i = 100; i >= 1; i--) fraction = z + i / fraction
    return density / fraction
  }
  // The series of P(0 < Z < z): φ(z) (z + z³ / 3 + z⁵ / (3 · 5) + …).
  let term = z
  let sum = z
  for (let i = 3; term > 1e-17 * sum; i += 2) {
    term *= (z * z) / i
    sum += term
  }
  return 0.5 - density * sum
}

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
