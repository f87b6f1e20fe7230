import type { Finding } from "@tanren/terms"
import { expect, it } from "vitest"
import { describe as inWords, questions } from "../src/index.ts"
import { plantedFindings, plantedWithoutNoise } from "./planted.ts"
import { studies } from "./studies.ts"

const findings = [...studies.flat(), ...plantedFindings]

it("the studies, and what is planted, show a problem of every question", () => {
  const shown = new Set(findings.filter(({ verdict }) => verdict === "problem").map(({ question }) => question))
  expect([...shown].sort()).toEqual(questions.map(({ id }) => id).sort())
})

it("a question that needs the noise finds no problem without it, and the others find theirs", () => {
  for (const { id, needsNoise } of questions) {
    const problems = plantedWithoutNoise.filter(({ question, verdict }) => question === id && verdict === "problem")
    expect(problems.length === 0, id).toBe(needsNoise)
  }
})

it("every problem has an action, and nothing else than watch proposes one", () => {
  for (const finding of findings) {
    if (finding.verdict === "problem") expect(finding.action, finding.question).toBeDefined()
    if (finding.verdict === "fine" || finding.verdict === "too-few-data")
      expect(finding.action, finding.text).toBeUndefined()
  }
})

it("every finding reads well in both languages, from its evidence alone", () => {
  for (const finding of findings) {
    const recorded = JSON.parse(JSON.stringify(finding)) as Finding
    expect(inWords(recorded, "en")).toBe(finding.text)
    for (const text of [finding.text, inWords(recorded, "ja")]) {
      expect(text).not.toMatch(/undefined|NaN|null|\?|\[object/)
      expect(text).toMatch(/[.．）)]$/)
    }
    expect(inWords(recorded, "ja")).toMatch(/[ぁ-ん]/)
  }
})
