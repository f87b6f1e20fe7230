import type { Measurement } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { inColumns, measurementsOf, readCurve, reportedAt } from "../src/curve.ts"
import { fileWith, reading } from "./files.ts"

const measurements: ReadonlyArray<Measurement> = [
  { step: 10, metrics: { "train/loss": 3 } },
  { step: 20, metrics: { "train/loss": 2, "valid/error": Number.NaN } },
  { step: 30, metrics: {} },
  { step: 40, metrics: { "valid/error": 0.25, grad_norm: Number.POSITIVE_INFINITY } },
  { step: 40, metrics: { "valid/error": 0.5 } },
]

describe("a curve in columns", () => {
  it("gives back what was measured, at the steps at which it was", () => {
    expect(measurementsOf(inColumns(measurements))).toEqual(measurements)
    expect(measurementsOf(inColumns([]))).toEqual([])
  })

  it("names what an evaluation reported", () => {
    expect([0, 1, 2, 3, 4, 5, -1].map((at) => reportedAt(inColumns(measurements), at))).toEqual([
      ["train/loss"],
      ["train/loss", "valid/error"],
      [],
      ["valid/error", "grad_norm"],
      ["valid/error"],
      [],
      [],
    ])
  })

  it("has its best finite value, and its last one, of which a later report counts", () => {
    const curve = inColumns(measurements)
    expect(readCurve(curve, { name: "valid/error", goal: "minimize" })).toEqual({ best: 0.25, bestStep: 40, last: 0.5 })
    expect(readCurve(curve, { name: "valid/error", goal: "maximize" })).toEqual({ best: 0.5, bestStep: 40, last: 0.5 })
    expect(readCurve(curve, { name: "grad_norm", goal: "minimize" })?.last).toBe(Number.POSITIVE_INFINITY)
    expect(readCurve(curve, { name: "accuracy", goal: "maximize" })).toBeUndefined()
  })

  it("of rows of evaluations is made whenever it is asked for, and goes along with copies of its trial", () => {
    const rows = measurements.map(
      ({ step, metrics }) =>
        `t1,${step},0.1,${["train/loss", "valid/error", "grad_norm"].map((name) => metrics[name] ?? "").join(",")}`,
    )
    const csv = ["trial,step,lr,train/loss,valid/error,grad_norm", ...rows, "t2,10,0.2,,0.9,", "t2,20,0.2,,0.8,"]
    const trial = reading(fileWith("a.csv", csv.join("\n"))).trials[0]
    expect(trial?.measurements).toEqual(measurements)
    expect({ ...trial }.measurements).toEqual(measurements)
  })
})
