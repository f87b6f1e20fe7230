import { verdictCountsText } from "@tanren/words"
import type { DecisionReport, ReportData } from "../data.ts"
import { formatTime, valueText } from "../format.ts"
import { type Content, type Html, html, prose, sentences } from "../html.ts"
import type { Words } from "../language/index.ts"
import { table } from "../table.ts"
import { outcomeSentence } from "../told.ts"
import { evidence } from "./evidence.ts"

/** Recorded, not recomputed: every decision with the rule's version, what went in and what came out; nothing of none. */
export const decisions = (data: ReportData, words: Words): Html => {
  const { columns } = words
  if (data.decisions.length === 0) return html``
  return html`<section id="decisions"><h2>${words.headings.decisions}</h2>
${table(
  data.decisions,
  [
    { title: columns.decision, cell: (decision) => decision.key },
    { title: columns.rule, cell: (decision) => html`<code>${decision.rule}</code>` },
    {
      title: columns.outcome,
      cell: (decision) => [summary(decision, words), details(decision.outcome, columns.outcome)],
      kind: "wide",
    },
    { title: columns.inputs, cell: (decision) => details(decision.inputs, columns.inputs) },
    { title: columns.at, cell: (decision) => formatTime(decision.at), kind: "nowrap" },
  ],
  { label: words.headings.decisions, stack: true },
)}
</section>`
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"

/** The first sentence of what an outcome says, or the word that it carries; the rest is a click away. */
const summary = ({ outcome }: DecisionReport, words: Words): string => {
  if (isScalar(outcome)) return valueText(outcome)
  if (typeof outcome !== "object" || outcome === null) return ""
  if (Array.isArray(outcome))
    return verdictCountsText(
      outcome.map((one) => String(Object(one).verdict)),
      words.language,
    )
  const { text, decision, why } = outcome as { readonly [field: string]: unknown }
  const word = typeof decision === "string" ? (words.decision[decision] ?? decision) : ""
  if (typeof text !== "string") return word === "" && typeof why === "string" ? why : word
  const told = outcomeSentence({ ...outcome, text }, words)
  return told === text && words.language !== "en" && word !== "" ? word : prose(sentences(told).first)
}

const details = (value: unknown, title: string): Content => !isScalar(value) && evidence(value, title)
