import type { Measurement } from "@tanren/terms"

/** The first place where two curves part, in words; undefined where they are equal within the tolerance. */
export const partingOf = (
  curve: ReadonlyArray<Measurement>,
  reference: ReadonlyArray<Measurement>,
  tolerance: number,
): string | undefined => {
  const other = new Map(reference.map(({ step, metrics }) => [step, metrics]))
  for (const { step, metrics } of curve) {
    const wanted = other.get(step)
    if (wanted === undefined) return `step ${step} is measured in one run only`
    for (const [name, value] of Object.entries(metrics)) {
      const there = wanted[name]
      if (there === undefined) return `step ${step}: ${name} is reported in one run only`
      if (!alike(value, there, tolerance)) return `step ${step}: ${name} is ${shown(value)} and ${shown(there)}`
    }
  }
  const missing = reference.find(({ step }) => !curve.some((one) => one.step === step))
  return missing && `step ${missing.step} is measured in one run only`
}

export const alike = (a: number, b: number, tolerance: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))

/** Enough digits to see a difference. */
export const shown = (value: number): string => String(Number(value.toPrecision(8)))

/** Steps at which a metric was measured. */
export const stepsOf = (curve: ReadonlyArray<Measurement>, name: string): ReadonlyArray<number> =>
  curve.flatMap(({ step, metrics }) => (metrics[name] === undefined ? [] : [step]))
