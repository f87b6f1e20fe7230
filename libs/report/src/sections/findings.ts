import { describe } from "@tanren/insight"
import type { Finding } from "@tanren/terms"
import { actionText, verdictText } from "@tanren/words"
import { className, type Html, html, prose } from "../html.ts"
import type { Words } from "../language/index.ts"
import { table } from "../table.ts"
import { evidence } from "./evidence.ts"

const urgency: Readonly<Record<string, number>> = { problem: 0, watch: 1, "too-few-data": 2, fine: 3 }

export const byUrgency = (given: ReadonlyArray<Finding>): ReadonlyArray<Finding> =>
  [...given].sort((a, b) => (urgency[a.verdict] ?? 4) - (urgency[b.verdict] ?? 4))

/** What needs acting on first; the verdict in words, never by colour alone; what is fine, or cannot be judged, folded away. */
export const findings = (given: ReadonlyArray<Finding>, words: Words): Html => {
  const sorted = byUrgency(given)
  const fine = sorted.filter((finding) => finding.verdict === "fine")
  const undecided = sorted.filter((finding) => finding.verdict === "too-few-data")
  const open = sorted.filter((finding) => !fine.includes(finding) && !undecided.includes(finding))
  return html`<h3>${words.headings.findings}</h3>
${given.length === 0 && html`<p class="muted">${words.noFindings}</p>`}
${open.length > 0 ? list(open, words) : given.length > 0 && html`<p>${words.nothingToAct}</p>`}
${folded(words.undecidedFindings(undecided.length), undecided, words)}
${folded(words.fineFindings(fine.length), fine, words)}`
}

const folded = (title: string, given: ReadonlyArray<Finding>, words: Words): Html =>
  given.length === 0 ? html`` : html`<details class="block"><summary>${title}</summary>${list(given, words)}</details>`

/** The findings that ask for something, in a few lines. */
export const inShort = (given: ReadonlyArray<Finding>, words: Words): Html => {
  const open = byUrgency(given).filter(({ verdict }) => verdict === "problem" || verdict === "watch")
  const undecided = given.filter(({ verdict }) => verdict === "too-few-data").length
  if (given.length === 0) return html`<p class="text muted">${words.noFindings}</p>`
  if (open.length === 0)
    return html`<p class="text">${words.nothingToAct}${undecided > 0 && ` (${words.undecidedFindings(undecided)})`}</p>`
  return html`<ul class="short">${open
    .slice(0, mostInShort)
    .map(
      (finding) => html`<li>${verdictChip(finding, words)}<span>${prose(findingSentence(finding, words))}</span></li>`,
    )}</ul>`
}

const mostInShort = 5

const verdictChip = ({ verdict }: Finding, words: Words): Html =>
  html`<span class="chip ${className(verdict)}">${verdictText(verdict, words.language)}</span>`

const list = (given: ReadonlyArray<Finding>, words: Words): Html => {
  const { columns } = words
  return table(
    given,
    [
      {
        title: columns.question,
        cell: (finding) => [
          words.questions[finding.question] ?? finding.question,
          finding.subject !== undefined && html` <span class="muted">${subjectText(finding.subject, words)}</span>`,
        ],
      },
      {
        title: columns.verdict,
        cell: (finding) => verdictChip(finding, words),
        kind: "nowrap",
      },
      {
        title: columns.finding,
        cell: (finding) => [findingSentence(finding, words), evidence(finding.evidence, words.evidence)],
        kind: "wide",
      },
      ...(given.some(({ action }) => action !== undefined)
        ? [{ title: columns.action, cell: ({ action }: Finding) => action && actionText(action, words.language) }]
        : []),
    ],
    { label: words.headings.findings, stack: true },
  )
}

/** A hyperparameter or a scientific value by its name; the rules' own word for all of them in the reader's language. */
const subjectText = (subject: string, words: Words): string => (subject === "all trials" ? words.allTrials : subject)

/** Findings are recorded with their English sentence; another language is told from the same evidence. */
export const findingSentence = (finding: Finding, words: Words): string =>
  words.language === "en" || !(finding.question in words.questions) ? finding.text : describe(finding, words.language)
