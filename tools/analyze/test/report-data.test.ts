import { expect, test } from "vitest"
import { analyseResults } from "../src/analyse-results.ts"
import { analysisReport } from "../src/report-data.ts"
import { fileWith, reading } from "./files.ts"

test("the report sets repeats of a point apart from the search, as the findings do", () => {
  const rows = [0.1, 0.2, 0.4, 0.2, 0.2].map((rate, seed) =>
    JSON.stringify({
      id: `t${seed}`,
      hyperparameters: { rate, decay: 1 - rate },
      value: 0.5 - rate + seed / 100,
      seed,
    }),
  )
  const results = reading(fileWith("trials.jsonl", rows.join("\n")), { goal: "minimize" })
  const report = analysisReport(results, analyseResults(results))
  const [study] = report.goals[0]!.studies
  expect(study!.trials.map(({ id }) => id)).toEqual(["t0", "t1", "t2"])
  expect(study!.repeats?.map(({ id }) => id)).toEqual(["t3", "t4"])
  expect(report).toMatchObject({ status: "analysis", readAs: expect.any(String), decisions: [] })
  expect(report.runId).toBe(undefined)
})
