import { type Finding, type Measurement, randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import type { Curve } from "../src/curves/curve.ts"
import { curveReader } from "../src/curves/curve-reader.ts"
import { withoutRepeats } from "../src/curves/repeated-values.ts"
import { analyse } from "../src/index.ts"
import { ask, falls, inputOf, withCurves } from "./fixture.ts"

const { normal, uniform } = randomOf("repeated values")

/** The last validation value stands beside every row until the next evaluation; the training loss is of each row. */
const filled = (trials: ReadonlyArray<Trial>, every: number): ReadonlyArray<Trial> =>
  trials.map((trial) => ({
    ...trial,
    measurements: trial.measurements!.flatMap(({ step, metrics }) =>
      Array.from(
        { length: every },
        (_, k): Measurement => ({ step: step * every + k, metrics: { ...metrics, row: normal() } }),
      ),
    ),
  }))

const judged = (findings: ReadonlyArray<Finding>) =>
  findings.map(({ question, subject, verdict, evidence }) => [question, subject, verdict, evidence.evaluations])

const curve = (values: ReadonlyArray<number>): Curve => ({
  trial: "a",
  steps: values.map((_, i) => i + 1),
  values,
  notFinite: 0,
  moves: true,
  repeats: 0,
})

describe("a value that is repeated until the next evaluation", () => {
  const trials = withCurves(() => ({ valid: falls(20, 0.2), sd: 0.001 }))

  for (const every of [2, 5, 10])
    it(`${every} times: is read as one evaluation`, () => {
      const rows = filled(trials, every)
      const read = curveReader(rows)
      const plain = curveReader(trials)
      for (const [i, trial] of rows.entries()) {
        const { steps, values, repeats } = read(trial, "valid/error")
        const { steps: evaluated, values: measured } = plain(trials[i]!, "valid/error")
        expect({ steps, values }).toEqual({ steps: evaluated.map((step) => step * every), values: measured })
        expect(repeats).toBe((every - 1) * values.length)
        expect(read(trial, "row").values).toHaveLength(every * values.length)
      }
      expect(judged(analyse(inputOf(rows)))).toEqual(judged(analyse(inputOf(trials))))
    })

  it("makes no twenty evaluations of six", () => {
    const rows = filled(
      withCurves(() => ({ valid: falls(3, 0.2), evaluations: 6 })),
      20,
    )
    const finding = ask("still-improving", inputOf(rows))[0]!
    expect(finding.verdict).toBe("too-few-data")
    expect(finding.text).toMatch(/found 6 \(0 trials with enough\); a value that is merely repeated .* counts once/)
  })

  it("need not fall on rows: an epoch of two and a half rows, or of other lengths in each trial", () => {
    for (const every of [2.5, 3.3, 7.8]) {
      const curves = Array.from({ length: 8 }, (_, trial) => {
        let value = 0
        let last = -1
        return curve(
          Array.from({ length: 200 }, (_, row) => {
            const epoch = Math.floor(row / (every + trial / 4))
            if (epoch !== last) value = 0.1 + Math.exp(-row / 50) + 0.01 * normal()
            last = epoch
            return value
          }),
        )
      })
      const read = withoutRepeats(curves)
      for (const [trial, one] of curves.entries())
        expect(Math.abs(read(one).values.length - 200 / (every + trial / 4))).toBeLessThanOrEqual(1)
    }
  })

  it("holds as many evaluations as it is periods long: a coarse metric agrees with itself", () => {
    const levels = Array.from({ length: 40 }, (_, k) => Math.round(100 * (0.1 + 0.3 * Math.exp(-k / 4))) / 100)
    const rows = levels.flatMap((value) => Array.from({ length: 5 }, () => value))
    expect(new Set(levels).size).toBeLessThan(20)
    const noisy = Array.from({ length: 8 }, () => {
      const values = Array.from({ length: 40 }, () => Math.round(100 * (0.2 + 0.02 * normal())) / 100)
      return curve(values.flatMap((value) => Array.from({ length: 5 }, () => value)))
    })
    expect(withoutRepeats(noisy)(curve(rows)).values).toEqual(levels)
  })
})

describe("a metric that repeats itself by chance keeps every evaluation", () => {
  const made: Readonly<Record<string, (k: number) => number>> = {
    "accuracy on a hundred examples": (k) => Math.round(100 * (0.1 + 0.4 * Math.exp(-k / 10) + 0.03 * normal())) / 100,
    "the same, hardly moving": (k) => Math.round(100 * (0.1 + 0.4 * Math.exp(-k / 10) + 0.002 * normal())) / 100,
    "accuracy on twenty": (k) => Math.round(20 * (0.1 + 0.4 * Math.exp(-k / 10) + 0.03 * normal())) / 20,
  }
  for (const [name, value] of Object.entries(made))
    it(name, () => {
      for (const evaluations of [20, 60, 200]) {
        const curves = Array.from({ length: 16 }, () =>
          curve(Array.from({ length: evaluations }, (_, k) => value((60 * k) / evaluations))),
        )
        for (const one of curves) expect(withoutRepeats(curves)(one)).toEqual(one)
      }
    })

  it("a value that lasts for a random time", () => {
    const curves = Array.from({ length: 16 }, () => {
      let value = 0
      const lasting = () => {
        if (uniform() < 0.2) value = normal()
        return value
      }
      return curve(Array.from({ length: 200 }, lasting))
    })
    for (const one of curves) expect(withoutRepeats(curves)(one)).toEqual(one)
  })
})
