import { join } from "node:path"
import type { TrialKey } from "@tanren/record"
import { Context, Layer } from "effect"

/** Where a campaign folder keeps its record, its runs and what it launched. */
export interface StatePaths {
  readonly root: string
  readonly record: string
  readonly launched: string
  /** Every campaign's trials, each with its attempts. */
  readonly runs: string
  /** Looks at the test set, each in a folder of its own. */
  readonly tests: string
  readonly trial: (key: TrialKey) => string
  readonly attempt: (key: TrialKey, fence: number) => string
}

export const statePaths = (root: string): StatePaths => {
  const runs = join(root, "runs")
  const trial = (key: TrialKey) => join(runs, key.campaign, key.study, String(key.index).padStart(4, "0"))
  return {
    root,
    record: join(root, "record.sqlite"),
    launched: join(root, "launched"),
    runs,
    tests: join(root, "tests"),
    trial,
    attempt: (key, fence) => join(trial(key), `attempt-${String(fence).padStart(4, "0")}`),
  }
}

export class StateFolder extends Context.Service<StateFolder, StatePaths>()("tanren/StateFolder") {
  static readonly layer = (root: string): Layer.Layer<StateFolder> => Layer.succeed(StateFolder, statePaths(root))
}
