import { isRanged, type RangedHyperparameter, spread } from "@tanren/space"
import type { Axis } from "./axis.ts"
import type { Study } from "./study.ts"

/** A half space that holds most of the infeasible points and few feasible ones. */
export interface Cut {
  readonly expression: string
  readonly of: ReadonlyArray<Axis>
  /** Infeasible where the expression is above (or below) `at`, in the expression's own units. */
  readonly side: "above" | "below"
  readonly at: number
  /** Of the infeasible trials. */
  readonly removes: number
  /** Of the feasible trials. */
  readonly loses: number
}

interface Candidate {
  readonly expression: string
  readonly of: ReadonlyArray<Axis>
  readonly coordinate: (point: Located) => number | null
  readonly value: (coordinate: number) => number
}

type Located = {
  readonly coordinates: ReadonlyArray<number | null>
  readonly hyperparameters: Readonly<Record<string, unknown>>
}

/**
 * The cut on one hyperparameter, or on a product or ratio of two on logarithmic scales, such as
 * learning_rate / (1 - momentum), that parts infeasible from feasible best. A combination must beat single ones
 * clearly, since it has more ways to fit by chance.
 */
export const bestCut = (study: Study): Cut | undefined => {
  const singles = study.axes.filter((axis) => isRanged(axis.hyperparameter)).map(single)
  const logarithmic = study.axes.filter(
    (axis) => isRanged(axis.hyperparameter) && (axis.hyperparameter.scale ?? "linear") !== "linear",
  )
  const pairs = logarithmic.flatMap((a, i) =>
    logarithmic.slice(i + 1).flatMap((b) => [combined(a, b, 1), combined(a, b, -1)]),
  )
  const one = bestOf(study, singles)
  const two = bestOf(study, pairs)
  if (one === undefined || two === undefined) return one ?? two
  return quality(two) > quality(one) + 0.1 ? two : one
}

export const quality = (cut: Cut): number => cut.removes - cut.loses

const scaleOf = (axis: Axis) => (axis.hyperparameter as RangedHyperparameter).scale ?? "linear"

const single = (axis: Axis): Candidate => ({
  expression: axis.key,
  of: [axis],
  coordinate: (point) => {
    const value = point.hyperparameters[axis.name]
    return point.coordinates[axis.index] == null || typeof value !== "number" ? null : value
  },
  value: (coordinate) => coordinate,
})

const combined = (a: Axis, b: Axis, sign: 1 | -1): Candidate => {
  const onLog = (axis: Axis, point: Located) => {
    const value = point.hyperparameters[axis.name]
    return point.coordinates[axis.index] == null || typeof value !== "number" ? null : spread(scaleOf(axis), value)
  }
  // reverse_log spreads to -log(1 - x), so a sum is a division by 1 - x.
  const divides = (scaleOf(b) === "reverse_log") === (sign === 1)
  const first = scaleOf(a) === "reverse_log" ? `1 / (1 - ${a.key})` : a.key
  const second = scaleOf(b) === "reverse_log" ? `(1 - ${b.key})` : b.key
  return {
    expression: `${first} ${divides ? "/" : "*"} ${second}`,
    of: [a, b],
    coordinate: (point) => {
      const x = onLog(a, point)
      const y = onLog(b, point)
      return x === null || y === null ? null : x + sign * y
    },
    value: Math.exp,
  }
}

const bestOf = (study: Study, candidates: ReadonlyArray<Candidate>): Cut | undefined =>
  candidates
    .flatMap((candidate) => cutOn(study, candidate) ?? [])
    .reduce<Cut | undefined>(
      (best, cut) => (best === undefined || quality(cut) > quality(best) ? cut : best),
      undefined,
    )

const cutOn = (study: Study, candidate: Candidate): Cut | undefined => {
  const marked = [
    ...study.points.map((point) => ({ u: candidate.coordinate(point), bad: 0 })),
    ...study.infeasible.map((point) => ({ u: candidate.coordinate(point), bad: 1 })),
  ]
    .flatMap(({ u, bad }) => (u === null || !Number.isFinite(u) ? [] : [{ u, bad }]))
    .sort((a, b) => a.u - b.u)
  const bad = study.infeasible.length
  const good = study.points.length
  if (bad === 0 || good === 0) return undefined
  const badOn = marked.filter((m) => m.bad === 1).length
  const goodOn = marked.length - badOn
  let best: { score: number; side: "above" | "below"; at: number; removes: number; loses: number } | undefined
  let badBelow = 0
  for (let i = 0; i + 1 < marked.length; i++) {
    badBelow += marked[i]!.bad
    if (marked[i]!.u === marked[i + 1]!.u) continue
    const at = candidate.value((marked[i]!.u + marked[i + 1]!.u) / 2)
    const below = { removes: badBelow / bad, loses: (i + 1 - badBelow) / good }
    const above = { removes: (badOn - badBelow) / bad, loses: (goodOn - (i + 1 - badBelow)) / good }
    for (const [side, shares] of [
      ["below", below],
      ["above", above],
    ] as const) {
      const score = shares.removes - shares.loses
      if (best === undefined || score > best.score) best = { score, side, at, ...shares }
    }
  }
  return best === undefined
    ? undefined
    : {
        expression: candidate.expression,
        of: candidate.of,
        side: best.side,
        at: best.at,
        removes: best.removes,
        loses: best.loses,
      }
}
