import type { Schedule, Training } from "@tanren/terms"
import { courseOf, extendConstantPart, overTraining } from "@tanren/training"
import { expect, test } from "vitest"
import { extended, extensionOf } from "../../src/compute-bound/schedule-extension.ts"

const rate = ({ maxTrainSteps, schedule, warmupSteps = 0 }: Training) =>
  overTraining(courseOf(schedule as Schedule), maxTrainSteps, warmupSteps)

test("linear decay keeps its length and the constant part grows, as the training program's own extension has it", () => {
  const short: Training = { maxTrainSteps: 800, schedule: { type: "linear", decayStart: 300, endFactor: 0.01 } }
  const long = extended(short, 3200)
  const wanted = extendConstantPart({ steps: 800, decayStart: 300, endFactor: 0.01 }, 3200)
  for (let step = 0; step <= 3200; step += 40) expect(rate(long)(step)).toBeCloseTo(wanted(step), 12)
  expect(extensionOf(short, 3200)).toMatchObject({ course: "linear", decaySteps: 500, warmupSteps: null })
})

test("warmup keeps its steps, and the decay behind it its own", () => {
  const short: Training = { maxTrainSteps: 900, warmupSteps: 100, schedule: { type: "linear", endFactor: 0 } }
  const long = extended(short, 3300)
  expect(long).toEqual({ ...short, maxTrainSteps: 3300, schedule: { type: "linear", decayStart: 2400, endFactor: 0 } })
  for (let step = 0; step < 100; step++) expect(rate(long)(step)).toBe(rate(short)(step))
  for (let left = 0; left <= 800; left += 50) expect(rate(long)(3300 - left)).toBeCloseTo(rate(short)(900 - left), 12)
  expect(extensionOf(short, 3300)).toMatchObject({ decaySteps: 800, warmupSteps: 100 })
})

test("a cosine keeps its base rate and is laid over the longer training", () => {
  const short: Training = { maxTrainSteps: 800, schedule: { type: "cosine" } }
  const long = extended(short, 3200)
  for (let step = 0; step <= 800; step += 50) expect(rate(long)(4 * step)).toBeCloseTo(rate(short)(step), 12)
})

test("what nobody set stays the program's own, at every length", () => {
  expect(extended({ maxTrainSteps: 800, clipNorm: 1 }, 3200)).toEqual({ maxTrainSteps: 3200, clipNorm: 1 })
  expect(extended({ maxTrainSteps: 800, schedule: { type: "constant" } }, 99)).toEqual({
    maxTrainSteps: 99,
    schedule: { type: "constant" },
  })
})
