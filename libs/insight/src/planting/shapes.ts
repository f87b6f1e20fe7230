import type { Random } from "@tanren/terms"

/** Thresholds were set on `tuning`; the reported table is made on `held-out`. The two share no shape and no seed. */
export type Family = "tuning" | "held-out"

/** Cost against the distance from the optimum (in widths of the range); 0 at 0, falling towards it on both sides. */
export type Bowl = (distance: number) => number

/** How far training has come, 0 at the start to 1, against the share of steps done and the speed. */
export type Descent = (done: number, speed: number) => number

const tuningBowls: ReadonlyArray<Bowl> = [
  (d) => d * d,
  (d) => d * d * (d > 0 ? 3 : 1),
  (d) => (d * d) / (1 + d * d),
  (d) => Math.abs(d) ** 1.8 * (d > 0 ? 1 : 2),
  (d) => Math.max(0, Math.abs(d) - 0.08) ** 2,
  (d) => Math.sqrt(1 + 9 * d * d) - 1,
  (d) => (d > 0 ? 2 * d * d : Math.abs(d) ** 1.3),
  (d) => Math.abs(d) ** 3 + 0.1 * Math.abs(d),
]

const heldOutBowls: ReadonlyArray<Bowl> = [
  (d) => Math.abs(d) ** 1.5,
  (d) => Math.log(Math.cosh(3 * d)) / 3,
  (d) => Math.exp(2 * d) - 2 * d - 1,
  (d) => 1 - Math.exp(-1.5 * d * d),
  (d) => Math.abs(d) ** 2.5,
]

const descents: Readonly<Record<Family, Descent>> = {
  tuning: (done, speed) => 1 - Math.exp(-speed * done),
  "held-out": (done, speed) => 1 - (1 + (speed * done) / 3) ** -3,
}

export const bowl = (family: Family, random: Random): Bowl => {
  const bowls = family === "tuning" ? tuningBowls : heldOutBowls
  return bowls[random.below(bowls.length)]!
}

export const descent = (family: Family): Descent => descents[family]

/** Retraining noise of standard deviation 1: normal, or with Student's tails (8 degrees of freedom) when held out. */
export const retraining = (family: Family, random: Random): number => {
  const z = random.normal()
  if (family === "tuning") return z
  let chi = 0
  for (let i = 0; i < 8; i++) chi += random.normal() ** 2
  return (z / Math.sqrt(chi / 8)) * Math.sqrt(6 / 8)
}

/** How far a study's evaluations hang on the ones before: lag-1 correlation 0 to 0.9, more often high when held out. */
export const stepCorrelation = (family: Family, random: Random): number =>
  0.9 * (family === "tuning" ? random.uniform() : Math.sqrt(random.uniform()))

/** Step-to-step noise of standard deviation 1 and lag-1 correlation `r`. */
export const stepNoise = (r: number, random: Random, count: number): ReadonlyArray<number> => {
  let last = random.normal()
  return Array.from({ length: count }, () => {
    const now = last
    last = r * last + Math.sqrt(1 - r * r) * random.normal()
    return now
  })
}
