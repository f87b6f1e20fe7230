import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { haltonVersion } from "../src/halton.ts"
import { centredDiscrepancy, randomPoint, unitPoint, unitPoints } from "../src/index.ts"
import { placesOf } from "../src/van-der-corput.ts"

describe("the scrambled Halton sequence", () => {
  test("the dimensions that studies share are frozen as well, and the rest is drawn as evenly as may be", () => {
    expect(unitPoint(7, 12, 4, 2).slice(0, 2)).toEqual(unitPoint(7, 12, 2))
    expect(unitPoint(7, 12, 4, 4)).toEqual(unitPoint(7, 12, 4))
    expect(unitPoint(7, 12, 4, 2)).toMatchInlineSnapshot(`
      [
        0.3259429837391524,
        0.9774913509673226,
        0.37981657315906653,
        0.9759498679390267,
      ]
    `)
    const flat = (point: (at: number) => ReadonlyArray<number>) =>
      Float64Array.from(Array.from({ length: 40 }, (_, at) => point(at)).flat())
    const shared = flat((at) => unitPoint(7, at, 4, 2))
    const random = flat((at) => randomPoint(7, at, 4))
    expect(centredDiscrepancy(shared, 4)).toBeLessThan(centredDiscrepancy(random, 4))
    expect(() => unitPoint(1, 0, 3, -1)).toThrow(/common/)
  })

  test("is frozen: whoever changes these numbers raises haltonVersion", () => {
    expect(haltonVersion).toBe(1)
    expect([0, 1, 2, 99, 123456].map((index) => unitPoint(0, index, 3))).toMatchInlineSnapshot(`
      [
        [
          0.44529619042552704,
          0.627543160873841,
          0.8841077545564899,
        ],
        [
          0.945296190425527,
          0.2942098275405076,
          0.28410775455648996,
        ],
        [
          0.19529619042552704,
          0.9608764942071742,
          0.08410775455648994,
        ],
        [
          0.718733690425527,
          0.6604649715734294,
          0.6361077545564899,
        ],
        [
          0.4520482045856833,
          0.47771279400338873,
          0.35814039455648994,
        ],
      ]
    `)
    expect(unitPoint(1, 0, 3)).toMatchInlineSnapshot(`
      [
        0.4872347052296505,
        0.5211031612112165,
        0.29710926802687615,
      ]
    `)
    expect(unitPoint(42, 7, 10)).toMatchInlineSnapshot(`
      [
        0.6566361869474139,
        0.1801576529787262,
        0.30667105315631976,
        0.17936106664211296,
        0.6666737722244753,
        0.8132226376461519,
        0.2988620857959394,
        0.8881101732955087,
        0.8378458357686414,
        0.18956153447413024,
      ]
    `)
    expect(unitPoint(-3, 0, 1)).toMatchInlineSnapshot(`
      [
        0.3986307939161037,
      ]
    `)
  })

  test("a batch is exactly its points, wherever it starts and however it is cut", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 2 ** 52 })),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, from, count, dimensions) => {
          const batch = unitPoints(seed, from, count, dimensions)
          for (let at = 0; at < count; at++)
            expect([...batch.subarray(at * dimensions, (at + 1) * dimensions)]).toEqual(
              unitPoint(seed, from + at, dimensions),
            )
        },
      ),
      { numRuns: 150, seed: 11 },
    )
    const long = unitPoints(5, 3, 9000, 4)
    for (const at of [0, 1, 4092, 4093, 4094, 8999])
      expect([...long.subarray(at * 4, at * 4 + 4)]).toEqual(unitPoint(5, 3 + at, 4))
  })

  test("any parallelism gives the same set of points", () => {
    const together = unitPoints(9, 0, 24, 3)
    const parts = [0, 8, 16].toReversed().map((from) => unitPoints(9, from, 8, 3))
    expect(parts.toReversed().flatMap((part) => [...part])).toEqual([...together])
  })

  test("two seeds give two sequences", () => {
    const first = Array.from({ length: 50 }, (_, seed) => unitPoint(seed, 0, 2).join())
    expect(new Set(first).size).toBeGreaterThan(45)
    expect(unitPoints(1, 0, 20, 2)).not.toEqual(unitPoints(2, 0, 20, 2))
  })

  test("each dimension of base b visits every b-th of the unit interval once in b points", () => {
    for (const [dimension, base] of [2, 3, 5, 7, 11].entries())
      for (const length of [base, base * base]) {
        const cells = Array.from({ length }, (_, index) =>
          Math.floor((unitPoint(3, index, 5)[dimension] as number) * length),
        )
        expect(new Set(cells).size).toBe(length)
      }
  })

  test("fills the cube far more evenly than random points do", () => {
    for (const dimensions of [2, 5, 10]) {
      const points = Float64Array.from(Array.from({ length: 100 }, (_, at) => randomPoint(1, at, dimensions)).flat())
      const ours = centredDiscrepancy(unitPoints(1, 0, 100, dimensions), dimensions)
      expect(ours).toBeLessThan(centredDiscrepancy(points, dimensions) / 2)
    }
  })

  test("places are as many as fit in 2^53", () => {
    expect([2, 3, 5, 7, 29].map(placesOf)).toEqual([53, 33, 22, 18, 10])
  })

  test("refuses what is no index", () => {
    expect(() => unitPoint(0, -1, 2)).toThrow("index")
    expect(() => unitPoint(0, 0.5, 2)).toThrow("0.5")
    expect(() => unitPoints(0, 0, Number.NaN, 2)).toThrow("count")
    expect(unitPoint(0, 5, 0)).toEqual([])
  })
})

describe("the centred discrepancy", () => {
  test("is SciPy's: scipy.stats.qmc.discrepancy of the points of its documentation", () => {
    const points = Float64Array.from([1, 3, 2, 6, 3, 2, 4, 5, 5, 1, 6, 4], (value) => (2 * value - 1) / 12)
    expect(centredDiscrepancy(points, 2)).toBeCloseTo(0.008142039609053464, 14)
  })
})
