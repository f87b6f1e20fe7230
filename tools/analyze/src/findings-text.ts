import { about, describe, whyNotJudged } from "@tanren/insight"
import { findingsText } from "@tanren/report"
import type { Finding } from "@tanren/terms"
import type { Language } from "@tanren/words"
import { findingsWords } from "./findings.words.ts"
import { plain } from "./reading-text.ts"

/** What needs acting on first, then what deserves a look, what could not be judged and why, and what is fine. */
export const verdictsText = (findings: ReadonlyArray<Finding>, language: Language = "en", width = 80): string => {
  const open = findings.filter(({ verdict }) => verdict === "problem" || verdict === "watch")
  const unjudged = findings.filter(({ verdict }) => verdict === "too-few-data")
  const fine = findings.filter(({ verdict }) => verdict === "fine")
  const blocks = [
    open.length === 0 ? findingsWords.nothing[language] : findingsText(open, { language, width }),
    ...(unjudged.length === 0
      ? []
      : [[findingsWords.unjudged[language], ...unjudgedLines(unjudged, language)].join("\n")]),
    ...(fine.length === 0 ? [] : [findingsWords.fine(bySubject(fine))[language]]),
  ]
  return blocks.join("\n\n")
}

/** Questions that lack the same data share a line. */
const unjudgedLines = (findings: ReadonlyArray<Finding>, language: Language): ReadonlyArray<string> => {
  const byReason = new Map<string, Array<string>>()
  for (const finding of findings) {
    const reason = whyNotJudged(finding, language) ?? describe(finding, language)
    byReason.set(reason, [...(byReason.get(reason) ?? []), about(finding, language)])
  }
  const colon = language === "ja" ? "：" : ": "
  return [...byReason].map(([reason, abouts]) => plain(`  - ${abouts.join(", ")}${colon}${reason}`))
}

/** `search-space-edge (momentum, layers), sampling`. */
const bySubject = (findings: ReadonlyArray<Finding>): string => {
  const subjects = new Map<string, Array<string>>()
  for (const { question, subject } of findings)
    subjects.set(question, [...(subjects.get(question) ?? []), ...(subject === undefined ? [] : [subject])])
  return plain(
    [...subjects]
      .map(([question, names]) => (names.length === 0 ? question : `${question} (${names.join(", ")})`))
      .join(", "),
  )
}
