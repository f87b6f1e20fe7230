import { describe, expect, it } from "vitest"
import { distanceChances, rankAgreement } from "../src/rank-agreement.ts"
import scipy from "./scipy.json" with { type: "json" }

const sum = (values: ReadonlyArray<number>) => values.reduce((total, value) => total + value, 0)

/** Every order of 0 … n − 1. */
const orders = (n: number): ReadonlyArray<ReadonlyArray<number>> =>
  n === 0 ? [[]] : orders(n - 1).flatMap((order) => order.concat(n - 1).map((_, at) => order.toSpliced(at, 0, n - 1)))

const discordant = (order: ReadonlyArray<number>): number =>
  sum(order.map((one, at) => order.slice(at + 1).filter((other) => other < one).length))

describe("orders at a distance", () => {
  it.each([-1.2, 0, 0.4])("have the chances that counting all of them gives, at log odds %d", (logOdds) => {
    for (const points of [2, 3, 4, 5, 6]) {
      const weights = new Array<number>((points * (points - 1)) / 2 + 1).fill(0)
      for (const order of orders(points)) weights[discordant(order)]! += Math.exp(logOdds * discordant(order))
      const total = sum(weights)
      const wanted = weights.map((weight) => weight / total)
      for (const [pairs, chance] of distanceChances(points, logOdds).entries())
        expect(chance).toBeCloseTo(wanted[pairs]!, 12)
    }
  })

  it.each(scipy.kendall)(
    "are as rare as SciPy's exact test says where every order is equally likely: τ $tau",
    ({ a, b, tau, p }) => {
      const agreement = rankAgreement(a, b)!
      expect(agreement.tau).toBeCloseTo(tau, 12)
      const chances = distanceChances(a.length, 0)
      const near = Math.min(agreement.discordant, chances.length - 1 - agreement.discordant)
      expect(Math.min(1, 2 * sum(chances.slice(0, near + 1)))).toBeCloseTo(p, 12)
    },
  )
})

describe("the agreement of two orders", () => {
  const order = [1, 2, 3, 4, 5, 6, 7]

  it("is 1 or −1 at its ends, and says how little few points tell", () => {
    expect(rankAgreement([1, 2, 3], [1, 2, 3])).toMatchObject({ tau: 1, high: 1 })
    expect(rankAgreement([1, 2, 3], [1, 2, 3])!.low).toBeLessThan(0)
    expect(rankAgreement(order, order)!.low).toBeGreaterThan(0.4)
    expect(rankAgreement(order, order.toReversed())).toMatchObject({ tau: -1, low: -1 })
  })

  it("tells more as points are added", () => {
    const few = rankAgreement([1, 2, 3, 4, 5], [1, 2, 3, 5, 4])!
    const many = rankAgreement(
      Array.from({ length: 30 }, (_, at) => at),
      Array.from({ length: 30 }, (_, at) => (at % 6 === 0 ? at + 1.5 : at)),
    )!
    expect(few.low).toBeLessThan(0)
    expect(many.low).toBeGreaterThan(0.5)
  })

  it("counts ties half, and turns with the sign of one list", () => {
    expect(rankAgreement([1, 1], [1, 2])).toMatchObject({ discordant: 0.5, tau: 0, low: -1, high: 1 })
    const [one, other] = [
      rankAgreement(order, [2, 1, 3, 4, 6, 5, 7])!,
      rankAgreement(order, [-2, -1, -3, -4, -6, -5, -7])!,
    ]
    expect(other.tau).toBeCloseTo(-one.tau, 12)
    expect(other.low).toBeCloseTo(-one.high, 9)
  })

  it("has an interval that misses the truth as seldom as it says", () => {
    // Exact: the chance that the interval misses, summed over every distance.
    for (const points of [4, 6, 9]) {
      for (const logOdds of [-1.5, -0.7, -0.2, 0, 0.3]) {
        const chances = distanceChances(points, logOdds)
        const most = (points * (points - 1)) / 2
        const truth = 1 - (2 * sum(chances.map((chance, pairs) => chance * pairs))) / most
        const missed = chances.filter((_, pairs) => {
          const { low, high } = ofDistance(points, pairs)
          return truth < low - 1e-9 || truth > high + 1e-9
        })
        expect(sum(missed)).toBeLessThanOrEqual(0.05)
      }
    }
  })

  it("is not known of one point", () => expect(rankAgreement([1], [1])).toBeUndefined())
})

/** The interval that an order with so many discordant pairs gives. */
const ofDistance = (points: number, pairs: number) => {
  const order = Array.from({ length: points }, (_, at) => at)
  let left = pairs
  for (let round = 0; round < points && left > 0; round++) {
    for (let at = 0; at + 1 < points && left > 0; at++) {
      if (order[at]! > order[at + 1]!) continue
      order.splice(at, 2, order[at + 1]!, order[at]!)
      left--
    }
  }
  const found = rankAgreement(
    Array.from({ length: points }, (_, at) => at),
    order,
  )!
  expect(found.discordant).toBe(pairs)
  return found
}
