import { describe } from "@tanren/insight"
import { describeCaveat, describeLaunch, describeLooks, describeOutcome } from "@tanren/playbook"
import type { Language, Text } from "@tanren/words"
import type { CaveatReport, LaunchReport, ReportData } from "./data.ts"
import { launchWords } from "./launch.words.ts"
import { caveatsWords } from "./sections/caveats.words.ts"

/**
 * What the rule decided, in the reader's language, and then what a person said to it; a proposal that was not followed
 * is called one. What was recorded without its numbers stays as it is.
 */
export const launchSentence = (launch: LaunchReport, language: Language): string => {
  const { proposal, decision } = launch
  const told = launchTold(launch, language)
  return proposal === undefined || proposal.decision === decision ? told : launchWords.proposed(told)[language]
}

const launchTold = ({ proposal, person, silent, text }: LaunchReport, language: Language): string => {
  if (language === "en" || proposal === undefined) return text
  const asked = proposal.decision === "adopt" && (person != null || silent !== undefined)
  return `${describeLaunch(proposal, language)}${asked ? wordOf(person, silent)[language] : ""}`
}

const wordOf = (person: LaunchReport["person"], silent: LaunchReport["silent"]): Text => {
  if (person == null) return launchWords.silent(silent ?? "keep")
  const { word, by, note } = person
  return word === "approve" ? launchWords.approve(by, note) : launchWords.reject(by, note)
}

/** Any rule's outcome that has a text; undefined where it is not told in the reader's language. */
export const outcomeSentence = (
  outcome: { readonly text: string; readonly rule?: string },
  language: Language,
): string | undefined => describeOutcome(outcome, language)

export const caveatSentence = (caveat: CaveatReport, language: Language): string => {
  if (typeof caveat === "string") return caveat
  if ("question" in caveat) return language === "en" ? caveat.text : describe(caveat, language)
  return "hyperparameter" in caveat ? describeCaveat(caveat, language) : caveat.text
}

/** Caveats of the whole campaign. */
export const campaignCaveats = (data: ReportData, language: Language): ReadonlyArray<string> => {
  const { caveats = [], backends = [], goals } = data
  const looks = describeLooks(
    goals.flatMap(({ launch }) => launch?.proposal ?? []),
    language,
  )
  return [
    ...caveats.map((caveat) => caveatSentence(caveat, language)),
    ...(backends.length > 1 ? [caveatsWords.mixedBackends(backends.join(", "))[language]] : []),
    ...(looks === "" ? [] : [looks]),
  ]
}
