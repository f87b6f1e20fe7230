/** What was done to the data on the way in that a reader of the verdicts must know of; worded in `note.words.ts`. */
export type Note =
  | { readonly note: "short-rows"; readonly file: string; readonly count: number; readonly first: number }
  | { readonly note: "bad-lines"; readonly file: string; readonly count: number; readonly first: number }
  | { readonly note: "decimal-comma"; readonly file: string }
  | { readonly note: "several-studies"; readonly file: string; readonly study: string }
  | { readonly note: "changed-range"; readonly hyperparameter: string }
  | { readonly note: "nested-runs"; readonly count: number }
  | { readonly note: "no-hyperparameters"; readonly trials: ReadonlyArray<string> }
  | { readonly note: "duplicates"; readonly count: number }
  | { readonly note: "same-ids"; readonly count: number }
  | { readonly note: "same-best"; readonly metric: string; readonly value: number; readonly count: number }
  | { readonly note: "no-value"; readonly metric: string; readonly trials: ReadonlyArray<string> }
  | { readonly note: "not-finite"; readonly metric: string; readonly trials: ReadonlyArray<string> }
  | { readonly note: "not-a-number"; readonly metric: string; readonly found: string; readonly count: number }
  | {
      readonly note: "bad-hyperparameter"
      readonly hyperparameter: string
      readonly found: string
      readonly count: number
    }
  | { readonly note: "outside-space"; readonly example: string; readonly count: number; readonly of: number }
  | { readonly note: "stopped-early"; readonly count: number; readonly of: number }
  | { readonly note: "failed"; readonly count: number }
  | { readonly note: "failed-or-nan"; readonly count: number }
  | { readonly note: "running"; readonly count: number }
  | { readonly note: "ended-sooner"; readonly count: number; readonly step: number }
  | { readonly note: "one-trial" }
  | { readonly note: "none-finished" }
  | { readonly note: "no-repeats" }
  | { readonly note: "no-curves" }
  | { readonly note: "training-metric"; readonly metric: string }
  | { readonly note: "test-metric"; readonly metric: string }
  | { readonly note: "ranges-guessed" }
  | { readonly note: "no-final-curve"; readonly count: number }
  | { readonly note: "adaptive" }
