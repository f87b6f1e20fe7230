import type { Random } from "@tanren/terms"

/** A run's distance from what its configuration is worth, in the noise that gains are counted in; positive is worse. */
export type Noise = (random: Random) => number

const student3: Noise = ({ normal }) => {
  const squares = [normal(), normal(), normal()].reduce((sum, x) => sum + x * x, 0)
  return normal() / Math.sqrt(squares / 3) / Math.sqrt(3)
}

export const normal: Noise = (random) => random.normal()

/** Each of mean 0 and standard deviation 1. */
export const smooth = {
  normal,
  "heavy tails (t, 3 degrees of freedom)": student3,
  "skewed (exponential)": ({ uniform }) => -Math.log(1 - uniform()) - 1,
  bimodal: (random) => (random.uniform() < 0.5 ? 0.9 : -0.9) + Math.sqrt(1 - 0.81) * random.normal(),
} as const satisfies Readonly<Record<string, Noise>>

/** One run in ten ends ten noises worse; gains are counted in the noise of the others. */
const OUTLIERS = { share: 0.1, far: 10 }

export const outliers: Noise = (random) => random.normal() + (random.uniform() < OUTLIERS.share ? OUTLIERS.far : 0)

/** As good as a plain configuration on average: one noise better, but for the run in ten that is ten worse. */
export const rarelyBad: Noise = (random) => outliers(random) - OUTLIERS.share * OUTLIERS.far

export const times =
  (noise: Noise, by: number): Noise =>
  (random) =>
    by * noise(random)
