import type { FinalTuningWork, ModelCandidates, RefinedSpace, TuningBatch } from "@tanren/playbook"
import { finalReruns } from "@tanren/playbook"
import { decisionIn } from "../decisions.ts"
import { keys } from "../keys.ts"
import type { DecisionRow } from "../rows.ts"

/** A final tuning as far as it was decided. */
export interface TuningStanding {
  readonly space: RefinedSpace
  readonly batches: ReadonlyArray<TuningBatch>
  readonly candidates: ModelCandidates | null
}

/** Its batches as far as they were decided, oldest first. */
export const batchesOf = (decisions: ReadonlyArray<DecisionRow>, place: number): ReadonlyArray<TuningBatch> => {
  const batches: Array<TuningBatch> = []
  for (;;) {
    const batch = decisionIn(decisions, keys.batch(place, batches.length + 1))?.outcome
    if (batch === undefined) return batches
    batches.push(batch)
  }
}

/** Null before it starts, and for any other kind of work. */
export const tuningOf = (decisions: ReadonlyArray<DecisionRow>, place: number): TuningStanding | null => {
  const space = decisionIn(decisions, keys.refinedSpace(place))?.outcome
  if (space === undefined) return null
  const candidates = decisionIn(decisions, keys.modelCandidates(place))?.outcome ?? null
  return { space, batches: batchesOf(decisions, place), candidates }
}

/** All trials of its batches: as decided once the last one is, at most until then. */
export const trialsOfBatches = (work: Pick<FinalTuningWork, "trials">, tuning: TuningStanding | null): number => {
  const batches = tuning?.batches ?? []
  if (batches.at(-1)?.last !== true) return work.trials
  return batches.reduce((sum, { study }) => sum + (study?.trials ?? 0), 0)
}

/** Its re-runs, at most: as many as there are candidates once they are chosen. */
export const rerunsToCome = (
  work: Pick<FinalTuningWork, "top" | "repeats">,
  tuning: TuningStanding | null,
  undeclared: boolean,
): number => (undeclared ? 0 : finalReruns({ ...work, top: tuning?.candidates?.candidates.length ?? work.top }))
