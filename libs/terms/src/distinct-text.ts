import { formatValue } from "./format.ts"
import type { Value } from "./hyperparameter.ts"

/**
 * How to tell values that stand beside each other. Each reads as `text` has it, but for different values that would read
 * alike: those are in full, with all digits and with quotes around strings, so that 0.99995 is not 0.99999, and 1 not
 * "1".
 */
export const distinctText = (
  values: Iterable<Value>,
  text: (value: Value) => string = (value) => formatValue(value),
): ((value: Value) => string) => {
  const texts = new Map([...new Set(values)].map((value) => [value, text(value)]))
  // A full text may be what another value reads like in short: then that one is told in full as well.
  for (let alike = readingAlike(texts); alike.length > 0; alike = readingAlike(texts)) {
    for (const value of alike) texts.set(value, inFull(value))
  }
  return (value) => texts.get(value) ?? text(value)
}

const inFull = (value: Value): string => JSON.stringify(value)

const readingAlike = (texts: ReadonlyMap<Value, string>): ReadonlyArray<Value> => {
  const counts = new Map<string, number>()
  for (const text of texts.values()) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...texts].flatMap(([value, text]) => ((counts.get(text) ?? 0) > 1 && text !== inFull(value) ? [value] : []))
}
