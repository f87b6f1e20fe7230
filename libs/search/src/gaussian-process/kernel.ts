import { rowStart } from "./cholesky.ts"
import type { Coordinate } from "./encoding.ts"

/**
 * A Matérn 5/2 kernel with a lengthscale for each coordinate, on points that are first embedded so that their squared
 * distance r² is a plain sum of squares, whatever the hyperparameters are:
 * - a range: x over its lengthscale;
 * - categories: one feature for each, so that two different ones lie 1 / lengthscale apart (two categories need one);
 * - a conditional range: a place on an arc, with what is inactive at its centre (Swersky et al., "Raiders of the lost
 *   architecture", arXiv 1409.4011). Active and inactive lie 1 / lengthscale apart whatever the value is, two inactive
 *   ones 0, and two active ones the chord between them. The arc's angle is learned too;
 * - a conditional category: its features, all 0 where it is inactive, beside one feature for being active.
 *
 * Hyperparameters are logarithms: output variance, then those of the coordinates in their order.
 */
export interface KernelShape {
  readonly coordinates: ReadonlyArray<Coordinate>
  readonly features: number
  readonly parameters: number
  /** For each feature, the hyperparameter that is its lengthscale. */
  readonly scaledBy: Int32Array
  readonly arcs: ReadonlyArray<{ readonly feature: number; readonly coordinate: number; readonly angle: number }>
  readonly blocks: ReadonlyArray<Block>
  readonly kinds: ReadonlyArray<ParameterKind>
}

export type ParameterKind = "output" | "length" | "category" | "activity" | "angle"

interface Block {
  readonly coordinate: number
  readonly kind: "plain" | "arc" | "category"
  readonly feature: number
  readonly categories: number
  readonly conditional: boolean
  readonly parameter: number
}

export function kernelShape(coordinates: ReadonlyArray<Coordinate>): KernelShape {
  const scaledBy: number[] = []
  const kinds: ParameterKind[] = ["output"]
  const blocks: Block[] = []
  const arcs: Array<KernelShape["arcs"][number]> = []
  coordinates.forEach(({ kind, grid, conditional }, coordinate) => {
    const parameter = kinds.length
    const feature = scaledBy.length
    const categories = kind === "category" ? grid!.length : 0
    if (kind === "category") {
      blocks.push({ coordinate, kind, feature, categories, conditional, parameter })
      kinds.push("category")
      for (let k = 0; k < featuresOf(categories, conditional); k++) scaledBy.push(parameter)
      if (conditional) {
        kinds.push("activity")
        scaledBy.push(parameter + 1)
      }
    } else {
      blocks.push({ coordinate, kind: conditional ? "arc" : "plain", feature, categories, conditional, parameter })
      kinds.push(conditional ? "activity" : "length")
      scaledBy.push(parameter)
      if (conditional) {
        scaledBy.push(parameter)
        kinds.push("angle")
        arcs.push({ feature, coordinate, angle: parameter + 1 })
      }
    }
  })
  return {
    coordinates,
    features: scaledBy.length,
    parameters: kinds.length,
    scaledBy: Int32Array.from(scaledBy),
    arcs,
    blocks,
    kinds,
  }
}

/** Two categories that are always active differ in one feature. */
const featuresOf = (categories: number, conditional: boolean): number =>
  categories === 2 && !conditional ? 1 : categories

/** Embeds `count` codes, row by row. */
export function embed(
  { coordinates, features, blocks }: KernelShape,
  parameters: Float64Array,
  codes: Float64Array,
  count: number,
  into: Float64Array = new Float64Array(count * features),
  offset = 0,
): Float64Array {
  const width = coordinates.length
  for (const { coordinate, kind, feature, categories, conditional, parameter } of blocks) {
    const scale = Math.exp(-parameters[parameter]!)
    const other = Math.exp(conditional ? parameters[parameter + 1]! : 0)
    for (let row = 0; row < count; row++) {
      const code = codes[row * width + coordinate]!
      const at = offset + row * features + feature
      const isActive = !Number.isNaN(code)
      if (kind === "plain") into[at] = code * scale
      else if (kind === "arc") {
        into[at] = isActive ? scale * Math.cos(other * (code - 0.5)) : 0
        into[at + 1] = isActive ? scale * Math.sin(other * (code - 0.5)) : 0
      } else if (categories === 2 && !conditional) into[at] = code * scale
      else {
        for (let k = 0; k < categories; k++) into[at + k] = code === k ? scale * Math.SQRT1_2 : 0
        if (conditional) into[at + categories] = isActive ? 1 / other : 0
      }
    }
  }
  return into
}

const SQRT5 = Math.sqrt(5)

/**
 * The kernel of one embedded point with the first `count` rows of others.
 *
 * @param slopes filled, if given, with the kernel's slope by a feature over the features' difference
 */
export function crossCovariance(
  variance: number,
  constant: number,
  features: number,
  point: Float64Array,
  pointAt: number,
  rows: Float64Array,
  count: number,
  into: Float64Array,
  slopes?: Float64Array,
): void {
  let at = 0
  for (let row = 0; row < count; row++) {
    let squares = 0
    for (let f = 0; f < features; f++) {
      const difference = point[pointAt + f]! - rows[at + f]!
      squares += difference * difference
    }
    at += features
    const r = SQRT5 * Math.sqrt(squares)
    const falling = variance * Math.exp(-r)
    into[row] = constant + (1 + r + (r * r) / 3) * falling
    if (slopes !== undefined) slopes[row] = -(5 / 3) * (1 + r) * falling
  }
}

/** The covariance of embedded points with each other, packed rows of the lower triangle. */
export function covariance(
  variance: number,
  constant: number,
  features: number,
  rows: Float64Array,
  count: number,
  into: Float64Array = new Float64Array(rowStart(count)),
): Float64Array {
  const row = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    crossCovariance(variance, constant, features, rows, i * features, rows, i, row)
    const at = rowStart(i)
    for (let j = 0; j < i; j++) into[at + j] = row[j]!
    into[at + i] = constant + variance
  }
  return into
}

/**
 * Adds Σ over pairs of weight × the kernel's slope by each hyperparameter.
 *
 * @param weights symmetric, packed rows of its lower triangle
 */
export function addKernelGradient(
  shape: KernelShape,
  parameters: Float64Array,
  codes: Float64Array,
  rows: Float64Array,
  count: number,
  weights: Float64Array,
  into: Float64Array,
): void {
  const { features, scaledBy, arcs, coordinates } = shape
  const variance = Math.exp(parameters[0]!)
  const byFeature = new Float64Array(features)
  const byArc = new Float64Array(arcs.length)
  const difference = new Float64Array(features)
  const angles = Float64Array.from(arcs, ({ angle }) => Math.exp(parameters[angle]!))
  // How far along the arc a point lies: the slope of its features by the log of the arc's angle is this, turned by 90°.
  const along = new Float64Array(count * arcs.length)
  arcs.forEach(({ coordinate }, a) => {
    for (let i = 0; i < count; i++) {
      const code = codes[i * coordinates.length + coordinate]!
      along[i * arcs.length + a] = !Number.isNaN(code) ? angles[a]! * (code - 0.5) : 0
    }
  })
  let byOutput = 0
  for (let i = 0; i < count; i++) {
    const start = rowStart(i)
    for (let j = 0; j < i; j++) {
      let squares = 0
      for (let f = 0; f < features; f++) {
        const d = rows[i * features + f]! - rows[j * features + f]!
        difference[f] = d
        squares += d * d
      }
      const r = SQRT5 * Math.sqrt(squares)
      const falling = Math.exp(-r)
      const weight = 2 * weights[start + j]!
      byOutput += weight * (1 + r + (r * r) / 3) * falling
      // dk/d(r²) = −5/6 (1 + √5 r) e^(−√5 r), and d(r²)/d ln(length) = −2 × its share of r².
      const slope = weight * (5 / 6) * (1 + r) * falling
      for (let f = 0; f < features; f++) {
        const d = difference[f]!
        byFeature[f] = byFeature[f]! + slope * d * d
      }
      for (let a = 0; a < arcs.length; a++) {
        const { feature } = arcs[a]!
        const here = along[i * arcs.length + a]!
        const there = along[j * arcs.length + a]!
        const turnedX = -here * rows[i * features + feature + 1]! + there * rows[j * features + feature + 1]!
        const turnedY = here * rows[i * features + feature]! - there * rows[j * features + feature]!
        byArc[a] = byArc[a]! - slope * (difference[feature]! * turnedX + difference[feature + 1]! * turnedY)
      }
    }
    byOutput += weights[start + i]!
  }
  into[0] = into[0]! + variance * byOutput
  for (let f = 0; f < features; f++) into[scaledBy[f]!] = into[scaledBy[f]!]! + 2 * variance * byFeature[f]!
  arcs.forEach(({ angle }, a) => {
    into[angle] = into[angle]! + 2 * variance * byArc[a]!
  })
}

/** Adds to the slope by a place's coordinates what a slope by its features makes of it; categories have none. */
export function addPlaceSlope(
  { blocks }: KernelShape,
  parameters: Float64Array,
  code: Float64Array,
  byFeature: Float64Array,
  into: Float64Array,
): void {
  for (const { coordinate, kind, feature, parameter } of blocks) {
    const x = code[coordinate]!
    if (kind === "category" || Number.isNaN(x)) continue
    const scale = Math.exp(-parameters[parameter]!)
    if (kind === "plain") into[coordinate] = into[coordinate]! + scale * byFeature[feature]!
    else {
      const angle = Math.exp(parameters[parameter + 1]!)
      const turn = angle * (x - 0.5)
      const tangent = byFeature[feature + 1]! * Math.cos(turn) - byFeature[feature]! * Math.sin(turn)
      into[coordinate] = into[coordinate]! + scale * angle * tangent
    }
  }
}
