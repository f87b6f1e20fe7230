import { type Finding, randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, inputOf, inside, trialsOf } from "../../../test/fixture.ts"
import { analyse, describe as inWords } from "../../index.ts"

type Metrics = (done: number, index: number, k: number) => Readonly<Record<string, number>>

const studyOf = (metrics: Metrics, evaluations = 50): ReadonlyArray<Trial> =>
  trialsOf({
    cost: inside,
    trial: ({ value: _, ...trial }, __, index) => ({
      ...trial,
      measurements: Array.from({ length: evaluations }, (_, k) => ({
        step: (k + 1) * 20,
        metrics: metrics((k + 1) / evaluations, index, k),
      })),
    }),
  })

const ofCurves = new Set<string>([
  "overfitting",
  "step-variance",
  "still-improving",
  "saturated-early",
  "training-loss-rising",
  "periodic-metric",
  "best-step",
])
const actedOn = (findings: ReadonlyArray<Finding>) =>
  findings.filter(({ question, verdict }) => ofCurves.has(question) && (verdict === "problem" || verdict === "watch"))

describe("a metric that never moves", () => {
  const { normal } = randomOf("rounding")
  const single = (value: number) => Math.fround(value * (1 + 1e-7 * normal()))

  for (const value of [0, 0.03, 0.1, 0.5, Math.LN2, 0.97])
    it(`at ${value}: a bug is suspected, and no period, trend or number of steps read into its rounding`, () => {
      for (const evaluations of [20, 40, 64, 200])
        for (const written of [(x: number) => x, single])
          for (const noise of [undefined, { sd: 0.003, degreesOfFreedom: 4 }]) {
            const metrics = () => ({ "valid/error": written(value), "train/loss": written(value) })
            const found = actedOn(analyse(inputOf(studyOf(metrics, evaluations), { noise })))
            expect(found.map(({ question, subject, verdict }) => [question, subject, verdict])).toEqual([
              ["training-loss-rising", "valid/error", "problem"],
            ])
            expect(found[0]!.action).toEqual({
              type: "suspect-bug",
              where: "training-pipeline",
              metric: "valid/error",
            })
          }
    })

  it("while the training loss falls: the evaluation is suspected, or the metric", () => {
    const found = actedOn(analyse(inputOf(studyOf((done) => ({ "valid/error": 0.03, "train/loss": 2 - done })))))
    expect(found).toMatchObject([
      {
        subject: "valid/error",
        verdict: "problem",
        action: { where: "evaluation", metric: "valid/error" },
      },
    ])
  })

  it("is judged of five evaluations, too, and of values at single precision", () => {
    const few = ask("training-loss-rising", inputOf(studyOf(() => ({ "valid/error": 0.03 }), 5)))
    expect(few.at(-1)).toMatchObject({ subject: "valid/error", verdict: "problem" })
    expect(ask("training-loss-rising", inputOf(studyOf(() => ({ "valid/error": 0.03 }), 4)))).toHaveLength(1)
  })

  it("in the best trials alone is worth a look: they may have been done at once", () => {
    const metrics: Metrics = (done, index) => ({
      "valid/error": index % 3 === 0 ? 0.03 : 0.05 + 0.3 * Math.exp(-5 * done) + index / 1000,
      "train/loss": 2 - done,
    })
    const found = ask("training-loss-rising", inputOf(studyOf(metrics)))
    expect(found.at(-1)).toMatchObject({ subject: "valid/error", verdict: "watch", evidence: { unmoved: 11 } })
    const frozen: Metrics = (done, index) => ({
      ...metrics(done, index, 0),
      "train/loss": index % 3 === 0 ? 0.7 : 2 - done,
    })
    expect(ask("training-loss-rising", inputOf(studyOf(frozen))).at(-1)!.verdict).toBe("problem")
  })

  it("at another value in each trial may be a final value written beside every step: watch", () => {
    const found = ask("training-loss-rising", inputOf(studyOf((_, index) => ({ "valid/error": 0.1 + index / 100 }))))
    expect(found.at(-1)!.verdict).toBe("watch")
    expect(found.at(-1)!.text).toMatch(/differs between them: the final value was written at every step/)
  })

  it("may be the training loss alone: not the loss that is trained on", () => {
    const found = ask(
      "training-loss-rising",
      inputOf(studyOf((done, index) => ({ "valid/error": 0.5 - 0.3 * done + index / 1000, "train/loss": 2.3 }))),
    )
    expect(found.at(-1)).toMatchObject({ subject: "train/loss", verdict: "watch" })
    expect(found.at(-1)!.text).toMatch(/not the loss that is trained on/)
  })

  it("is not said where it moves, however little", () => {
    const moving = studyOf((done, index) => ({
      "valid/error": 0.1 + index / 1000 - 2e-6 * done,
      "train/loss": 2 - done,
    }))
    expect(ask("training-loss-rising", inputOf(moving))).toHaveLength(1)
  })

  it("reads well in both languages", () => {
    const studies: ReadonlyArray<Metrics> = [
      () => ({ "valid/error": 0.03, "train/loss": 2 }),
      (done) => ({ "valid/error": 0.03, "train/loss": done }),
      (_, index) => ({ "valid/error": index }),
      (done, index) => ({ "valid/error": done + index / 1000, "train/loss": 2 }),
      (done, index) => ({ "valid/error": index % 3 === 0 ? 0.03 : 0.1 + done + index / 1000, "train/loss": done }),
    ]
    for (const metrics of studies)
      for (const finding of analyse(inputOf(studyOf(metrics))))
        for (const text of [finding.text, inWords(finding, "ja")]) {
          expect(text).not.toMatch(/undefined|NaN|null|\?|\[object/)
          expect(text).toMatch(/[.．）)]$/)
        }
  })
})

it("rounding is no swing on a plateau, nor a gain", () => {
  const plateau = studyOf((done, index) => ({
    "valid/error": Math.max(0.05, 0.3 - 2 * done) + index / 1000,
    "train/loss": Math.max(0.1, 2 - 9 * done),
  }))
  const found = actedOn(analyse(inputOf(plateau, { noise: undefined })))
  expect(found.map(({ question }) => question)).toEqual(["saturated-early"])
  expect(found[0]!.evidence).toMatchObject({ gainOfSecondHalf: 0, atMost: 0 })
})
