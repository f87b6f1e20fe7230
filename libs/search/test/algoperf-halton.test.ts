import { describe, expect, test } from "vitest"
import { algoperfCoordinate, algoperfDimension, algoperfPoint, algoperfPrimes } from "../src/algoperf-halton.ts"
import golden from "./fixtures/algoperf-halton.json" with { type: "json" }

describe("AlgoPerf's Halton sequence", () => {
  test.each(Object.entries(golden.perm_and_shift))("base %s: permutation, shift and points", (text, expected) => {
    const base = Number(text)
    const { permutation, shift } = algoperfDimension(base)
    expect(permutation.slice(0, 12)).toEqual(expected.perm_first_12)
    expect(shift).toBe(expected.shift)
    expect([...permutation].sort((a, b) => a - b)).toEqual(Array.from({ length: base }, (_, digit) => digit))
    for (const index of [1, 101, 102] as const) expect(algoperfCoordinate(base, index)).toBe(expected[`index${index}`])
  })

  test.each(Object.entries(golden.default_primes))("the bases of %s dimensions", (dimensions, primes) => {
    expect(algoperfPrimes(Number(dimensions))).toEqual(primes)
  })

  test.each(Object.entries(golden.points_default_primes))("the first points in %s dimensions", (text, points) => {
    expect(points.map((_, index) => algoperfPoint(index, Number(text)))).toEqual(points)
  })

  test("small bases", () => {
    const points = golden.points_small_primes_3_5_7.map((_, index) =>
      [3, 5, 7].map((base) => algoperfCoordinate(base, index + 101)),
    )
    expect(points).toEqual(golden.points_small_primes_3_5_7)
  })

  test("refuses more dimensions than it has bases", () => {
    expect(() => algoperfPoint(0, 167)).toThrow("166")
    expect(() => algoperfPoint(-1, 2)).toThrow("-1")
  })
})
