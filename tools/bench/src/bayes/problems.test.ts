import { unitPoint } from "@tanren/search"
import { fromUnit } from "@tanren/space"
import { describe, expect, test } from "vitest"
import { problems } from "./problems/index.ts"

/** Where the optimum lies, of those that have it at a point that can be written down. */
const known: Readonly<Record<string, Readonly<Record<string, number | string | boolean>>>> = {
  branin: { x0: Math.PI, x1: 2.275 },
  ackley5: { x0: 3.1, x1: -7.3, x2: 11.9, x3: -14.2, x4: 6.7 },
  gardner1: { x0: 4.712388980384689, x1: 0 },
  rosenbrock4: { x0: 1, x1: 1, x2: 1, x3: 1 },
  levy8: { x0: -3.2, x1: 4.1, x2: 2.3, x3: -5.7, x4: 6.4, x5: -1.9, x6: 3.6, x7: -6.8 },
}

const points = (name: string, count: number) => {
  const problem = problems.find((one) => one.name === name)!
  const dimensions = problem.hyperparameters.length
  return Array.from({ length: count }, (_, index) =>
    problem.value(fromUnit(problem.hyperparameters, unitPoint(3, index, dimensions))),
  )
}

describe("the problems of the bench", () => {
  test.each(Object.entries(known))("%s has its optimum where it is said to be", (name, point) => {
    const problem = problems.find((one) => one.name === name)!
    expect(problem.value(point)).toBeCloseTo(problem.optimum, 6)
  })

  test.each(problems.map(({ name, optimum }) => ({ name, optimum })))(
    "$name has nothing below its optimum",
    ({ name, optimum }) => {
      const values = points(name, 3_000).flatMap((value) => (value === null ? [] : [value]))
      expect(values.length).toBeGreaterThan(0)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(optimum - 1e-9)
    },
  )

  test("about 5 % of the ball's box is feasible, 21 % at the least elsewhere", () => {
    const share = (name: string) => points(name, 4_000).filter((value) => value !== null).length / 4_000
    expect(share("ball4")).toBeGreaterThan(0.03)
    expect(share("ball4")).toBeLessThan(0.07)
    for (const { name } of problems) if (name !== "ball4") expect(share(name)).toBeGreaterThan(0.21)
  })
})
