import { existsSync, readdirSync, readFileSync } from "node:fs"
import { percent } from "@tanren/words"
import { expect, it } from "vitest"
import { thresholds as repeated } from "../src/curves/repeated-values.ts"
import { thresholds as inCurves } from "../src/curves/thresholds.ts"
import { questions } from "../src/index.ts"
import { thresholds as periodic } from "../src/questions/periodic-metric/judge.ts"
import { withTable } from "../src/questions/table.ts"
import { thresholds as fences } from "../src/study/bad-fence.ts"
import { thresholds as bad } from "../src/study/bad-value.ts"
import { thresholds as few } from "../src/study/few-values.ts"
import { thresholds as noise } from "../src/study/noise.ts"
import { thresholds as inStudies } from "../src/study/thresholds.ts"
import type { Threshold } from "../src/threshold.ts"

it("every folder of a question is in the list, once", () => {
  const folder = new URL("../src/questions/", import.meta.url)
  const folders = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/question.ts`, folder)))
  expect(questions.map(({ id }) => id).sort()).toEqual(folders.sort())
})

it("docs/insight.md has the table of today's questions (node libs/insight/write-reference.ts)", () => {
  const page = readFileSync(new URL("../../../docs/insight.md", import.meta.url), "utf8")
  expect(page).toBe(withTable(page))
})

it("types no number into the table: each comes from its threshold", () => {
  const folder = new URL("../src/questions/", import.meta.url)
  for (const { id } of questions) {
    const source = readFileSync(new URL(`${id}/question.ts`, folder), "utf8")
    const docs = source.slice(source.indexOf("docs: {"), source.indexOf("needsNoise"))
    // Mathematics stays: the law of the best of k, half of n trials, and 0, where a range may not go.
    const typed = docs.replace(/\$\{[^}]*\}/g, "").replace(/k = n\/2|k\^\(-2\/d\)|\b(to|of|at) 0\b/g, "")
    expect(typed, id).not.toMatch(/\d/)
    expect(typed, id).not.toMatch(/\b(three|four|ten|a (third|fifth|tenth|millionth|quarter))\b/)
  }
})

it("docs/insight.md says what the thresholds are in its text as well", () => {
  const page = readFileSync(new URL("../../../docs/insight.md", import.meta.url), "utf8")
  const value = (threshold: Threshold) => threshold.value
  for (const words of [
    `upper quartile + ${value(fences.farOut)} inter-quartile ranges) and ${value(inStudies.farOutNoise)} noises`,
    `from ${value(inStudies.minimumPoints)} points on`,
    `more than ${value(fences.badGap)} spreads of all that is better (${value(fences.badGapBlind)} without a noise`,
    `such a gap in ${percent(value(fences.badGapChance))} at most) and ${value(inStudies.farOutNoise)} noises`,
    `It needs ${value(fences.badBetter)} better ones (${value(fences.badBetterBlind)} without a noise, and ${value(inStudies.minimumPoints)} points)`,
    `and ${value(bad.badChanceNoise)} noises. Where chance is known`,
    `of which at most ${value(few.fewValues)} were sampled`,
    `(${percent(value(few.fewValuesExplain))}, shared among them`,
    `(${percent(value(repeated.repeatedChance))})`,
    `in one of ${(1 / value(noise.blownUpChance)).toLocaleString("en")} such studies`,
    `need ${value(inCurves.minimumEvaluations)} evaluations a trial, \`periodic-metric\` ${value(periodic.periodicEvaluations)}`,
  ])
    expect(page).toContain(words)
})
