import { describe as inWords } from "@tanren/insight"
import { type Finding, randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { analyseResults } from "../src/index.ts"
import { fileWith, fixture, reading } from "./files.ts"

/*
 * Small files on which the checklist's verdict was once wrong. Those in fixtures/verdicts were made by random draws from
 * the shape that each test names; each stands for a kind met in public result files.
 */

const findingsIn = (file: string, options: Parameters<typeof reading>[1] = {}): ReadonlyArray<Finding> =>
  analyseResults(reading(file, options))
const about = (findings: ReadonlyArray<Finding>, question: string, subject?: string): Finding =>
  findings.find((one) => one.question === question && (subject === undefined || one.subject === subject))!

describe("verdicts on small files", () => {
  it("cuts no bound that holds the best trials, where the chance to diverge grows with the rate as accuracy does", () => {
    const findings = findingsIn(fixture("verdicts/a1.csv"))
    const { trials } = reading(fixture("verdicts/a1.csv"))
    const best = trials
      .filter(({ value }) => value !== undefined)
      .toSorted((a, b) => b.value! - a.value!)
      .slice(0, 10)
      .map(({ hyperparameters }) => hyperparameters.lr as number)
    const { action } = about(findings, "infeasible-share")
    // Neither by the rate itself nor by a product that merely holds it.
    expect(action).toMatchObject({ type: "cut", hyperparameter: "lr" })
    expect((action as { readonly high: number }).high).toBeGreaterThan(Math.max(...best))
    expect(about(findings, "search-space-edge", "lr").verdict).not.toBe("problem")
  })

  it("sees no edge where the outermost part is worse than its neighbour, and the other end useless", () => {
    const edge = about(findingsIn(fixture("verdicts/a2b_0.csv")), "search-space-edge", "lr")
    expect(edge.verdict).not.toBe("problem")
    expect(edge.action).toBeUndefined()
  })

  it("calls the low end of a linear range over decades a wrong scale", () => {
    const space = {
      metric: { name: "score", goal: "maximize" },
      hyperparameters: [
        { name: "radius", type: "float", low: 0.1, high: 400 },
        { name: "gain", type: "float", low: 1e-3, high: 1, scale: "log" },
      ],
    } as const
    const edge = about(findingsIn(fixture("verdicts/a3.jsonl"), { space }), "search-space-edge", "radius")
    expect(edge.action).toEqual({ type: "reparametrise", expression: "log(radius)", of: ["radius"] })
  })

  it("does not shorten training where the best point still improves and three others are flat", () => {
    const findings = findingsIn(fileWith("five-points.jsonl", fivePoints()))
    for (const question of ["saturated-early", "best-step"]) {
      expect(about(findings, question).verdict, question).not.toBe("problem")
    }
  })

  it("takes one repeated pair for no noise", () => {
    const findings = findingsIn(fixture("verdicts/a5.csv"))
    expect(about(findings, "sampling").verdict).not.toBe("problem")
    const matters = about(findings, "sensitivity")
    expect(matters.verdict).not.toBe("problem")
    expect(inWords(matters, "en")).not.toMatch(/no more than retraining noise/)
  })

  it("says of a hyperparameter with two values that there are two", () => {
    const edge = about(findingsIn(fixture("verdicts/two.csv")), "search-space-edge", "dropout")
    expect(edge.verdict).toBe("too-few-data")
    expect(inWords(edge, "en")).toMatch(/at least 3 different values of the hyperparameter; found 2/)
    expect(inWords(edge, "ja")).toMatch(/異なる値が3個以上必要ですが，2個しか/)
  })
})

/** Five learning rates with five seeds: the best one improves to the end, the next three are flat or fall. */
const fivePoints = (): string => {
  const { normal } = randomOf("five points with five seeds")
  const points = [
    { rate: 0.0017, peak: 0.25, late: 0.04 },
    { rate: 0.0013, peak: 0.265, late: 0.003 },
    { rate: 0.0012, peak: 0.262, late: 0 },
    { rate: 0.0008, peak: 0.26, late: -0.045 },
    { rate: 0.005, peak: 0.2, late: 0.02 },
  ]
  const measured = ({ peak, late }: (typeof points)[number]) =>
    Array.from({ length: 77 }, (_, k) => {
      const done = k / 76
      return {
        step: 750 * (k + 1),
        "valid/accuracy": peak * (1 - Math.exp(-30 * done)) + (late * Math.max(0, done - 0.3)) / 0.7 + 0.002 * normal(),
        "train/loss": 0.74 * Math.exp(-25 * done) + 0.035 * Math.exp(-done) + 0.0003 * normal(),
      }
    })
  return Array.from({ length: 5 }, (_, seed) =>
    points.map((point) =>
      JSON.stringify({
        hyperparameters: { learning_rate: point.rate },
        seed,
        status: "completed",
        measurements: measured(point),
      }),
    ),
  )
    .flat()
    .join("\n")
}
