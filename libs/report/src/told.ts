import { describe } from "@tanren/insight"
import { describeAnswer, describeCaveat, describeLaunch } from "@tanren/playbook"
import type { AnswerReport, CaveatReport, LaunchReport, ReportData } from "./data.ts"
import type { Words } from "./language/index.ts"

/** Recorded outcomes as sentences in the reader's language; what was recorded without its numbers stays as it is. */
export const answerSentence = (answer: AnswerReport, words: Words): string => describeAnswer(answer, words.language)

/** What the rule decided, and then what a person said to it; a proposal that was not followed is called one. */
export const launchSentence = (launch: LaunchReport, words: Words): string => {
  const { proposal, decision } = launch
  const told = launchTold(launch, words)
  return proposal === undefined || proposal.decision === decision ? told : words.proposed(told)
}

const launchTold = ({ proposal, person, silent, text }: LaunchReport, words: Words): string => {
  if (words.language === "en" || proposal === undefined) return text
  const asked = proposal.decision === "adopt" && (person != null || silent !== undefined)
  const said =
    person == null ? words.person.silent(silent ?? "keep") : words.person[person.word](person.by, person.note)
  return `${describeLaunch(proposal, words.language)}${asked ? said : ""}`
}

/** Any rule's outcome that has a text. */
export const outcomeSentence = (outcome: { readonly text: string; readonly rule?: string }, words: Words): string => {
  const answer = describeAnswer(outcome, words.language)
  return answer === outcome.text ? describeLaunch(outcome, words.language) : answer
}

export const caveatSentence = (caveat: CaveatReport, words: Words): string => {
  if (typeof caveat === "string") return caveat
  if ("question" in caveat) return words.language === "en" ? caveat.text : describe(caveat, words.language)
  return "hyperparameter" in caveat ? describeCaveat(caveat, words.language) : caveat.text
}

/** Caveats of the whole campaign. */
export const campaignCaveats = ({ caveats = [], backends = [] }: ReportData, words: Words): ReadonlyArray<string> => [
  ...caveats.map((caveat) => caveatSentence(caveat, words)),
  ...(backends.length > 1 ? [words.mixedBackends(backends.join(", "))] : []),
]
