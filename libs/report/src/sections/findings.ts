import type { Finding } from "@tanren/insight"
import { actionText } from "../actions.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { table } from "../table.ts"
import { evidence } from "./evidence.ts"

const urgency: Readonly<Record<string, number>> = { problem: 0, watch: 1, "too-few-data": 2, fine: 3 }

/** What needs acting on first; the verdict in words, never by colour alone. */
export const findings = (given: ReadonlyArray<Finding>, words: Words): Html => {
  const sorted = [...given].sort((a, b) => (urgency[a.verdict] ?? 4) - (urgency[b.verdict] ?? 4))
  const { columns } = words
  if (given.length === 0) return html`<h3>${words.headings.findings}</h3><p class="muted">${words.noFindings}</p>`
  return html`<h3>${words.headings.findings}</h3>${table(
    sorted,
    [
      {
        title: columns.question,
        cell: (finding) => [
          words.questions[finding.question] ?? finding.question,
          finding.subject !== undefined && html` <span class="muted">${finding.subject}</span>`,
        ],
      },
      {
        title: columns.verdict,
        cell: (finding) =>
          html`<span class="chip ${finding.verdict}">${words.verdicts[finding.verdict] ?? finding.verdict}</span>`,
        kind: "nowrap",
      },
      {
        title: columns.finding,
        cell: (finding) => [finding.text, evidence(finding.evidence, words.evidence)],
        kind: "wide",
      },
      { title: columns.action, cell: (finding) => actionText(finding.action, words) },
    ],
    { label: words.headings.findings, stack: true },
  )}`
}
