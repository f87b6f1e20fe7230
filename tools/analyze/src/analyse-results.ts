import { analyse } from "@tanren/insight"
import type { Finding } from "@tanren/terms"
import type { Results } from "./results.ts"

export interface Analysing {
  /** Retraining standard deviation in the metric's units, where the person knows it. */
  readonly noise?: number
}

/** A stated noise is taken as known rather than estimated from a few repeats. */
const stated = 1000

/** The checklist on results from anywhere. */
export const analyseResults = (results: Results, { noise }: Analysing = {}): ReadonlyArray<Finding> =>
  analyse({
    metric: results.chosen.metric,
    hyperparameters: results.hyperparameters,
    trials: results.trials,
    scientific: results.scientific,
    schedule: results.schedule ?? "unknown",
    ...(noise === undefined ? {} : { noise: { sd: noise, degreesOfFreedom: stated } }),
  })

/** The interchange format of findings, in which JSON's lack of NaN and infinities leaves null. */
export const findingsJson = (findings: ReadonlyArray<Finding>): string =>
  JSON.stringify(
    {
      findings: findings.map(({ question, verdict, subject, evidence, trials, text, action }) => ({
        question,
        verdict,
        ...(subject === undefined ? {} : { subject }),
        evidence,
        trials,
        text,
        ...(action === undefined ? {} : { action }),
      })),
    },
    null,
    2,
  )
