import type { Hyperparameter, Hyperparameters } from "@tanren/terms"

/** One run of an optimiser: asked for a point, told what was observed there, and so on. */
export interface Run {
  readonly ask: () => Promise<Hyperparameters>
  /** Results that are there before the first ask. */
  readonly given: (points: ReadonlyArray<Hyperparameters>, values: ReadonlyArray<number | null>) => void
  /** Smaller is better; null: the trial diverged. */
  readonly tell: (value: number | null) => void
  /** CPU seconds that the optimiser itself has spent. */
  readonly seconds: () => number
  readonly end: () => void
}

export interface Asked {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly seed: number
}

export interface Method {
  readonly name: string
  /** What it cannot be asked, or null. */
  readonly refuses: (asked: Asked) => string | null
  readonly start: (asked: Asked) => Promise<Run>
}
