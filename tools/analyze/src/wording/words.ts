import type { ToldBy } from "../guess/metric.ts"
import type { Why } from "../guess/roles.ts"
import type { Note } from "../note.ts"
import type { Schedule } from "../results.ts"
import type { Format } from "../table.ts"

/** The words of `analyze` around the findings. */
export interface Words {
  readonly formats: Readonly<Record<Format, string>>
  readonly read: (formats: string, rows: number, long: boolean, trials: string) => string
  readonly trials: (count: number) => string
  readonly metric: (name: string, goal: "minimize" | "maximize", from: string) => string
  readonly told: Readonly<Record<ToldBy, string>>
  /** The name is a guess, the direction is not. */
  readonly goalTold: string
  readonly others: (names: string) => string
  readonly schedules: Readonly<Record<Schedule | "unknown", string>>
  readonly hyperparameters: Readonly<Record<"space" | "file" | "guess", string>>
  readonly range: (low: string, high: string) => string
  readonly fixed: (point: string) => string
  readonly leftOut: (names: string) => string
  readonly whys: Readonly<Record<Why, string>>
  readonly correct: string
  readonly note: (note: Note) => string
  readonly notes: string
  readonly unjudged: string
  readonly fine: (questions: string) => string
  readonly nothing: string
  readonly question: (files: string) => string
  readonly offer: string
}
