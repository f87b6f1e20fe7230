import type { Hyperparameters } from "@tanren/terms"
import { bounded, mostModelled } from "./bounded.ts"
import { placeOf } from "./encoding.ts"
import { embed } from "./kernel.ts"
import { type BayesianSearch, codeOf, type Observation } from "./observations.ts"
import { predictorOf } from "./posterior.ts"
import { type Asked, type BayesianSession, bayesianModels, probability, type Suggestion } from "./suggest.ts"
import { unwarped } from "./warp.ts"

/**
 * The next trials of a Gaussian-process bandit with unknown constraints: a function of its arguments alone.
 *
 * Observations that lie outside the space, or whose values a declaration cannot have, are left out of the model, pending
 * trials likewise. Observations with equal hyperparameters are repeats of one point. No suggestion repeats an
 * observation, a pending trial or another suggestion, unless a finite space has nothing else left. Of more than
 * `mostModelled` observations the best and the newest make the model.
 */
export function bayesianSuggestions(
  search: BayesianSearch,
  observations: ReadonlyArray<Observation>,
  asked: Asked,
): ReadonlyArray<Suggestion> {
  return modelOf(search, observations).ask(asked)
}

function modelOf(search: BayesianSearch, observations: ReadonlyArray<Observation>): BayesianSession {
  const { modelled, others } = bounded(observations)
  const session = bayesianModels(search)
  session.tell(modelled)
  session.passOver(others)
  return session
}

/** What is expected of a point without its trial's noise. */
export interface Expected {
  /** In the metric's units; NaN while nothing feasible is known, or for a point outside the space. */
  readonly mean: number
  readonly deviation: number
  readonly probabilityFeasible: number
}

/** The model's posterior at points, in the metric's units. */
export function bayesianPosterior(
  search: BayesianSearch,
  observations: ReadonlyArray<Observation>,
  points: ReadonlyArray<Hyperparameters>,
): ReadonlyArray<Expected> {
  const session = modelOf(search, observations)
  const { encoding, values, feasibility } = session.models()
  const predict = values === undefined ? undefined : predictorOf(values.on, values.weights)
  return points.map((point) => {
    const place = placeOf(encoding, point)
    if (place === undefined) return { mean: Number.NaN, deviation: Number.NaN, probabilityFeasible: Number.NaN }
    const probabilityFeasible = probability(encoding, place, feasibility)
    if (values === undefined || predict === undefined) {
      return { mean: Number.NaN, deviation: Number.NaN, probabilityFeasible }
    }
    const { shape, parameters } = values.on.kernel
    const { mean, variance } = predict.at(embed(shape, parameters, codeOf(encoding, place), 1))
    return { ...unwarped(values.warp, mean, Math.sqrt(variance)), probabilityFeasible }
  })
}

/** The same search, told trials as they finish; it keeps what it worked out, and answers what a cold call answers. */
export function bayesianSession(search: BayesianSearch): {
  readonly tell: (observations: ReadonlyArray<Observation>) => void
  readonly ask: (asked: Asked) => ReadonlyArray<Suggestion>
} {
  const grown = bayesianModels(search)
  const all: Observation[] = []
  return {
    tell: (observations) => {
      all.push(...observations)
      if (all.length <= mostModelled) grown.tell(observations)
    },
    ask: (asked) => (all.length <= mostModelled ? grown.ask(asked) : bayesianSuggestions(search, all, asked)),
  }
}
