/** What is known of prices: from the baseline's runs, or from earlier campaigns. */
export interface Costs {
  /** Wall time of one `stepUnit` of training on one device. */
  readonly secondsPerStep: number
}

export interface Cost {
  /** Training runs in all. */
  readonly runs: number
  /** At most, in the campaign's step unit. */
  readonly steps: number
  /** Device time; null where no price is known. */
  readonly deviceSeconds: number | null
}

/** What so many training runs of so many steps each cost. */
export const costOf = (runs: number, stepsEach: number, known: Costs | undefined): Cost => {
  const steps = runs * stepsEach
  return { runs, steps, deviceSeconds: known === undefined ? null : steps * known.secondsPerStep }
}

/** What several of them cost together. */
export const together = (one: Cost, other: Cost): Cost => ({
  runs: one.runs + other.runs,
  steps: one.steps + other.steps,
  deviceSeconds:
    one.deviceSeconds === null || other.deviceSeconds === null ? null : one.deviceSeconds + other.deviceSeconds,
})
