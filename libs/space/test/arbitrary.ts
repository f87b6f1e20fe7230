import type { Hyperparameter } from "@tanren/terms"
import fc from "fast-check"
import { hyperparameterIssues } from "../src/index.ts"

/** Spaces of every kind, scale, step and nesting of conditions, all of them valid. */
const range = fc.oneof(
  fc
    .tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 1e-6, max: 1e3, noNaN: true }))
    .map(([low, width]) => ({ low, high: low + width, scale: "linear" as const })),
  fc
    .tuple(fc.double({ min: -12, max: 3, noNaN: true }), fc.double({ min: 1e-3, max: 8, noNaN: true }))
    .map(([exponent, width]) => ({ low: 10 ** exponent, high: 10 ** (exponent + width), scale: "log" as const })),
  fc
    .tuple(fc.double({ min: -8, max: -1, noNaN: true }), fc.double({ min: 1e-2, max: 1, noNaN: true }))
    .map(([exponent, width]) => ({
      low: 1 - 10 ** (exponent + width),
      high: 1 - 10 ** exponent,
      scale: "reverse_log" as const,
    })),
)

const float = range.map((found) => ({ type: "float" as const, ...found }))

const stepped = fc
  .tuple(range, fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.5, max: 1, noNaN: true }))
  .map(([found, count, share]) => ({
    type: "float" as const,
    ...found,
    step: Number((((found.high - found.low) / count) * share).toPrecision(2)),
  }))
  .filter((found) => hyperparameterIssues([{ ...found, name: "stepped" }], String).length === 0)

const int = fc
  .record({
    low: fc.integer({ min: 1, max: 1000 }),
    width: fc.integer({ min: 1, max: 100_000 }),
    step: fc.constantFrom(undefined, 1, 2, 7),
    scale: fc.constantFrom(undefined, "linear" as const, "log" as const),
  })
  .map(({ low, width, step, scale }) => ({
    type: "int" as const,
    low,
    high: low + Math.max(width, step ?? 1),
    ...(step === undefined ? {} : { step }),
    ...(scale === undefined ? {} : { scale }),
  }))

const discrete = fc
  .uniqueArray(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 6 })
  .map((values) => ({
    type: "discrete" as const,
    values: [...new Set(values.map((value) => value + 0))].sort((a, b) => a - b),
  }))

const categorical = fc
  .uniqueArray(fc.oneof(fc.string(), fc.boolean(), fc.integer()), { minLength: 1, maxLength: 5 })
  .map((values) => ({ type: "categorical" as const, values }))

const kind = fc.oneof(float, stepped, int, discrete, categorical, fc.constant({ type: "boolean" as const }))

/** `switch` and `mode` are parents; `mode` is itself conditional; `split` is declared twice, under either mode. */
export const spaceArbitrary: fc.Arbitrary<ReadonlyArray<Hyperparameter>> = fc
  .tuple(fc.array(kind, { minLength: 1, maxLength: 4 }), fc.array(kind, { maxLength: 3 }), kind, kind)
  .map(([free, conditional, one, other]) => [
    ...conditional.map((found, index) => ({ ...found, name: `nested${index}`, when: { mode: ["a", "b"] } })),
    ...free.map((found, index) => ({ ...found, name: `free${index}` })),
    { name: "split", ...one, when: { mode: ["a"] } },
    { name: "split", ...other, when: { mode: ["b"] } },
    { name: "mode", type: "categorical", values: ["a", "b", "c"], when: { switch: [true] } },
    { name: "switch", type: "boolean" },
  ])

export const unitArbitrary = (dimensions: number): fc.Arbitrary<Array<number>> =>
  fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5)), {
    minLength: dimensions,
    maxLength: dimensions,
  })
