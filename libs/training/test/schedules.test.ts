import { expect, test } from "vitest"
import {
  constant,
  cosine,
  courseOf,
  extendConstantPart,
  linear,
  overTraining,
  stretched,
  withWarmup,
} from "../src/index.ts"

test("linear decay is 1 until it starts, the end factor at the end and after it", () => {
  const schedule = linear({ steps: 100, decayStart: 40, endFactor: 0.1 })
  expect([0, 40, 70, 100, 500].map(schedule)).toEqual([1, 1, expect.closeTo(0.55, 12), 0.1, 0.1])
  expect(() => linear({ steps: 100, decayStart: 100, endFactor: 0 })).toThrow("decayStart is 100")
})

test("cosine decay falls from 1 to its end factor", () => {
  const schedule = cosine({ steps: 100, endFactor: 0.2 })
  expect([0, 50, 100, 200].map(schedule)).toEqual([
    1,
    expect.closeTo(0.6, 12),
    expect.closeTo(0.2, 12),
    expect.closeTo(0.2, 12),
  ])
})

test("warmup rises in front of a schedule that keeps its whole course", () => {
  const decay = linear({ steps: 100, endFactor: 0 })
  const schedule = withWarmup(10, decay)
  expect([0, 4, 9].map(schedule)).toEqual([0.1, 0.5, 1])
  for (const step of [0, 30, 99]) expect(schedule(step + 10)).toBe(decay(step))
})

test.each([
  ["constant", courseOf({ type: "constant" })],
  ["linear", courseOf({ type: "linear", endFactor: 0.1, decayStart: 20 })],
  ["cosine", courseOf({ type: "cosine", endFactor: 0.1 })],
] as const)("%s over training with warmup ends where it would without, step for step", (_, course) => {
  const alone = overTraining(course, 100, 0)
  const warmed = overTraining(course, 110, 10)
  expect(warmed(0)).toBe(0.1)
  for (const step of [0, 1, 20, 50, 99, 100]) expect(warmed(step + 10)).toBe(alone(step))
  expect([0, 20, 99].map(alone)).toEqual([0, 20, 99].map(course(100)))
})

test("round 2 lengthens the constant part of linear decay and stretches a cosine", () => {
  const extended = extendConstantPart({ steps: 100, decayStart: 60, endFactor: 0.01 }, 300)
  const first = linear({ steps: 100, decayStart: 60, endFactor: 0.01 })
  expect(extended(250)).toBe(1)
  for (const step of [60, 80, 100]) expect(extended(step + 200)).toBeCloseTo(first(step), 12)
  expect(stretched(cosine({ steps: 100 }), 100, 400)(200)).toBeCloseTo(cosine({ steps: 100 })(50), 12)
  expect(constant(100)(5)).toBe(1)
})
