import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters, Training, Value } from "@tanren/terms"

/** A study of the same point again and again, each time with fresh seeds: the trial's index is its repeat. */
export const repeated = (
  id: string,
  point: Hyperparameters,
  repeats: number,
  scientific: Readonly<Record<string, Value>>,
  training: Training | undefined,
): StudyDesign => ({
  id,
  scientific,
  searched: [],
  held: point,
  algorithm: "listed",
  seed: 0,
  from: 0,
  trials: repeats,
  points: Array.from({ length: repeats }, () => ({})),
  ...(training === undefined ? {} : { training }),
})
