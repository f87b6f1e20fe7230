import { normalUpper } from "@tanren/statistics"
import type { Hyperparameters } from "@tanren/terms"
import { type Acquisition, acquisition, type Believed } from "./acquisition.ts"
import { type Believing, believing } from "./believing.ts"
import { type Encoding, encodingOf, placeOf, pointAt, settled } from "./encoding.ts"
import { awayFrom, firstTrials, nextStart } from "./explore.ts"
import { type FeasibilityModel, feasibilityModel } from "./feasibility-model.ts"
import { embed, type KernelShape, kernelShape } from "./kernel.ts"
import { type BayesianSearch, codeOf, nothingTold, type Observation, type Told, tell } from "./observations.ts"
import { predictorOf } from "./posterior.ts"
import { seeking } from "./seeking.ts"
import { taken } from "./taken.ts"
import { type ValueModel, valueModel } from "./value-model.ts"

export interface Suggestion {
  readonly hyperparameters: Hyperparameters
  /** In the metric's units; null while nothing feasible is known. */
  readonly expectedImprovement: number | null
  readonly probabilityFeasible: number
}

export interface Asked {
  readonly count: number
  /**
   * Trials that are running, or ended without a result: they are counted on to give what the model expects of them. Left
   * out, a point whose program fails would be suggested again for ever.
   */
  readonly pending?: ReadonlyArray<Hyperparameters>
}

/** A search that is told trials as they finish. It answers what a cold call with the same observations answers. */
export interface BayesianSession {
  readonly tell: (observations: ReadonlyArray<Observation>) => void
  /** Trials that the model passes over: they are only not tried again. */
  readonly passOver: (observations: ReadonlyArray<Observation>) => void
  readonly ask: (asked: Asked) => ReadonlyArray<Suggestion>
  readonly models: () => Models
}

export interface Models {
  readonly encoding: Encoding
  readonly values: ValueModel | undefined
  readonly feasibility: FeasibilityModel | undefined
}

export function bayesianModels(search: BayesianSearch): BayesianSession {
  const encoding = encodingOf(search.hyperparameters, search.held ?? {})
  const shape = kernelShape(encoding.coordinates)
  const told = nothingTold()
  const values = valueModel(shape, told, search.noise)
  const feasibility = feasibilityModel(shape, told)
  const models = (): Models => ({ encoding, values: values(), feasibility: feasibility() })
  return {
    tell: (observations) => tell(told, encoding, observations),
    passOver: (observations) => {
      told.others.push(...observations.flatMap(({ hyperparameters }) => placeOf(encoding, hyperparameters) ?? []))
    },
    ask: (asked) => suggestions(search, shape, told, models(), asked),
    models,
  }
}

function suggestions(
  search: BayesianSearch,
  shape: KernelShape,
  told: Told,
  { encoding, values, feasibility }: Models,
  { count, pending = [] }: Asked,
): ReadonlyArray<Suggestion> {
  const running = pending.flatMap((point) => placeOf(encoding, point) ?? [])
  const known = taken(encoding, [...told.places, ...told.others, ...running])
  const first = firstTrials(encoding.coordinates.length)
  const believers = values === undefined ? undefined : believersOf(values, count + running.length)
  for (const place of running) believers?.believe(codeOf(encoding, place))
  let from = 0
  let seek: ReturnType<typeof seeking> | undefined
  const given: Suggestion[] = []
  for (let k = 0; k < count; k++) {
    const number = told.values.length + running.length + k
    let place: Float64Array
    if (number < first) {
      const start = nextStart(encoding, search.seed, from, known.has)
      from = start.next
      place = start.place
    } else if (believers === undefined || values === undefined) {
      const failed = [...told.codes, ...running.map((one) => codeOf(encoding, one))]
      place = awayFrom(encoding, search.seed, failed, known.has)
    } else {
      const { seed } = search
      seek ??= seeking({ encoding, shape, told, values, feasibility, first, count, isTaken: known.has, seed })
      place = seek(number, believers)
    }
    place = settled(encoding, place)
    known.add(place)
    const judged = believers && acquisition(encoding, believers.trusted(), feasibility)
    given.push(suggestion(encoding, place, values, judged, feasibility))
    believers?.believe(codeOf(encoding, place))
  }
  return given
}

/** Both models with what is pending; the doubting one is made once it is asked. */
function believersOf(values: ValueModel, room: number) {
  const { best, noise } = values
  const trusted = believing(values, best, noise, room)
  let doubting: Believing | undefined
  const codes: Float64Array[] = []
  return {
    trusted: trusted.state,
    doubted: (): Believed => {
      if (doubting === undefined) {
        doubting = believing(values.doubted(), best, noise, room)
        for (const code of codes) doubting.believe(code)
      }
      return doubting.state()
    },
    believe: (code: Float64Array): void => {
      codes.push(code)
      trusted.believe(code)
      doubting?.believe(code)
    },
  }
}

function suggestion(
  encoding: Encoding,
  place: Float64Array,
  values: ValueModel | undefined,
  judged: Acquisition | undefined,
  feasibility: FeasibilityModel | undefined,
): Suggestion {
  const hyperparameters = pointAt(encoding, place)
  if (judged === undefined || values === undefined) {
    return {
      hyperparameters,
      expectedImprovement: null,
      probabilityFeasible: probability(encoding, place, feasibility),
    }
  }
  judged.at(place)
  const { logEi, logP } = judged.parts()
  return {
    hyperparameters,
    expectedImprovement: Math.exp(logEi) * values.warp.unit,
    probabilityFeasible: Math.exp(logP),
  }
}

/** P(feasible) at a place; 1 while no trial was infeasible. */
export function probability(
  encoding: Encoding,
  place: Float64Array,
  feasibility: FeasibilityModel | undefined,
): number {
  if (feasibility === undefined) return 1
  const { on, weights } = feasibility
  const { shape, parameters } = on.kernel
  const { mean, variance } = predictorOf(on, weights).at(embed(shape, parameters, codeOf(encoding, place), 1))
  return 1 - normalUpper(mean / Math.sqrt(1 + variance))
}
