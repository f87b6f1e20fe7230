import { logNormalLower, lowerHazard } from "@tanren/statistics"

/** ln p(label | latent value) for labels −1 and 1, and its first three derivatives by the latent value. */
export interface Likelihood {
  readonly value: (label: number, latent: number) => number
  readonly derivatives: (label: number, latent: number) => readonly [number, number, number]
}

/** Φ(label × latent). */
export const probit: Likelihood = {
  value: (label, latent) => logNormalLower(label * latent),
  derivatives: (label, latent) => {
    const z = label * latent
    const hazard = lowerHazard(z)
    const curvature = hazard * (z + hazard)
    return [label * hazard, -curvature, label * (hazard * (z + hazard) * (z + 2 * hazard) - hazard)]
  },
}
