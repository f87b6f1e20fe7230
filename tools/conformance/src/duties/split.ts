import { Effect } from "effect"
import { type Check, fail, pass } from "../verdict.ts"
import { onTest } from "./shared-runs.ts"

export const split: Check = Effect.fnUntraced(function* (bench) {
  const { reference } = bench
  const test = yield* onTest(bench)
  const named = (curve: typeof test.curve, prefix: string) =>
    curve.flatMap(({ step, metrics }) =>
      Object.entries(metrics)
        .filter(([name]) => name.startsWith(`${prefix}/`))
        .map(([name, value]) => `${step} ${name.slice(prefix.length)} ${value}`),
    )
  const measured = named(test.curve, "test")
  const remedy = "measure the data that split names, and let its name be the prefix of its metrics (test/error)"
  if (measured.length === 0) return fail('with split "test" it reported no metric named test/…', remedy)
  const valid = new Set(named(reference.curve, "valid"))
  return measured.every((one) => valid.has(one))
    ? fail('with split "test" the numbers are those of "valid"', remedy)
    : pass('with split "test" it reports test/…, other numbers than valid/…')
})
