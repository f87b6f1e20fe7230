import { describe, expect, test } from "vitest"
import { hash32, randomOf, seedsFor } from "../src/index.ts"

describe("seeds", () => {
  test("are frozen: a change here would change running campaigns", () => {
    expect([hash32(""), hash32("tanren"), hash32("鍛錬")]).toMatchInlineSnapshot(`
      [
        2872998923,
        2406755019,
        274617477,
      ]
    `)
    expect(seedsFor({ campaign: 1, study: "g1-s1", trial: 0, repeat: 0 })).toMatchInlineSnapshot(`
      {
        "data": 456065013,
        "dropout": 1026661828,
        "init": 810684116,
      }
    `)
    expect(seedsFor({ campaign: 1, study: "g1-s1", trial: 0, repeat: 1 })).toMatchInlineSnapshot(`
      {
        "data": 116386026,
        "dropout": 814561293,
        "init": 1680982346,
      }
    `)
    expect(seedsFor({ campaign: 2, study: "g1-s1", trial: 41, repeat: 0 })).toMatchInlineSnapshot(`
      {
        "data": 1962821422,
        "dropout": 427844311,
        "init": 669602851,
      }
    `)
  })

  test("differ in every part and fit 31 bits", () => {
    const seen = new Set<number>()
    let drawn = 0
    for (const campaign of [0, 1])
      for (const study of ["a", "b", "a,0"])
        for (let trial = 0; trial < 50; trial++)
          for (let repeat = 0; repeat < 3; repeat++)
            for (const seed of Object.values(seedsFor({ campaign, study, trial, repeat }))) {
              expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true)
              seen.add(seed)
              drawn++
            }
    expect(seen.size).toBe(drawn)
  })
})

describe("random numbers", () => {
  test("are frozen", () => {
    const random = randomOf("golden")
    expect([random.bits(), random.uniform(), random.below(6), random.normal()]).toMatchInlineSnapshot(`
      [
        3543154567,
        0.7056650015927226,
        1,
        -1.3084114805622131,
      ]
    `)
    expect(randomOf(7).shuffled([0, 1, 2, 3, 4, 5, 6])).toMatchInlineSnapshot(`
      [
        3,
        5,
        0,
        2,
        6,
        4,
        1,
      ]
    `)
  })

  test("are spread evenly", () => {
    const random = randomOf(1)
    const counts = Array.from({ length: 10 }, () => 0)
    let sum = 0
    let squares = 0
    for (let index = 0; index < 20_000; index++) {
      const place = random.below(10)
      counts[place] = (counts[place] ?? 0) + 1
      const normal = random.normal()
      sum += normal
      squares += normal * normal
    }
    // Chi-squared with 9 degrees of freedom: 27.9 is its 99.9th percentile.
    expect(counts.reduce((total, count) => total + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9)
    expect(Math.abs(sum / 20_000)).toBeLessThan(0.03)
    expect(Math.abs(squares / 20_000 - 1)).toBeLessThan(0.05)
  })

  test("streams of different seeds differ; the same seed repeats", () => {
    const first = (seed: number | string) => randomOf(seed).bits()
    expect(first(1)).toBe(first(1))
    expect(new Set([first(1), first(2), first(-1), first(1.5), first("a")]).size).toBe(5)
  })
})
