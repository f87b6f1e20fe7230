import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { bestOfChances, bestOfK } from "../src/best-of-k.ts"
import { incompleteBeta } from "../src/beta.ts"
import { binomialUpper } from "../src/binomial.ts"
import { fUpper } from "../src/f.ts"
import { hypergeometricUpper } from "../src/hypergeometric.ts"
import { leastSquares } from "../src/least-squares.ts"
import { normalQuantile, normalUpper } from "../src/normal.ts"
import { oneWay } from "../src/one-way.ts"
import { amplitudeAt, powers } from "../src/periodogram.ts"
import { normalScores, ranks } from "../src/ranks.ts"
import { studentQuantile, studentUpper } from "../src/student-t.ts"
import { median, pooledSd, populationSd, variance } from "../src/summary.ts"
import { welch } from "../src/welch.ts"

describe("distributions", () => {
  it("have closed forms where there are any", () => {
    // Student with 1 degree of freedom is Cauchy; with 2, t / sqrt(2 + t^2).
    for (const t of [-3, -0.5, 0, 0.7, 2, 9]) {
      expect(studentUpper(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 10)
      expect(studentUpper(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 10)
    }
    // F with 2 and b degrees of freedom: (1 + 2 f / b)^(-b / 2).
    expect(fUpper(3, 2, 10)).toBeCloseTo((1 + 6 / 10) ** -5, 10)
    expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 12)
    expect(binomialUpper(2, 3, 0.5)).toBeCloseTo(0.5, 12)
    expect(hypergeometricUpper(2, 2, 2, 4)).toBeCloseTo(1 / 6, 12)
  })

  it("agree with tables", () => {
    expect(studentQuantile(0.975, 4)).toBeCloseTo(2.776, 3)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5)
    expect(normalQuantile(0.01)).toBeCloseTo(-2.326348, 5)
    expect(normalUpper(1.644854)).toBeCloseTo(0.05, 5)
  })
})

describe("equal values", () => {
  it("show no spread, whatever their sum is rounded to", () => {
    for (const value of [0.1, 0.2, 1 / 3, 0.0817, 1e12 + 0.1]) {
      for (const count of [2, 3, 5, 7, 10]) expect(variance(Array(count).fill(value))).toBe(0)
    }
    expect(welch([0.2, 0.2, 0.2], [0.1, 0.1, 0.1], 0.95)).toBeUndefined()
  })
})

describe("best of k without replacement", () => {
  it("weighs order statistics exactly", () => {
    expect(bestOfChances(4, 2).map((chance) => Math.round(chance * 6))).toEqual([3, 2, 1, 0])
    expect(bestOfK([1, 2, 3, 4], 2).mean).toBeCloseTo((3 * 1 + 2 * 2 + 3) / 6, 12)
    expect(bestOfK([1, 2, 3, 4], 1).mean).toBeCloseTo(2.5, 12)
    expect(bestOfK([1, 2, 3, 4], 4).mean).toBeCloseTo(1, 12)
    expect(bestOfK([1, 2, 3, 4], 2).quantile(0.5)).toBe(1)
    expect(bestOfK([1, 2, 3, 4], 2).quantile(0.75)).toBe(2)
  })
})

describe("least squares", () => {
  const x = [0, 1, 2, 3, 4]

  it("solves, with standard errors", () => {
    const fit = leastSquares([x.map(() => 1), x], [1, 3, 5, 7, 10])
    expect(fit.coefficients[0]).toBeCloseTo(0.8, 10)
    expect(fit.coefficients[1]).toBeCloseTo(2.2, 10)
    expect(fit.residualSquares).toBeCloseTo(0.4, 10)
    expect(Math.sqrt(fit.inverse[1]![1]! * fit.variance)).toBeCloseTo(Math.sqrt(0.4 / 3 / 10), 10)
  })

  it("drops columns that others span", () => {
    const fit = leastSquares([x.map(() => 1), x, x.map((v) => 2 * v + 3)], [1, 3, 5, 7, 9])
    expect(fit.rank).toBe(2)
    expect(fit.residualSquares).toBeCloseTo(0, 10)
  })
})

it("ranks share ties, and normal scores keep the order", () => {
  expect(ranks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2])
  const scores = normalScores([10, 1000, 1])
  expect(scores[2]! < scores[0]! && scores[0]! < scores[1]!).toBe(true)
})

it("a sine's power lies at its frequency", () => {
  const sine = Array.from({ length: 40 }, (_, t) => Math.sin((2 * Math.PI * 5 * t) / 40))
  const [spectrum] = powers([sine])
  expect(spectrum![5]).toBeCloseTo(10, 8)
  expect(spectrum![6]).toBeCloseTo(0, 8)
  expect(amplitudeAt(sine, 5)).toBeCloseTo(1, 10)
})

it("powers are those of the definition, whatever the length", () => {
  const { normal } = randomOf("periodogram")
  for (const n of [1, 2, 3, 7, 40, 64, 97]) {
    const series = [0, 1].map(() => Array.from({ length: n }, () => normal()))
    for (const [i, spectrum] of powers(series).entries()) {
      expect(spectrum).toHaveLength(Math.floor(n / 2) + 1)
      for (const [k, power] of spectrum.entries()) {
        const part = (of: (angle: number) => number) =>
          series[i]!.reduce((total, x, t) => total + x * of((2 * Math.PI * k * t) / n), 0)
        expect(power).toBeCloseTo((part(Math.cos) ** 2 + part(Math.sin) ** 2) / n, 9)
      }
    }
  }
})

it("the median is the middle value, or the mean of the two in the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN])
})

it("a spread pooled over groups is that about each one's mean; single values add nothing", () => {
  expect(pooledSd([[1, 3], [10, 10, 10], [7]])).toEqual({ sd: Math.sqrt(2 / 3), degreesOfFreedom: 3 })
  expect(pooledSd([[1], [2]])).toBeUndefined()
  expect(pooledSd([[0.047, 0.047, 0.047, 0.047, 0.047]])).toBeUndefined()
  expect(populationSd([1, 3])).toBe(1)
})

it("values that differ by rounding alone show no spread, whatever their number and size", () => {
  for (const grid of [100, 600, 1000]) {
    for (let k = 0; k <= grid; k++) {
      for (let n = 3; n <= 8; n++) {
        expect(variance(Array.from({ length: n }, () => k / grid))).toBe(0)
      }
    }
  }
  expect(variance([0.3, 0.1 + 0.2, 0.3])).toBe(0)
  expect(variance([3e8, 3e8 + 1e-5, 3e8])).toBe(0)
  expect(variance([1, 1 + 1e-9, 1])).toBeGreaterThan(0)
  expect(welch([0.04, 0.04, 0.04], [0.05, 0.05, 0.05], 0.95)).toBeUndefined()
  expect(
    oneWay([
      [0.3, 0.3, 0.3],
      [0.1 + 0.2, 0.3, 0.3],
    ]),
  ).toBe(1)
})
