import type { Schedule } from "./schedule.ts"

/** Half a cosine from 1 down to `endFactor` at `steps`, and `endFactor` after it (Loshchilov and Hutter 2017). */
export const cosine = (options: { readonly steps: number; readonly endFactor?: number }): Schedule => {
  const { steps, endFactor = 0 } = options
  return (step) => endFactor + ((1 - endFactor) * (1 + Math.cos(Math.PI * Math.min(1, step / steps)))) / 2
}
