import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { bestsApart, bestsTogether, swapChance, type Visit } from "../src/index.ts"

/** Every set of k places of n. */
const sets = (n: number, k: number): ReadonlyArray<ReadonlyArray<number>> =>
  k === 0 ? [[]] : n < k ? [] : [...sets(n - 1, k), ...sets(n - 1, k - 1).map((set) => [...set, n - 1])]

const bestOf = (values: ReadonlyArray<number>, places: ReadonlyArray<number>): number =>
  places.reduce((best, at) => (values[at]! < values[best]! ? at : best))

const chances = (run: (visit: Visit) => void): Record<string, number> => {
  const found: Record<string, number> = {}
  run((one, other, chance) => {
    found[`${one} ${other}`] = (found[`${one} ${other}`] ?? 0) + chance
  })
  return found
}

describe("the bests of two sides", () => {
  const random = randomOf("bests")
  const one = Array.from({ length: 9 }, random.uniform)
  const other = Array.from({ length: 9 }, random.uniform)

  test.each([1, 3, 4, 8, 9])("with the same %i places drawn: every set of them counted", (k) => {
    const every = sets(9, k)
    const counted = chances((visit) => {
      for (const set of every) visit(bestOf(one, set), bestOf(other, set), 1 / every.length)
    })
    const exact = chances((visit) => bestsTogether(one, other, k, visit))
    expect(Object.keys(exact).sort()).toEqual(Object.keys(counted).sort())
    for (const [key, chance] of Object.entries(counted)) expect(exact[key]).toBeCloseTo(chance, 12)
  })

  test("with places of their own: every pair of sets counted", () => {
    const few = other.slice(0, 6)
    const [ofOne, ofFew] = [sets(9, 4), sets(6, 3)]
    const counted = chances((visit) => {
      for (const a of ofOne) {
        for (const b of ofFew) visit(bestOf(one, a), bestOf(few, b), 1 / ofOne.length / ofFew.length)
      }
    })
    const exact = chances((visit) => bestsApart(one, few, [4, 3], visit))
    for (const [key, chance] of Object.entries(counted)) expect(exact[key]).toBeCloseTo(chance, 12)
    expect(Object.values(exact).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
  })
})

describe("the chance of a sum whose signs are even", () => {
  const counted = (differences: ReadonlyArray<number>): number => {
    const sum = differences.reduce((total, one) => total + one, 0)
    let reached = 0
    for (let signs = 0; signs < 2 ** differences.length; signs++) {
      const turned = differences.reduce((total, one, at) => total + ((signs >> at) & 1 ? one : -one), 0)
      if (turned >= sum - 1e-12) reached++
    }
    return reached / 2 ** differences.length
  }

  test("all signs counted, to what the lattice rounds, and never below", () => {
    const random = randomOf("swap")
    for (let times = 0; times < 16; times++) {
      // Some on either side of where all signs are gone through.
      const differences = Array.from({ length: 15 + (times % 4) }, () => random.normal() + 0.3)
      const exact = counted(differences)
      const found = swapChance(differences)
      if (differences.reduce((sum, one) => sum + one, 0) <= 0) expect(found).toBe(1)
      else {
        expect(found).toBeGreaterThanOrEqual(exact - 1e-12)
        expect(found).toBeLessThan(exact + 0.003)
      }
    }
  })

  test("all differences of one sign: one of all signs, zeros aside", () => {
    expect(swapChance([3, 2, 2, 0, 1])).toBeCloseTo(1 / 16, 12)
    expect(swapChance([1])).toBe(0.5)
    expect(swapChance([0, 0])).toBe(1)
    expect(swapChance([])).toBe(1)
  })
})
