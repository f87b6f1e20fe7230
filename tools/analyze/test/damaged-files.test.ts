import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { analyseResults, readingText, readResults } from "../src/index.ts"
import { csvOf, fileWith, fixture, planted } from "./files.ts"

const csv = csvOf(planted("damaged", 16, 1e-3))
const jsonl = planted("damaged", 16, 1e-3)
  .map(({ loss, ...hyperparameters }, at) =>
    JSON.stringify({
      id: `t${at}`,
      hyperparameters,
      seed: at,
      measurements: [
        { step: 1, loss: loss + 1 },
        { step: 2, loss },
      ],
    }),
  )
  .join("\n")
const dicts = readFileSync(fixture("wandb-api.csv"), "utf8")

const wounds = [
  ",",
  ";",
  "\n",
  "\r",
  '"',
  "'",
  "{",
  "}",
  "[",
  "\t",
  "NaN",
  "-inf",
  "1e999",
  "é",
  "\u0000",
  "",
  " ",
  "step",
  "0,5",
]

/** Pieces cut out of a file, and others put there. */
const damages = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(30), put: fc.constantFrom(...wounds) }),
  { minLength: 1, maxLength: 6 },
)

describe("damaged files are judged or refused, and break nothing", () => {
  it.each([
    ["CSV", "a.csv", csv],
    ["JSON lines", "a.jsonl", jsonl],
    ["Python dicts in CSV", "a.csv", dicts],
  ])("%s", (_, name, whole) => {
    fc.assert(
      fc.property(damages, (all) => {
        const text = all.reduce((left, { at, cut, put }) => {
          const from = Math.floor(at * left.length)
          return left.slice(0, from) + put + left.slice(from + cut)
        }, whole)
        const outcome = readResults([fileWith(name, text)])
        if (!outcome.ok) {
          expect(outcome.lines.join("").length).toBeGreaterThan(10)
          return
        }
        expect(readingText(outcome.value)).toContain("Metric")
        for (const { verdict } of analyseResults(outcome.value))
          expect(verdict).toMatch(/fine|watch|problem|too-few-data/)
      }),
      { seed: 1, numRuns: 150 },
    )
  })
})
