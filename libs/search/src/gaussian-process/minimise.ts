/** A function of a point; its gradient is asked for only at the point that was valued last. */
export interface Objective {
  readonly value: (at: Float64Array) => number
  readonly gradient: (into: Float64Array) => void
}

export interface Box {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

export interface Limits {
  readonly iterations: number
  /** The longest step of a coordinate. */
  readonly stepLimit: number
  /** The steepest slope that counts as none. */
  readonly tolerance: number
  /** A gain of less than this share of 1 + |value| ends the search. */
  readonly leastGain: number
}

/** Pairs of steps and gradient changes that are kept. */
const memory = 8
/** Sufficient decrease (Armijo). */
const sufficient = 1e-4

/**
 * The least value near a start, inside a box: L-BFGS (Nocedal & Wright, "Numerical Optimization", algorithm 7.4) on the
 * coordinates that no bound holds, with projected backtracking steps.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { lower, upper }: Box,
  { iterations, stepLimit, tolerance, leastGain }: Limits,
): { readonly at: Float64Array; readonly value: number } {
  const size = start.length
  const at = start.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!))
  let value = objective.value(at)
  if (!Number.isFinite(value)) return { at, value }
  const gradient = new Float64Array(size)
  objective.gradient(gradient)
  const steps: Float64Array[] = []
  const changes: Float64Array[] = []
  const direction = new Float64Array(size)
  const next = new Float64Array(size)
  const nextGradient = new Float64Array(size)
  for (let iteration = 0; iteration < iterations; iteration++) {
    let held = 0
    let steepest = 0
    const free = gradient.map((slope, i) => {
      const isHeld = (at[i]! <= lower[i]! && slope > 0) || (at[i]! >= upper[i]! && slope < 0)
      if (isHeld) held++
      else steepest = Math.max(steepest, Math.abs(slope))
      return isHeld ? 0 : 1
    })
    if (held === size || !(steepest > tolerance)) break
    descend(gradient, free, steps, changes, direction)
    let longest = 0
    let fall = 0
    for (let i = 0; i < size; i++) {
      longest = Math.max(longest, Math.abs(direction[i]!))
      fall += direction[i]! * gradient[i]!
    }
    if (!(fall < 0)) {
      if (steps.length === 0) break
      steps.length = 0
      changes.length = 0
      continue
    }
    let scale = steps.length === 0 ? Math.min(1, (0.25 * stepLimit) / longest) : Math.min(1, stepLimit / longest)
    let found = false
    let nextValue = value
    for (let attempt = 0; attempt < 12; attempt++) {
      let gain = 0
      for (let i = 0; i < size; i++) {
        next[i] = Math.min(Math.max(at[i]! + scale * direction[i]!, lower[i]!), upper[i]!)
        gain += gradient[i]! * (next[i]! - at[i]!)
      }
      nextValue = objective.value(next)
      if (nextValue <= value + sufficient * gain && Number.isFinite(nextValue)) {
        found = gain < 0
        break
      }
      const curved = (-0.5 * scale * scale * fall) / (nextValue - value - scale * fall)
      scale = Number.isFinite(curved) ? Math.min(Math.max(curved, 0.1 * scale), 0.5 * scale) : 0.2 * scale
    }
    if (!found) break
    objective.gradient(nextGradient)
    remember(steps, changes, at, next, gradient, nextGradient)
    const gained = value - nextValue
    at.set(next)
    gradient.set(nextGradient)
    value = nextValue
    if (gained <= leastGain * (1 + Math.abs(value))) break
  }
  return { at, value }
}

/** The two-loop recursion; coordinates that are not free stay where they are. */
function descend(
  gradient: Float64Array,
  free: Float64Array,
  steps: ReadonlyArray<Float64Array>,
  changes: ReadonlyArray<Float64Array>,
  into: Float64Array,
): void {
  const size = gradient.length
  for (let i = 0; i < size; i++) into[i] = gradient[i]! * free[i]!
  const shares: number[] = []
  let curvature = 1
  for (let k = steps.length - 1; k >= 0; k--) {
    const step = steps[k]!
    const change = changes[k]!
    let product = 0
    let along = 0
    let squares = 0
    for (let i = 0; i < size; i++) {
      const on = free[i]!
      product += on * step[i]! * change[i]!
      along += on * step[i]! * into[i]!
      squares += on * change[i]! * change[i]!
    }
    const share = product > 0 ? along / product : 0
    shares[k] = share
    if (k === steps.length - 1 && product > 0) curvature = product / squares
    for (let i = 0; i < size; i++) into[i] = into[i]! - share * change[i]! * free[i]!
  }
  for (let i = 0; i < size; i++) into[i] = into[i]! * curvature
  for (let k = 0; k < steps.length; k++) {
    const step = steps[k]!
    const change = changes[k]!
    let product = 0
    let along = 0
    for (let i = 0; i < size; i++) {
      product += free[i]! * step[i]! * change[i]!
      along += free[i]! * change[i]! * into[i]!
    }
    const share = product > 0 ? shares[k]! - along / product : 0
    for (let i = 0; i < size; i++) into[i] = into[i]! + share * step[i]! * free[i]!
  }
  for (let i = 0; i < size; i++) into[i] = -into[i]! * free[i]!
}

function remember(
  steps: Float64Array[],
  changes: Float64Array[],
  at: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const step = next.map((value, i) => value - at[i]!)
  const change = nextGradient.map((value, i) => value - gradient[i]!)
  let product = 0
  let squares = 0
  for (let i = 0; i < step.length; i++) {
    product += step[i]! * change[i]!
    squares += change[i]! * change[i]!
  }
  if (!(product > 1e-12 * squares)) return
  steps.push(step)
  changes.push(change)
  if (steps.length > memory) {
    steps.shift()
    changes.shift()
  }
}
