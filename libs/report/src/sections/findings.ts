import { describe, subjectOf, titleOf } from "@tanren/insight"
import type { Finding } from "@tanren/terms"
import { actionText, type Language, verdictText } from "@tanren/words"
import { className, type Html, html, prose } from "../html.ts"
import { table } from "../table.ts"
import { evidence } from "./evidence.ts"
import { findingsWords } from "./findings.words.ts"

const urgency: Readonly<Record<string, number>> = { problem: 0, watch: 1, "too-few-data": 2, fine: 3 }

export const byUrgency = (given: ReadonlyArray<Finding>): ReadonlyArray<Finding> =>
  [...given].sort((a, b) => (urgency[a.verdict] ?? 4) - (urgency[b.verdict] ?? 4))

/** What needs acting on first; the verdict in words, never by colour alone; what is fine, or cannot be judged, folded away. */
export const findings = (given: ReadonlyArray<Finding>, language: Language): Html => {
  const sorted = byUrgency(given)
  const fine = sorted.filter((finding) => finding.verdict === "fine")
  const undecided = sorted.filter((finding) => finding.verdict === "too-few-data")
  const open = sorted.filter((finding) => !fine.includes(finding) && !undecided.includes(finding))
  return html`<h3>${findingsWords.heading[language]}</h3>
${given.length === 0 && html`<p class="muted">${findingsWords.none[language]}</p>`}
${open.length > 0 ? list(open, language) : given.length > 0 && html`<p>${findingsWords.nothingToAct[language]}</p>`}
${folded(findingsWords.undecided(undecided.length)[language], undecided, language)}
${folded(findingsWords.fine(fine.length)[language], fine, language)}`
}

const folded = (title: string, given: ReadonlyArray<Finding>, language: Language): Html =>
  given.length === 0
    ? html``
    : html`<details class="block"><summary>${title}</summary>${list(given, language)}</details>`

/** The findings that ask for something, in a few lines. */
export const inShort = (given: ReadonlyArray<Finding>, language: Language): Html => {
  const open = byUrgency(given).filter(({ verdict }) => verdict === "problem" || verdict === "watch")
  const undecided = given.filter(({ verdict }) => verdict === "too-few-data").length
  if (given.length === 0) return html`<p class="text muted">${findingsWords.none[language]}</p>`
  if (open.length === 0)
    return html`<p class="text">${findingsWords.nothingToAct[language]}${undecided > 0 && ` (${findingsWords.undecided(undecided)[language]})`}</p>`
  return html`<ul class="short">${open
    .slice(0, mostInShort)
    .map(
      (finding) => html`<li>${verdictChip(finding, language)}<span>${prose(describe(finding, language))}</span></li>`,
    )}</ul>`
}

const mostInShort = 5

const verdictChip = ({ verdict }: Finding, language: Language): Html =>
  html`<span class="chip ${className(verdict)}">${verdictText(verdict, language)}</span>`

const list = (given: ReadonlyArray<Finding>, language: Language): Html =>
  table(
    given,
    [
      {
        title: findingsWords.question[language],
        cell: (finding) => [
          titleOf(finding.question, language),
          finding.subject !== undefined && html` <span class="muted">${subjectOf(finding, language)}</span>`,
        ],
      },
      {
        title: findingsWords.verdict[language],
        cell: (finding) => verdictChip(finding, language),
        kind: "nowrap",
      },
      {
        title: findingsWords.finding[language],
        cell: (finding) => [describe(finding, language), evidence(finding.evidence, findingsWords.evidence[language])],
        kind: "wide",
      },
      ...(given.some(({ action }) => action !== undefined)
        ? [
            {
              title: findingsWords.action[language],
              cell: ({ action }: Finding) => action && actionText(action, language),
            },
          ]
        : []),
    ],
    { label: findingsWords.heading[language], stack: true },
  )
