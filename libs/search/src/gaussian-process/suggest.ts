import { normalUpper } from "@tanren/statistics"
import { type Hyperparameters, randomOf } from "@tanren/terms"
import { type Acquisition, acquisition, type Believed } from "./acquisition.ts"
import { nearPlaces, spreadPlaces } from "./candidates.ts"
import { type Encoding, encodingOf, placeOf, pointAt } from "./encoding.ts"
import { awayFrom, firstTrials, nextStart } from "./explore.ts"
import { type FeasibilityModel, feasibilityModel } from "./feasibility-model.ts"
import { embed, type KernelShape, kernelShape } from "./kernel.ts"
import { type BayesianSearch, codeOf, nothingTold, type Observation, type Told, tell } from "./observations.ts"
import { type Bounds, bestApart, climb } from "./optimise-acquisition.ts"
import { condition, extendable, predictorOf } from "./posterior.ts"
import { type Screening, screening } from "./screening.ts"
import { taken } from "./taken.ts"
import { trustRegion } from "./trust-region.ts"
import { type ValueModel, valueModel } from "./value-model.ts"

/** The stream of random numbers behind candidates. Frozen like `haltonVersion`. */
const bayesVersion = 1

export interface Suggestion {
  readonly hyperparameters: Hyperparameters
  /** In the metric's units; null while nothing feasible is known. */
  readonly expectedImprovement: number | null
  readonly probabilityFeasible: number
}

export interface Asked {
  readonly count: number
  /** Trials that are running: they are counted on to give what the model expects of them. */
  readonly pending?: ReadonlyArray<Hyperparameters>
}

/** Every so many suggestions one must differ from the best point in some category: or a wrong one is never left. */
const probeEvery = 6

/** A search that is told trials as they finish. It answers what a cold call with the same observations answers. */
export interface BayesianSession {
  readonly tell: (observations: ReadonlyArray<Observation>) => void
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
  const known = taken(encoding, [...told.places, ...running])
  const first = firstTrials(encoding.coordinates.length)
  const believed = values === undefined ? undefined : believing(values, count + running.length)
  for (const place of running) believed?.believe(codeOf(encoding, place))
  let from = 0
  let seek: ReturnType<typeof seeking> | undefined
  const given: Suggestion[] = []
  for (let k = 0; k < count; k++) {
    const number = told.values.length + running.length + k
    const state = believed?.state()
    const judged = state === undefined ? undefined : acquisition(encoding, state, feasibility)
    let place: Float64Array
    if (number < first) {
      const start = nextStart(encoding, search.seed, from, known.has)
      from = start.next
      place = start.place
    } else if (judged === undefined || state === undefined || values === undefined) {
      place = awayFrom(
        encoding,
        search.seed,
        [...told.codes, ...running.map((one) => codeOf(encoding, one))],
        known.has,
      )
    } else {
      seek ??= seeking({
        ...{ encoding, shape, told, values, feasibility, first, count },
        isTaken: known.has,
        seed: search.seed,
      })
      place = seek(number, state, judged)
    }
    known.add(place)
    given.push(suggestion(encoding, place, values, judged, feasibility))
    believed?.believe(codeOf(encoding, place))
  }
  return given
}

/** The model with pending trials in it, each at the value that it expects (the "Kriging believer"). */
function believing(values: ValueModel, room: number) {
  const on = extendable(values.on, room)
  let weights = values.weights
  let best = values.best
  return {
    state: (): Believed => ({ on, weights, best }),
    believe: (code: Float64Array): void => {
      const { mean } = predictorOf(on, weights).at(embed(on.kernel.shape, on.kernel.parameters, code, 1))
      condition(on, code, values.noise)
      best = Math.min(best, mean)
      const longer = new Float64Array(on.size)
      longer.set(weights)
      weights = longer
    },
  }
}

interface Seeking {
  readonly encoding: Encoding
  readonly shape: KernelShape
  readonly told: Told
  readonly values: ValueModel
  readonly feasibility: FeasibilityModel | undefined
  readonly isTaken: (place: Float64Array) => boolean
  readonly seed: number
  /** Observations before this one are no misses of the trust region. */
  readonly first: number
  /** How many are sought in all. */
  readonly count: number
}

/** How a suggestion is sought: everywhere, near the best, or among other categories. */
type Way = "everywhere" | "near" | "probe"

/** Seeks one suggestion after the other; what the candidates of the first were scored by serves those after it. */
function seeking({ encoding, shape, told, values, feasibility, isTaken, seed, first, count }: Seeking) {
  const { coordinates } = encoding
  const order = told.feasible.map((_, at) => at).sort((a, b) => values.means[a]! - values.means[b]! || a - b)
  const good = order.slice(0, 4).map((at) => told.places[told.feasible[at]!]!)
  const centre = good[0]!
  const hasCategories = coordinates.some(({ kind }) => kind === "category")
  const everywhere: Bounds = {
    lower: new Float64Array(coordinates.length),
    upper: new Float64Array(coordinates.length).fill(1),
  }
  const screened = new Map<Way, Screening>()
  const wayOf = (number: number): Way => {
    if (hasCategories && number % probeEvery === probeEvery - 1) return "probe"
    return number % 2 === 1 ? "near" : "everywhere"
  }
  const boundsOf = new Map<Way, Bounds>()

  return (number: number, believed: Believed, judged: Acquisition): Float64Array => {
    const way = wayOf(number)
    const allowed = (place: Float64Array): boolean =>
      way !== "probe" || coordinates.some(({ kind }, c) => kind === "category" && place[c] !== centre[c])
    const again = screened.get(way)
    const bounds =
      boundsOf.get(way) ?? (way === "near" ? trustRegion(encoding, told, sides(shape, values), first) : everywhere)
    boundsOf.set(way, bounds)
    let candidates = again
    if (candidates === undefined) {
      const random = randomOf(`bayes/${bayesVersion}/${seed}/${number}`)
      const few = screened.size > 0 ? 2 : 1
      const within = way === "near" ? bounds : undefined
      const spread = spreadPlaces(encoding, random, 400 / few, within).filter(allowed)
      const near = nearPlaces(encoding, random, good, 34 / few, within).filter(allowed)
      const kinds = [spread.length, near.length]
      candidates = screening(encoding, believed, feasibility, [...spread, ...near], kinds, count + 1)
      screened.set(way, candidates)
    }
    const scored = candidates.scored(believed)
    const starts = bestApart(scored, screened.size > 1 || again !== undefined ? 2 : 4)
    const climbed = starts.map((start) => climb(encoding, judged, start, bounds, allowed, 40))
    const ranked = [...climbed, ...scored].sort((a, b) => b.score - a.score)
    const free = ranked.find(({ place }) => !isTaken(place))
    return free === undefined ? nextStart(encoding, seed, 0, isTaken).place : free.place
  }
}

/** How long the trust region's sides are to each other: as the lengthscales. */
function sides({ blocks }: KernelShape, { on }: ValueModel): Float64Array {
  const logs = blocks.map(({ kind, parameter }) => {
    const length = on.kernel.parameters[parameter]!
    return kind === "category" ? 0 : kind === "arc" ? length - on.kernel.parameters[parameter + 1]! : length
  })
  const ranges = logs.filter((_, c) => blocks[c]!.kind !== "category")
  const mean = ranges.reduce((a, b) => a + b, 0) / Math.max(ranges.length, 1)
  return Float64Array.from(logs, (log) => Math.min(Math.max(Math.exp(log - mean), 0.25), 4))
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
