import { randomOf } from "@tanren/terms"
import { expect, test } from "vitest"
import { jsonError } from "../src/json-error.ts"

const whole = JSON.stringify(
  { name: 'a "b" \\ é\u007f', list: [1, -2.5e-3, [], {}, [true, null]], "": { deep: [{ x: "" }] } },
  null,
  1,
)

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test("finds an error in exactly what JSON.parse refuses, and never behind its end", () => {
  const random = randomOf("json errors")
  const pieces = [..."{}[]:,\"\\ \n0-.eE+tn'/x\t", "\u0001", "true", "null", "NaN", "\\u00e9", "\\u12", ""]
  let refused = 0
  for (let index = 0; index < 20_000; index++) {
    const at = random.below(whole.length + 1)
    const text = whole.slice(0, at) + pieces[random.below(pieces.length)] + whole.slice(at + random.below(3))
    const error = jsonError(text)
    expect(error === undefined, text).toBe(isJson(text))
    if (error !== undefined) refused++
    expect(error?.at ?? 0, text).toBeLessThanOrEqual(text.length)
  }
  expect(refused).toBeGreaterThan(5_000)
})

test("whatever is cut short is told to end", () => {
  for (let end = 1; end < whole.length; end++) {
    const error = jsonError(whole.slice(0, end))
    // A word or a number that is cut in two may have begun as another.
    if (!/[\w.-]$/.test(whole.slice(0, end).replace(/"[^"]*$/, ""))) expect(error?.at, whole.slice(0, end)).toBe(end)
  }
})

test("as many brackets as one likes", () => {
  expect(jsonError("[".repeat(100_000))).toEqual({ at: 100_000, wanted: "a value or ]" })
})
