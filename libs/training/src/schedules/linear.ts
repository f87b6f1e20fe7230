import type { Schedule } from "./schedule.ts"

/** 1 until `decayStart`, then straight down to `endFactor` at `steps`, and `endFactor` after it. */
export const linear = (options: {
  readonly steps: number
  readonly endFactor: number
  readonly decayStart?: number
}): Schedule => {
  const { steps, endFactor, decayStart = 0 } = options
  if (!(decayStart >= 0 && decayStart < steps)) {
    throw new RangeError(`decayStart is ${decayStart}, wanted: from 0 to below the ${steps} steps`)
  }
  return (step) => {
    const share = Math.min(1, Math.max(0, (step - decayStart) / (steps - decayStart)))
    return 1 - share + endFactor * share
  }
}
