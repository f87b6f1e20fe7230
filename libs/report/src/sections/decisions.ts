import { type Language, verdictCountsText } from "@tanren/words"
import type { DecisionReport, ReportData } from "../data.ts"
import { formatTime, valueText } from "../format.ts"
import { type Content, type Html, html, prose, sentences } from "../html.ts"
import { launchDecisionText } from "../launch.words.ts"
import { table } from "../table.ts"
import { outcomeSentence } from "../told.ts"
import { decisionsWords } from "./decisions.words.ts"
import { evidence } from "./evidence.ts"

/** Recorded, not recomputed: every decision with the rule's version, what went in and what came out; nothing of none. */
export const decisions = (data: ReportData, language: Language): Html => {
  if (data.decisions.length === 0) return html``
  return html`<section id="decisions"><h2>${decisionsWords.heading[language]}</h2>
${table(
  data.decisions,
  [
    { title: decisionsWords.decision[language], cell: (decision) => decision.key },
    { title: decisionsWords.rule[language], cell: (decision) => html`<code>${decision.rule}</code>` },
    {
      title: decisionsWords.outcome[language],
      cell: (decision) => [summary(decision, language), details(decision.outcome, decisionsWords.outcome[language])],
      kind: "wide",
    },
    {
      title: decisionsWords.inputs[language],
      cell: (decision) => details(decision.inputs, decisionsWords.inputs[language]),
    },
    { title: decisionsWords.at[language], cell: (decision) => formatTime(decision.at), kind: "nowrap" },
  ],
  { label: decisionsWords.heading[language], stack: true },
)}
</section>`
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"

/** The first sentence of what an outcome says, or the word that it carries; the rest is a click away. */
const summary = ({ outcome }: DecisionReport, language: Language): string => {
  if (isScalar(outcome)) return valueText(outcome)
  if (typeof outcome !== "object" || outcome === null) return ""
  if (Array.isArray(outcome))
    return verdictCountsText(
      outcome.map((one) => String(Object(one).verdict)),
      language,
    )
  const { text, decision, why } = outcome as { readonly [field: string]: unknown }
  const word = typeof decision === "string" ? launchDecisionText(decision, language) : ""
  if (typeof text !== "string") return word === "" && typeof why === "string" ? why : word
  const told = outcomeSentence({ ...outcome, text }, language)
  return told === undefined && word !== "" ? word : prose(sentences(told ?? text).first)
}

const details = (value: unknown, title: string): Content => !isScalar(value) && evidence(value, title)
