import type { Action, Finding, Json } from "@tanren/terms"
import { expect, it } from "vitest"
import { about, describe as inWords, nameOf, questions, subjectOf, titleOf, whyNotJudged } from "../src/index.ts"
import { plantedFindings } from "./planted.ts"
import { studies } from "./studies.ts"

const found: ReadonlyArray<Finding> = JSON.parse(JSON.stringify([...studies.flat(), ...plantedFindings]))

/** One of each kind that a question makes, by verdict. */
const kinds = [
  ...new Map(
    found.map((finding) => {
      const { question, verdict, subject, evidence } = finding
      return [JSON.stringify([question, verdict, subject === undefined, Object.keys(evidence)]), finding]
    }),
  ).values(),
]

const others: ReadonlyArray<Json | undefined> = [undefined, null, "?", 3, -0.5, true, [], [{}], {}, { a: "b" }]

/** As other versions of the rules may have written it: fields missing, of another kind, or more of them. */
const shapesOf = (finding: Finding): ReadonlyArray<Finding> => {
  const { subject: _, ...noSubject } = finding
  const fields = Object.keys(finding.evidence)
  return [
    ...fields.flatMap((name) =>
      others.map((value) => ({ ...finding, evidence: { ...finding.evidence, [name]: value } as Finding["evidence"] })),
    ),
    ...others.map((value) => ({
      ...finding,
      evidence: Object.fromEntries(fields.map((name) => [name, value])) as Finding["evidence"],
    })),
    ...[{}, null, undefined, "of old", [3]].map((evidence) => ({ ...finding, evidence }) as unknown as Finding),
    { ...finding, evidence: { ...finding.evidence, added: "by another version" } },
    noSubject,
    ...["something_else", null, {}].map((subject) => ({ ...finding, subject }) as unknown as Finding),
    { ...finding, verdict: "doubtful" as Finding["verdict"] },
    { ...finding, verdict: "too-few-data" },
    { ...finding, question: "asked-no-more" },
    { ...finding, question: "constructor" },
    { ...finding, action: { type: "pray" } as unknown as Action },
  ]
}

it("the studies show every kind of finding that a question makes", () => {
  for (const { id, tellings } of questions)
    for (const { fits } of tellings)
      expect(
        kinds.some((finding) => finding.question === id && fits(finding)),
        id,
      ).toBe(true)
})

it("findings of other shapes are told in both languages, without gaps", () => {
  for (const finding of kinds)
    for (const shape of shapesOf(finding)) {
      const where = JSON.stringify(shape)
      expect(inWords(shape, "en"), where).toBe(finding.text)
      const told = inWords(shape, "ja")
      expect(told, where).toMatch(/[ぁ-ん]/)
      expect(told, where).toMatch(/[．）]$/)
      // What a record holds in a text's place may be any text.
      const gaps = where.includes('"?"') ? /undefined|NaN|null|\[object/ : /undefined|NaN|null|\?|\[object/
      expect(told, where).not.toMatch(gaps)
      for (const language of ["en", "ja"] as const)
        for (const text of [
          about(shape, language),
          titleOf(shape.question, language),
          subjectOf(shape, language),
          nameOf(shape),
          whyNotJudged(shape, language) ?? "",
        ])
          expect(text, where).not.toMatch(/undefined|NaN|null|\[object/)
    }
})

it("what today's rules do not write is quoted, and marked as written by others", () => {
  for (const finding of kinds) {
    const { text, question } = finding
    expect(inWords({ ...finding, evidence: {} }, "ja")).toBe(
      `${titleOf(question, "ja")}：${{ fine: "問題なし", watch: "要観察", problem: "問題あり", "too-few-data": "データ不足" }[finding.verdict]}（以前の版の規則による所見，英語のまま：${text}）`,
    )
    expect(inWords({ ...finding, question: "asked-no-more" }, "ja")).toMatch(/^asked-no-more：.*以前の版/)
  }
})
