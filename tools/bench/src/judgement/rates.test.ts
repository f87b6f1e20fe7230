import { expect, test } from "vitest"
import { advised, cell, interval } from "./rates.ts"
import { worlds } from "./worlds.ts"

const worldOf = (name: string) => {
  const found = worlds.find((world) => world.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

test("a share's interval is Wilson's", () => {
  // R: prop.test(3, 100, correct = FALSE)
  expect(interval({ of: 100, came: 3 })[0]).toBeCloseTo(0.01025, 5)
  expect(interval({ of: 100, came: 3 })[1]).toBeCloseTo(0.08452, 5)
  expect(interval({ of: 100, came: 0 })[0]).toBe(0)
})

test("the bench finds what the rule is to do: nothing from jumps, most from two noises, a squared error as any", () => {
  expect(cell(worldOf("candidate's evaluations jump four times as much"), 0, 5, 200, "test").adopted.came).toBeLessThan(
    14,
  )
  expect(cell(worldOf("normal"), 2, 5, 200, "test").adopted.came).toBeGreaterThan(100)
  expect(cell(worldOf("valid/mean_squared_error, 600 examples told"), 4, 5, 50, "test").adopted.came).toBeGreaterThan(
    45,
  )
  const shared = cell(worldOf("equal in the population, told by 600 validation examples"), 0, 20, 100, "test")
  expect(shared.adopted.came).toBeGreaterThan(10)
  expect(shared.elsewhere.came).toBeLessThan(4)
})

test("advice is more runs for a smaller gain", () => {
  expect(advised(worldOf("normal"), 0.8, "test")).toBeGreaterThan(advised(worldOf("normal"), 1.3, "test"))
})
