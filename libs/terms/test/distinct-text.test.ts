import { expect, test } from "vitest"
import { distinctText } from "../src/distinct-text.ts"
import type { Value } from "../src/hyperparameter.ts"

test.each<[string, ReadonlyArray<Value>, ReadonlyArray<string>]>([
  ["different values stay as they are", [0.1, 64, "adam", true, 0.0003735], ["0.1", "64", "adam", "true", "0.0003735"]],
  ["a value told twice is one value", [0.99995, 0.99995], ["0.99995", "0.99995"]],
  ["digits that four do not tell apart are all told", [0.999, 0.99995, 0.99999], ["0.999", "0.99995", "0.99999"]],
  ["strings that read like others are quoted", [1, "1", "1.0", true, "true"], ["1", '"1"', "1.0", "true", '"true"']],
  ["a full text that another reads like", [0.99995, 0.99999, "0.99995"], ["0.99995", "0.99999", '"0.99995"']],
  ["a string with quotes of its own", [1, "1", '"1"'], ["1", '"1"', '"\\"1\\""']],
])("%s", (_, values, texts) => expect(values.map(distinctText(values))).toEqual(texts))

test("in short as whoever asks has it", () => {
  const rounded = (value: Value) => `about ${Math.round(Number(value))}`
  const values = [0.9, 1.1, 2.1]
  expect(values.map(distinctText(values, rounded))).toEqual(["0.9", "1.1", "about 2"])
})
