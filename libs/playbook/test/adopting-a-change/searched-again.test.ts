import { bestOfK } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { compare } from "../../src/adopting-a-change/comparison.ts"
import { type DrawnTrial, searchedAgain } from "../../src/adopting-a-change/searched-again.ts"
import { drawnTrials } from "../../src/creating-studies/common-points.ts"

const good = [1, 1.1, 0.9, 1.05, 0.95]
const bad = good.map((value) => value + 1)
const trialsOf = (values: ReadonlyArray<number | null>, shared = true): ReadonlyArray<DrawnTrial> =>
  values.map((value, at) => ({ point: shared ? at : null, value }))
const asked = (
  one: ReadonlyArray<DrawnTrial>,
  other: ReadonlyArray<DrawnTrial>,
  { repeats = [good, bad], level = 0.95 }: { repeats?: [number[], number[]] | number[][]; level?: number } = {},
) => {
  const [first = [], second = []] = repeats
  const pointwise = compare(first, second, "minimize", { level })
  if (pointwise === null) throw new Error("the re-runs do not vary")
  return searchedAgain({ trials: one, repeats: first }, { trials: other, repeats: second }, "minimize", pointwise)
}
const landscape = Array.from({ length: 16 }, (_, at) => 1 + ((at * 7) % 16) / 2)

describe("whether a value would be ahead had both been searched again", () => {
  test("a lead at every common point is one, with the chance that sixteen coins fall alike", () => {
    const again = asked(trialsOf(landscape), trialsOf(landscape.map((value) => value + 1)))
    expect(again).toMatchObject({ common: true, lost: 0, established: true, trialsNeeded: null })
    expect(again?.won).toBeCloseTo(1, 12)
    expect(again?.chance).toBeGreaterThanOrEqual(2 ** -16)
    expect(again?.chance).toBeLessThan(0.001)
    // What a draw makes the one lose the other loses too.
    expect(again?.sd).toBeCloseTo(0, 9)
  })

  test("points of their own carry the study variance of both", () => {
    const again = asked(trialsOf(landscape, false), trialsOf(landscape, false), {
      repeats: [good, good.map((one) => one + 0.4)],
    })
    const { sd } = bestOfK(
      landscape
        .toSorted((a, b) => a - b)
        .slice(0, 13)
        .concat(6.5, 6.5, 6.5)
        .sort((a, b) => a - b),
      8,
    )
    expect(again).toMatchObject({ common: false, chance: null, established: false })
    expect(again?.won).toBeCloseTo(again?.lost ?? 1, 12)
    // Less the noise of single trials, which is small here.
    expect(again?.sd).toBeGreaterThan(sd * Math.SQRT2 * 0.97)
    expect(again?.sd).toBeLessThanOrEqual(sd * Math.SQRT2 + 1e-9)
  })

  test("diverged trials are drawn, and lose", () => {
    const lame = landscape.map((value, at) => (at % 2 === 0 ? value : null))
    const again = asked(trialsOf(landscape), trialsOf(lame))
    // The same values where both completed: only what diverged tells them apart.
    expect(again?.won).toBeGreaterThan(0.2)
    expect(again?.lost).toBe(0)
    const neither = asked(trialsOf([1, null, null, null]), trialsOf([1, null, null, null]))
    expect(neither).toMatchObject({ won: 0, lost: 0 })
    expect(asked(trialsOf([1, 2]), trialsOf([null, null]))).toBeNull()
    expect(asked(trialsOf([1]), trialsOf([2]))).toBeNull()
  })

  test("one lucky pair shows no lead, whatever its size", () => {
    const [first = 0, ...rest] = landscape
    const lucky = asked(trialsOf([first - 1000, ...rest]), trialsOf(landscape))
    expect(lucky?.chance).toBe(0.5)
    expect(lucky?.established).toBe(false)
  })

  test("a trial that failed takes its partner out; too few partners leave each value its own points", () => {
    const worse = trialsOf(landscape.map((value) => value + 1))
    expect(asked(trialsOf(landscape), worse.slice(2))?.drawn).toEqual([
      { k: 7, of: 14 },
      { k: 7, of: 14 },
    ])
    expect(asked(trialsOf(landscape), worse.slice(6))).toMatchObject({ common: false, drawn: [{ of: 16 }, { of: 10 }] })
  })

  test("what is asked at a stricter level is harder to establish", () => {
    const random = randomOf("levels")
    const noisy = (more: number) => trialsOf(landscape.map((value) => value + more + random.normal()))
    let [plain, strict] = [0, 0]
    for (let times = 0; times < 60; times++) {
      const [one, other] = [noisy(0), noisy(2.5)]
      const repeats = [good, good.map((value) => value + 2.5)]
      if (asked(one, other, { repeats })?.established) plain++
      if (asked(one, other, { repeats, level: 0.99 })?.established) strict++
    }
    expect(strict).toBeGreaterThan(0)
    expect(plain).toBeGreaterThan(strict)
  })

  test("where the point is known and the value is not, more trials are asked for, never fewer", () => {
    const random = randomOf("more")
    for (let times = 0; times < 40; times++) {
      const noisy = () =>
        trialsOf(
          landscape.map((value) => value + 2 * random.normal()),
          times % 2 === 0,
        )
      const again = asked(noisy(), noisy())
      if (again === null || again.established) continue
      expect(again.trialsNeeded === null || (again.trialsNeeded >= 20 && again.trialsNeeded <= 320)).toBe(true)
    }
  })
})

test("what is drawn are trials that told something of their point", () => {
  const searched = [{ name: "rate", type: "float", low: 0, high: 1 } as const]
  const study = {
    scientific: {},
    searched,
    held: {},
    algorithm: "halton",
    seed: 1,
    from: 0,
    trials: 3,
    common: ["rate"],
  } as const
  const design = {
    layout: "each",
    studies: [
      { id: "a", ...study },
      { id: "b", ...study },
    ],
  } as const
  const trial = (rate: number, status: "completed" | "infeasible" | "failed", value?: number) => ({
    hyperparameters: { rate },
    status,
    value,
  })
  expect(
    drawnTrials(design, [
      [trial(0.1, "completed", 3), trial(0.2, "infeasible"), trial(0.3, "failed")],
      [trial(0.2, "completed", 4), trial(0.3, "completed", 5)],
    ]),
  ).toEqual([
    [
      { point: 0, value: 3 },
      { point: 1, value: null },
    ],
    [
      { point: 1, value: 4 },
      { point: 2, value: 5 },
    ],
  ])
})
