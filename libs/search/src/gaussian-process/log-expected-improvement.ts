import { logNormalDensity, mills } from "@tanren/statistics"

/**
 * ln h(z) and its slope, h(z) = φ(z) + z Φ(z): the expected improvement of a normal value in its own deviations, z
 * being how far its mean lies on the good side of the best. Exact where h itself has long underflowed.
 *
 * Ament et al., "Unexpected improvements to expected improvement", arXiv 2310.20708.
 */
export function logImprovement(z: number): { readonly value: number; readonly slope: number } {
  if (z > -1) {
    const density = Math.exp(logNormalDensity(z))
    const upper = z < 0 ? 1 - density * mills(-z) : density * mills(z)
    const below = z < 0 ? density * mills(-z) : 1 - upper
    const h = density + z * below
    return { value: Math.log(h), slope: below / h }
  }
  const x = -z
  const ratio = mills(x)
  // 1 − x · ratio cancels; far out its series takes over.
  const rest = x < 50 ? 1 - x * ratio : restSeries(1 / (x * x))
  return { value: logNormalDensity(z) + Math.log(rest), slope: ratio / rest }
}

const restSeries = (s: number): number => s * (1 - s * (3 - s * (15 - s * (105 - s * (945 - s * 10395)))))
