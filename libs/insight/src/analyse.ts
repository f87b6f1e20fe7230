import type { Finding } from "@tanren/terms"
import { about } from "./describe.ts"
import type { Question } from "./question.ts"
import { type QuestionId, questions } from "./questions/index.ts"
import type { InsightInput } from "./study/input.ts"
import { readStudy, type Study } from "./study/study.ts"

/** Recorded beside every decision that was made with these rules and thresholds: a change never rewrites the past. */
export const ruleVersion = 14

/**
 * Every question of the checklist about one set of trials. A pure function: the same input gives the same findings.
 * Never throws on what trials hold (NaN, infinities, missing metrics, duplicates): what cannot be judged comes out as
 * `too-few-data`.
 */
export const analyse = (input: InsightInput): ReadonlyArray<Finding> => {
  const study = readStudy(input)
  return questions.flatMap((question) => answer(question, study))
}

/** One question about a study; no findings where there is nothing to ask, such as a comparison of nothing. */
export const ask = (id: QuestionId, study: Study): ReadonlyArray<Finding> =>
  questions.filter((question) => question.id === id).flatMap((question) => answer(question, study))

/** Whether a finding is one of the question's; of a record, it may be of a question that this version does not ask. */
export const answers =
  (id: QuestionId) =>
  ({ question }: Pick<Finding, "question">): boolean =>
    question === id

const answer = ({ id, judge }: Question, study: Study): ReadonlyArray<Finding> =>
  judge(study).map(({ text, ...judged }) => {
    const found = { question: id, ...judged }
    return { ...found, text: text(about(found, "en")) }
  })
