import type { Hyperparameters } from "./hyperparameter.ts"

/** Equal for equal hyperparameters, in whatever order they are given; 1 is not "1". */
export const pointKey = (point: Hyperparameters): string =>
  JSON.stringify(Object.entries(point).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)))
