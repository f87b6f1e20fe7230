import { randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import type { Curve } from "../src/curves/curve.ts"
import { evenly } from "../src/curves/even-steps.ts"
import { ask, inputOf, inside, trialsOf } from "./fixture.ts"

const at = (steps: ReadonlyArray<number>): Curve => ({
  trial: "a",
  steps,
  values: steps.map((step) => step / 1000),
  notFinite: 0,
  moves: true,
  repeats: 0,
})
const every = (interval: number, from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: Math.floor((to - from) / interval) }, (_, i) => from + (i + 1) * interval)

type Metrics = (done: number) => Readonly<Record<string, number>>

/** Training of 600 steps, each metric at steps of its own. */
const measuredAt = (steps: Readonly<Record<string, ReadonlyArray<number>>>, metrics: Metrics): ReadonlyArray<Trial> => {
  const { normal } = randomOf("uneven steps")
  return trialsOf({
    cost: inside,
    trial: ({ value, ...trial }) => ({
      ...trial,
      measurements: Object.entries(steps)
        .flatMap(([name, at]) =>
          at.map((step) => {
            const offset = name === "valid/error" ? value! : 0
            return { step, metrics: { [name]: offset + metrics(step / 600)[name]! + 0.001 * normal() } }
          }),
        )
        .sort((a, b) => a.step - b.step),
    }),
  })
}

describe("evaluations at uneven intervals", () => {
  it("are thinned to the interval that most of training had; even ones, with a gap or off by a little, stay", () => {
    const dense = [...every(1, 0, 30), ...every(50, 50, 1000)]
    expect(evenly(at(dense)).steps).toEqual([30, ...every(50, 50, 1000)])
    const late = evenly(at([...every(50, 0, 800), ...every(2, 800, 1000)])).steps
    const intervals = late.slice(1).map((step, i) => step - late[i]!)
    expect(Math.min(...intervals)).toBeGreaterThan(0.7 * 50)
    expect(Math.max(...intervals)).toBeLessThan(1.3 * 50)
    for (const steps of [
      every(10, 0, 600),
      every(10, 0, 600).filter((step) => step < 300 || step > 340),
      every(10, 0, 600).map((step, i) => step + (i % 3) - 1),
      [5],
      [],
    ])
      expect(evenly(at(steps)).steps).toEqual(steps)
    expect(evenly(at([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])).steps).toEqual([128, 512, 1024])
  })

  it("shift no part of training: what falls in its second half is not saturated", () => {
    const metrics: Metrics = (done) => ({
      "valid/error": 0.2 * Math.max(0, 0.75 - done),
      "train/loss": 2 * Math.max(0, 0.75 - done),
    })
    const steps = [...every(15, 0, 450), ...every(2, 450, 600)]
    const finding = ask(
      "saturated-early",
      inputOf(measuredAt({ "valid/error": steps, "train/loss": steps }, metrics)),
    )[0]!
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence.gainOfSecondHalf).toBeGreaterThan(0.03)
    expect(finding.evidence.trainingGainShare).toBeGreaterThan(0.2)
  })

  it("may leave too few, and say so", () => {
    const steps = [...every(1, 0, 60), ...every(60, 60, 600)]
    const finding = ask(
      "still-improving",
      inputOf(measuredAt({ "valid/error": steps }, () => ({ "valid/error": 0 }))),
    )[0]!
    expect(finding.verdict).toBe("too-few-data")
    expect(finding.text).toMatch(/found 11 .*uneven intervals/)
  })
})

it("the training loss is compared from the same step on, where validation starts later", () => {
  const metrics: Metrics = (done) => ({
    "valid/error": 0.02 * Math.max(0, done - 0.7),
    // Falls until validation begins, and never after it.
    "train/loss": Math.max(0.4, 1 - done) + 0.3 * Math.max(0, done - 0.6),
  })
  const finding = ask(
    "overfitting",
    inputOf(measuredAt({ "valid/error": every(10, 290, 600), "train/loss": every(10, 0, 600) }, metrics)),
  )[0]!
  expect(finding.evidence).toMatchObject({ trainingImproves: false })
  expect(finding.verdict).toBe("watch")
})
