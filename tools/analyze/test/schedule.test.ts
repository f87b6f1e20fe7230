import { randomOf } from "@tanren/terms"
import { expect, it } from "vitest"
import { analyseResults, type ReadingOptions, readingText } from "../src/index.ts"
import { fileWith, reading } from "./files.ts"

/** Sixteen trials that all still gain a hundredth in their last quarter. */
const improving = fileWith(
  "a.jsonl",
  Array.from({ length: 16 }, (_, i) => {
    const { uniform, normal } = randomOf(`still improving ${i}`)
    const learning_rate = 10 ** (-4 + 3 * uniform())
    const measurements = Array.from({ length: 40 }, (_, k) => ({
      step: 10 * (k + 1),
      "valid/error": 0.2 - 0.001 * k + 0.0005 * normal(),
    }))
    return JSON.stringify({ id: `t${i}`, hyperparameters: { learning_rate }, status: "completed", measurements })
  }).join("\n"),
)
const named = { metric: "valid/error", goal: "minimize" } as const

const judged = (options: ReadingOptions) => {
  const results = reading(improving, { ...named, ...options })
  const found = analyseResults(results, { noise: 0.002 })
  return {
    text: readingText(results),
    verdicts: found
      .filter(({ question }) => question === "still-improving" || question === "best-step")
      .map(({ verdict }) => verdict),
  }
}

it("late improvement asks for longer training under a constant learning rate only", () => {
  expect(judged({ schedule: "constant" }).verdicts).toEqual(["problem", "problem"])
  expect(judged({ schedule: "decays-to-end" }).verdicts).toEqual(["watch", "watch"])
  expect(judged({ schedule: "cyclic" }).verdicts).toEqual(["watch", "watch"])
  expect(judged({}).verdicts).toEqual(["watch", "watch"])
})

it("says that the schedule is not known, and the flag that tells it; nothing where there are no curves", () => {
  expect(judged({}).text).toContain("--schedule constant|decays-to-end|cyclic")
  expect(judged({ schedule: "cyclic" }).text).toContain("rises and falls again (as told)")
  expect(judged({ schedule: "constant" }).text).toContain("Learning-rate schedule: constant (as told)")
  expect(readingText(reading(fileWith("a.csv", "lr,loss\n1,2\n2,3\n")))).not.toContain("schedule")
})
