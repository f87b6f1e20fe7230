import { expect, it } from "vitest"
import { parsePythonJson } from "../src/index.ts"

it("reads what json.dumps writes of numbers that are none, and leaves texts as they are", () => {
  expect(
    parsePythonJson('{"a": NaN, "b": [-Infinity, Infinity, 1], "note": "NaN is \\"NaN\\", not Infinity"}'),
  ).toEqual({
    a: "NaN",
    b: ["-Infinity", "Infinity", 1],
    note: 'NaN is "NaN", not Infinity',
  })
})

it("throws on what is no JSON, with or without such numbers", () => {
  for (const text of ['{"a": 1', '{"a": NaN', '{"a": "NaN', "NaNs"])
    expect(() => parsePythonJson(text)).toThrow(SyntaxError)
})
