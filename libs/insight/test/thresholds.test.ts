import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"
import type { Thresholds } from "../src/threshold.ts"

const source = new URL("../src/", import.meta.url)
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
)

it("every threshold states its ground, wherever it stands", async () => {
  const modules: ReadonlyArray<{ readonly thresholds?: Thresholds }> = await Promise.all(
    files.map((file) => import(new URL(file, source).href)),
  )
  const all = modules.flatMap(({ thresholds = {} }) => Object.entries(thresholds))
  for (const [name, { ground, why }] of all) {
    expect(["playbook", "significance", "judgement"], name).toContain(ground)
    expect(why.length, name).toBeGreaterThan(10)
  }
  expect(all.length).toBeGreaterThan(60)
})

it("no verdict turns on a number without a name", () => {
  // 0 and 1 are borders of signs and shares. Rounding, and how few numbers still have a spread or a line, are mathematics.
  const mathematics = /(length|size|repeats|every|count) (<|>=) [23]\b|Math\.max\(3, values|Math\.max\(2, Math|-1e-12/g
  const decisions = /(?:(?<!=)>=?|<=?|\bMath\.(?:min|max)\() ?-?(?![01]\b(?!\.))\d[\d.]*/g
  const judging = files.filter((file) =>
    /^(study|curves)\/|judge\.ts$|never-moves\.ts$|spectrum\.ts$|cut.*\.ts$/.test(file),
  )
  const found = judging.flatMap((file) => {
    const code = readFileSync(new URL(file, source), "utf8").replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, "")
    return (code.replace(mathematics, "").match(decisions) ?? []).map((number) => `${file}: ${number}`)
  })
  expect(found).toEqual([])
})
