import { answerText } from "@tanren/report"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"
import { simulated } from "./simulated-campaign.ts"

const file = (values: ReadonlyArray<number | string>) => ({
  name: "near-names",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 10,
  evalEverySteps: 1,
  hyperparameters: [
    { name: "x", type: typeof values[0] === "string" ? "categorical" : "discrete", values },
    { name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" },
  ],
  baseline: { x: values[0], learning_rate: 0.1 },
  goals: [{ question: "Which x?", scientific: ["x"], trials: 4 * values.length }],
  policy: { refine: "never" },
})

// The id of one value's study begins that of the next.
test.each([[[0, 0.5]], [[1, 1.5]], [["a", "a.b"]], [["a", "a.b", "a.b.c"]]])(
  "the re-runs of each of %j stand beside its own study",
  async (values: ReadonlyArray<number | string>) => {
    const truth = ({ x }: { readonly [name: string]: unknown }) => 0.3 + 0.1 * values.indexOf(x as never)
    const data = await simulated({ file: file(values), truth }, reportData)
    const studies = data?.goals[0]?.studies ?? []
    expect(studies.map(({ scientific }) => scientific)).toEqual(values.map((x) => ({ x })))
    for (const [at, { trials, repeats = [] }] of studies.entries()) {
      expect(trials).toHaveLength(4)
      expect(repeats).toHaveLength(5)
      expect(new Set(repeats.map(({ hyperparameters }) => hyperparameters.x))).toEqual(new Set([values[at]]))
    }
    expect(answerText(data!)).toContain(`${5 + 9 * values.length} completed`)
  },
)
