import { seedsOverridden } from "../adopting-a-change/undeclared-seeds.ts"
import type { FinalTuningWork } from "../campaign/campaign.ts"
import type { Planning, WorkPlan } from "../campaign/kind-of-work.ts"
import { overriddenRoles, promisesSeeds } from "../choosing-the-goal/goal-plan.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { costOf } from "../informative-and-affordable/price.ts"
import { designFinal } from "./final-design.ts"

/**
 * With fewer batches than this, quasi-random search is recommended. Playbook, "Why use quasi-random search…": where
 * many trials run in parallel there is little opportunity to use earlier results, and an adaptive algorithm hardly beats
 * quasi-random search with twice the budget. On 20 test problems it beat that in 58 % of runs with one batch, 81 and
 * 84 % with two and three, and 88 to 91 % from four on (`tools/bench/src/bayes/batches.ts --seeds 10`).
 */
const FEW_BATCHES = 4

export interface FinalTuningPlan extends WorkPlan {
  readonly kind: "final-tuning"
  readonly question: string
  readonly place: number
  readonly algorithm: FinalTuningWork["algorithm"]
  /** At most. */
  readonly trials: number
  /** In a batch. */
  readonly parallel: number
  /** Batches that learn from each other; 1 for quasi-random search. */
  readonly batches: number
  /** At most: where fewer points complete, there are fewer candidates. */
  readonly reruns: { readonly candidates: number; readonly repeats: number }
  /** Over the declared space: it is refined when the work starts. */
  readonly design: GoalDesign
  readonly fewBatches: boolean
  /** Trials that run at once; a batch may be more, or fewer. */
  readonly atOnce: number
  readonly rerunsNeedDeclaredSeeds: boolean
  readonly overridden: ReadonlyArray<{
    readonly hyperparameter: string
    readonly rule: string
    readonly reason: string
  }>
}

export const batchesOf = ({ algorithm, trials, parallel }: FinalTuningWork): number =>
  algorithm === "halton" ? 1 : Math.ceil(trials / parallel)

/** Training runs of the re-runs, at most. */
export const finalReruns = ({ top, repeats }: Pick<FinalTuningWork, "top" | "repeats">): number => top * repeats

export const planFinal = (work: FinalTuningWork, index: number, { spec, stands, costs }: Planning): FinalTuningPlan => {
  const { question, algorithm, trials, parallel, top, repeats } = work
  const place = index + 1
  const design = designFinal({ spec, work, place, stands })
  const batches = batchesOf(work)
  return {
    ...{ kind: "final-tuning", question, place, algorithm, trials, parallel, batches, design },
    reruns: { candidates: top, repeats },
    fewBatches: algorithm === "bayes" && batches < FEW_BATCHES,
    atOnce: spec.policy.parallel,
    rerunsNeedDeclaredSeeds: !promisesSeeds(spec) && !seedsOverridden(work),
    overridden: overriddenRoles(spec, work, design),
    cost: costOf(trials + finalReruns(work), stands.training.maxTrainSteps, costs),
  }
}
