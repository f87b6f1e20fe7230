import type { Finding } from "@tanren/terms"
import { type Language, verdictText } from "@tanren/words"
import { whyNot } from "./lacking.ts"
import type { Question } from "./question.ts"
import { questions } from "./questions/index.ts"
import type { AnyTelling } from "./telling.ts"

const judgedVerdicts: ReadonlyArray<string> = ["fine", "watch", "problem"]

/**
 * A finding in a sentence or two. Findings are recorded with their English sentence; in another language they are told
 * from their evidence. Where that is not what today's rules write (an older version's record, a question that is gone),
 * the recorded sentence is quoted. Never throws.
 */
export const describe = (finding: Finding, language: Language): string => {
  if (language === "en") return finding.text
  const why = finding.verdict === "too-few-data" ? whyNot(finding.evidence, language) : undefined
  if (why !== undefined && questionOf(finding) !== undefined) return `${about(finding, language)}：${why}`
  const found = judgedVerdicts.includes(finding.verdict) ? tellingOf(finding) : undefined
  return found === undefined ? quoted(finding, language) : found.tell(finding, language)
}

/** Why a question was not judged, without its name; undefined where the evidence does not say. */
export const whyNotJudged = ({ verdict, evidence }: Finding, language: Language): string | undefined =>
  verdict === "too-few-data" ? whyNot(evidence, language) : undefined

const quoted = (finding: Finding, language: Language): string =>
  `${titleOf(finding.question, language)}：${verdictText(finding.verdict, language)}（以前の版の規則による所見，英語のまま：${finding.text}）`

/** A question and its subject, as what is not judged is listed: by id in English, by name in Japanese. */
export const about = ({ question, subject }: Pick<Finding, "question" | "subject">, language: Language): string => {
  const name = language === "en" ? question : (byId(question)?.name[language] ?? question)
  if (typeof subject !== "string") return name
  return language === "en" ? `${name} (${subject})` : `${name}（${subject}）`
}

/** A question as it is asked; an id that no rule knows as it is. */
export const titleOf = (question: string, language: Language): string => byId(question)?.title[language] ?? question

/** What a finding is about, in the middle of a sentence: `search space edge of learning_rate`. */
export const nameOf = (finding: Finding): string => {
  const name = tellingOf(finding)?.name ?? questionOf(finding)?.name
  const english = name?.en ?? finding.question.replaceAll("-", " ")
  return typeof finding.subject !== "string" ? english : `${english} of ${finding.subject}`
}

/** The hyperparameter, scientific value or curve that a finding speaks of; "" where it speaks of the whole study. */
export const subjectOf = (finding: Finding, language: Language): string => {
  const { subject } = finding
  const called = questionOf(finding)?.tellings.find((telling) => telling.called && telling.isSubject(subject))?.called
  return called?.[language] ?? (typeof subject === "string" ? subject : "")
}

const byId = (id: string): Question | undefined => questions.find((question) => question.id === id)

const questionOf = ({ question }: Finding): Question | undefined => byId(question)

/** Of a recorded finding, the kind of finding that it is. */
const tellingOf = (finding: Finding): AnyTelling | undefined =>
  questionOf(finding)?.tellings.find(({ fits }) => fits(finding))
