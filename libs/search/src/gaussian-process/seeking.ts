import { randomOf } from "@tanren/terms"
import { acquisition, type Believed, feasibilityPower } from "./acquisition.ts"
import { nearPlaces, spreadPlaces } from "./candidates.ts"
import { type Encoding, writeCode } from "./encoding.ts"
import { nextStart } from "./explore.ts"
import type { FeasibilityModel } from "./feasibility-model.ts"
import type { KernelShape } from "./kernel.ts"
import type { Told } from "./observations.ts"
import { bestApart, climb } from "./optimise-acquisition.ts"
import { type Kind, type Screening, screening } from "./screening.ts"
import { type TrustRegion, trustRegion } from "./trust-region.ts"
import type { ValueModel } from "./value-model.ts"

/** The stream of random numbers behind candidates. Frozen like `haltonVersion`. */
const bayesVersion = 1

/** Candidates that are spread, and near each of the best points. */
const spreadCount = 400
const nearCount = 34
const goodPoints = 4
/** Of each kind, those that are looked at more closely, and those that are scored exactly, where that costs most. */
const closerCount = 48
const exactCount = 24
/** How many of them the further members of a batch have. */
const furtherShare = 0.3

/**
 * Climbs from the best candidates: how many begin, for how long, and how long the best of them then goes on. A climb
 * learns about one direction a step, and so takes as many steps as there are dimensions, or ten, before it is judged.
 */
const climbsIn = (dimensions: number) => ({ count: 4, begin: Math.max(10, dimensions), finish: 40 })
/** For the further members of a batch. */
const furtherClimbs = { count: 2, begin: 4, finish: 6 }

/**
 * A search has converged, by its own model, where nothing promises more than this, in deviations of the values. What is
 * left then is that the model is wrong.
 */
const converged = Math.log(1e-3)

/**
 * Where a suggestion is sought, in turns of four: everywhere; near the best; everywhere, by the model that doubts its
 * lengthscales; near the best. One of four thus goes where a model that is too sure of itself would not look any more.
 */
type Way = "everywhere" | "near" | "doubting"
const turns: ReadonlyArray<Way> = ["everywhere", "near", "doubting", "near"]

/** A doubting suggestion risks more: what has failed around it is as doubtful. */
const powerOf = (way: Way): number => (way === "doubting" ? 1 : feasibilityPower)

export interface Seeking {
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

/** The models as they stand, pending trials included. */
export interface States {
  readonly trusted: () => Believed
  readonly doubted: () => Believed
}

/** Seeks one suggestion after the other; what the candidates of the first were scored by serves those after it. */
export function seeking(search: Seeking): (number: number, states: States) => Float64Array {
  const { encoding, told, values, feasibility, isTaken, seed, count } = search
  const good = told.feasible
    .map((index, at) => ({ index, mean: values.means[at]! }))
    .sort((a, b) => a.mean - b.mean || a.index - b.index)
    .slice(0, goodPoints)
    .map(({ index }) => index)
  const places = good.map((index) => told.places[index]!)
  const centre = told.codes[good[0]!]!
  const screened = new Map<string, { readonly candidates: Screening; readonly bounds: TrustRegion }>()

  function prepared(way: Way, other: number | undefined, number: number, believed: Believed) {
    const key = `${way}/${other}`
    const before = screened.get(key)
    if (before !== undefined) return { ...before, isFirst: false }
    const isFirst = screened.size === 0
    const share = isFirst ? 1 : furtherShare
    const bounds = way === "near" ? regionOf(search) : wholeOf(encoding)
    const within = way === "near" ? bounds : undefined
    const random = randomOf(`bayes/${bayesVersion}/${seed}/${number}`)
    const allowed = differing(encoding, centre, other)
    const of = (places: ReadonlyArray<Float64Array>): Kind => ({
      places: places.filter(allowed),
      closer: Math.ceil(closerCount * share),
      exactly: Math.ceil(exactCount * share),
    })
    const spread = of(spreadPlaces(encoding, random, Math.ceil(spreadCount * share), within))
    const near = of(nearPlaces(encoding, random, places, Math.ceil(nearCount * share), within))
    const candidates = screening(encoding, believed, feasibility, [spread, near], {
      room: count + 1,
      power: powerOf(way),
    })
    const made = { candidates, bounds }
    screened.set(key, made)
    return { ...made, isFirst }
  }

  return (number, states) => {
    const turn = turns[number % turns.length]!
    const other = turn === "doubting" ? otherCategory(encoding, centre, Math.floor(number / turns.length)) : undefined
    const trusted = states.trusted()
    let way: Way = turn === "doubting" ? "everywhere" : turn
    let believed = trusted
    let { candidates, bounds, isFirst } = prepared(way, other, number, believed)
    let scored = candidates.scored(believed)
    if (turn === "doubting" && scored.every(({ score }) => score < converged)) {
      way = "doubting"
      believed = states.doubted()
      ;({ candidates, bounds } = prepared(way, other, number, believed))
      scored = candidates.scored(believed)
    }
    const judged = acquisition(encoding, believed, feasibility, powerOf(way))
    const allowed = differing(encoding, centre, other)
    const { count: starts, begin, finish } = isFirst ? climbsIn(encoding.coordinates.length) : furtherClimbs
    const begun = bestApart(scored, starts).map((start) => climb(encoding, judged, start, bounds, allowed, begin))
    const leading = begun.toSorted((a, b) => b.score - a.score).slice(0, 1)
    const climbed = leading.map((start) => climb(encoding, judged, start, bounds, allowed, finish))
    const ranked = [...climbed, ...begun, ...scored].sort((a, b) => b.score - a.score)
    const free = ranked.find(({ place }) => !isTaken(place))
    return free === undefined ? nextStart(encoding, seed, 0, isTaken).place : free.place
  }
}

/**
 * The category in which a doubting suggestion must differ from the best point: each in its turn, and none in a turn of
 * its own. A search that has tuned everything else around a wrong category never finds better by changing that alone.
 */
function otherCategory({ coordinates }: Encoding, centre: Float64Array, turn: number): number | undefined {
  const categories = coordinates.flatMap(({ kind }, c) => (kind === "category" && !Number.isNaN(centre[c]) ? [c] : []))
  return categories[turn % (categories.length + 1)]
}

function differing(
  encoding: Encoding,
  centre: Float64Array,
  other: number | undefined,
): (place: Float64Array) => boolean {
  if (other === undefined) return () => true
  const code = new Float64Array(centre.length)
  return (place) => {
    writeCode(encoding, place, code)
    return code[other] !== centre[other] && !Number.isNaN(code[other])
  }
}

const wholeOf = ({ coordinates }: Encoding): TrustRegion => ({
  lower: new Float64Array(coordinates.length),
  upper: new Float64Array(coordinates.length).fill(1),
})

/** The trust region, its sides to each other as the lengthscales. */
function regionOf({ encoding, shape, told, values, first }: Seeking): TrustRegion {
  const { parameters } = values.on.kernel
  const logs = shape.blocks.map(({ kind, parameter }) => {
    if (kind === "category") return 0
    return kind === "arc" ? parameters[parameter]! - parameters[parameter + 1]! : parameters[parameter]!
  })
  const ranges = logs.filter((_, c) => shape.blocks[c]!.kind !== "category")
  const mean = ranges.reduce((a, b) => a + b, 0) / Math.max(ranges.length, 1)
  const ratios = Float64Array.from(logs, (log) => Math.min(Math.max(Math.exp(log - mean), 0.25), 4))
  return trustRegion(encoding, told, ratios, first)
}
