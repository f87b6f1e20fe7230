import { readFileSync } from "node:fs"
import { formatIssue } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { decodeSearchSpace } from "../src/schema/search-space.ts"
import { searchSpaceJsonSchema } from "../src/schema/shape.ts"
import { invalidSpaces } from "./invalid-spaces.ts"

const example = {
  version: 1,
  metric: { name: "valid/error", goal: "minimize" },
  hyperparameters: [
    { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
    { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
    { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
    { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
    { name: "layers", type: "int", low: 1, high: 6, naturalLow: true },
    { name: "kernel", type: "discrete", values: [3, 5, 7] },
    { name: "use_dropout", type: "boolean" },
    { name: "dropout_rate", type: "float", low: 0.05, high: 0.6, naturalLow: 0, when: { use_dropout: [true] } },
  ],
}

describe("a search space file", () => {
  test("is taken as it stands when it is sound", () => {
    expect(decodeSearchSpace(example)).toEqual({ ok: true, space: example })
    expect(decodeSearchSpace({ hyperparameters: example.hyperparameters, metric: undefined })).toEqual({
      ok: true,
      space: { hyperparameters: example.hyperparameters },
    })
  })

  test("may name its hyperparameters by name, as a campaign file does", () => {
    const { hyperparameters } = example
    const named = Object.groupBy(hyperparameters, ({ name }) => name)
    const entries = Object.entries(named).map(([name, all = []]) => {
      const variants = all.map(({ name: _, when, ...rest }) => ({
        ...rest,
        ...(when && { when: Object.fromEntries(Object.entries(when).map(([parent, [value]]) => [parent, value])) }),
      }))
      return [name, variants.length === 1 ? variants[0] : variants]
    })
    expect(decodeSearchSpace({ hyperparameters: Object.fromEntries(entries) })).toEqual({
      ok: true,
      space: { hyperparameters },
    })
  })

  test.each(invalidSpaces)("$what", ({ input, issues }) => {
    const decoded = decodeSearchSpace(input)
    if (decoded.ok) throw new Error("was taken as sound")
    expect(decoded.issues.map(({ path }) => path).toSorted()).toEqual(issues.map(([path]) => path).toSorted())
    for (const [path, ...words] of issues) {
      const shown = decoded.issues
        .filter((issue) => issue.path === path)
        .map(formatIssue)
        .join("\n")
      for (const word of words) expect(shown).toContain(word)
    }
    for (const issue of decoded.issues) {
      expect(issue.message).not.toBe("")
      expect(issue.found).toBeTruthy()
      expect(issue.allowed).toBeTruthy()
    }
  })

  test("there are at least forty ways to be wrong in that table", () => {
    expect(invalidSpaces.length).toBeGreaterThanOrEqual(40)
  })

  test("docs/reference carries the JSON Schema of now (node libs/space/write-reference.ts)", () => {
    const file = new URL("../../../docs/reference/search-space.schema.json", import.meta.url)
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(searchSpaceJsonSchema())))
  })
})
