import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { scaleOf, scales } from "../src/index.ts"

describe.each(Object.values(scales))("the scale $name", (scale) => {
  const [low, high] = [0.001, 0.9]

  it("goes to the space of its values and back, rising", () => {
    for (const value of [low, 0.5, high]) expect(scale.unspread(scale.spread(value))).toBeCloseTo(value, 12)
    expect(scale.spread(low)).toBeLessThan(scale.spread(high))
  })

  it("is drawn as it measures, and back again", () => {
    expect(scale.drawn(0.25)).toBeCloseTo(scale.measure(0.25), 12)
    expect(scale.drawn(scale.drawn(0.25))).toBe(0.25)
    expect(scale.drawn(high) < scale.drawn(low)).toBe(scale.isBackwards)
  })

  it("pads outwards, and goes from end to end", () => {
    const [from, to] = scale.padded(0.1, 0.5, 0.05)
    expect(from < 0.1 && to > 0.5).toBe(true)
    expect(scale.between(0.1, 0.5, 0)).toBeCloseTo(0.1, 12)
    expect(scale.between(0.1, 0.5, 1)).toBeCloseTo(0.5, 12)
  })

  it("spreads no end of its own to a number", () => {
    for (const end of [scale.ends.low, scale.ends.high]) expect(Number.isFinite(scale.spread(end))).toBe(false)
  })
})

it("decades are those of what a scale measures", () => {
  expect(scales.linear.decades(1, 100)).toBeNull()
  expect(scales.log.decades(1, 100)).toBe(2)
  expect(scales.reverse_log.decades(0.9, 0.999)).toBeCloseTo(2, 12)
})

it("a bound moves outwards by half the range, or by a decade", () => {
  expect(scales.linear.outwards(2, 4)).toBe(1)
  expect(scales.log.unspread(scales.log.spread(1) + scales.log.outwards(1, 4))).toBeCloseTo(10, 12)
  expect(scales.reverse_log.unspread(scales.reverse_log.spread(0.99) + Math.LN10)).toBeCloseTo(0.999, 12)
})

it("a range that names no scale is linear", () => expect(scaleOf({})).toBe(scales.linear))

describe("ticks", () => {
  it("are round and inside", () => {
    expect(scales.linear.ticks(0.041, 0.059)).toEqual([0.045, 0.05, 0.055])
    expect(scales.log.ticks(1e-6, 1e-2)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2])
    expect(scales.log.ticks(0.02, 0.08).length).toBeGreaterThan(1)
    expect(scales.reverse_log.ticks(0.01, 0.5).length).toBeGreaterThan(2)
  })

  it("come for any range, a single point included", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.oneof(fc.constant(1), fc.double({ min: 1, max: 1e6, noNaN: true })),
        (low, times) => {
          expect(scales.linear.ticks(low, low * times).length).toBeLessThan(20)
          expect(scales.log.ticks(low, low * times).length).toBeLessThan(20)
        },
      ),
    )
  })
})
