import fc from "fast-check"
import { expect, test } from "vitest"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { planCampaign } from "../../src/informative-and-affordable/plan.ts"
import { planText } from "../../src/informative-and-affordable/plan.words.ts"
import { digits, optimizers } from "../campaigns.ts"

/** Every place in a JSON value, as a path. */
const places = (value: unknown, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> =>
  typeof value !== "object" || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))]

function replaced(value: unknown, path: ReadonlyArray<string>, by: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? replaced(one, rest, by) : one))
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]),
  )
}

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(undefined, Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300, "", "__proto__", [], {}, [
    null,
  ]),
  fc.constantFrom(
    "learning_rate",
    "use_dropout",
    "dropout_rate",
    "optimizer",
    "listed",
    "grid",
    "joint",
    "each",
    "exploit",
  ),
  fc.constantFrom(["width"], ["use_dropout", "width"], ["learning_rate"], ["dropout_rate"], [{ width: 20 }]),
)

test("any input is decoded or refused, never thrown at; what is decoded can be planned", () => {
  const files = [digits, optimizers(40)]
  const mutation = fc
    .constantFrom<unknown>(...files)
    .chain((file) =>
      fc.tuple(fc.constant(file), fc.array(fc.tuple(fc.constantFrom(...places(file)), odd), { maxLength: 3 })),
    )
  fc.assert(
    fc.property(mutation, ([file, changes]) => {
      const input = changes.reduce((soFar, [path, by]) => replaced(soFar, path, by), file)
      const decoded = decodeCampaign(input)
      if (decoded.ok) expect(planText(planCampaign(decoded.spec)).length).toBeGreaterThan(0)
      else expect(decoded.issues.length).toBeGreaterThan(0)
    }),
    { numRuns: 400 },
  )
})

test("arbitrary JSON is refused", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (input) => {
      expect(decodeCampaign(input).ok).toBe(false)
    }),
  )
})
