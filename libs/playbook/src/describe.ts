import { holds, oneOf, text, value } from "@tanren/terms/fields"
import type { Language } from "@tanren/words"
import { answerParagraphs } from "./adopting-a-change/answer.words.ts"
import { launchText } from "./adopting-a-change/launch.words.ts"
import { looksOf } from "./adopting-a-change/looks.ts"
import { looksText } from "./adopting-a-change/looks.words.ts"
import { isAnswer, isLaunch } from "./adopting-a-change/recorded.ts"
import { batchText } from "./after-exploration/batch.words.ts"
import { finalParagraphs } from "./after-exploration/final-answer.words.ts"
import { modelCandidatesText } from "./after-exploration/model-candidates.words.ts"
import { isBatch, isFinalAnswer, isModelCandidates, isRefinedSpace, isTestLook } from "./after-exploration/recorded.ts"
import type { RefinedSpace } from "./after-exploration/refined-space.ts"
import { refinedSpaceText, spaceNotes } from "./after-exploration/refined-space.words.ts"
import { testLookText } from "./after-exploration/test-look.words.ts"
import type { Work } from "./campaign/campaign.ts"
import { isRound, isRoundsAnswer, isSuspicionAtLength, isTransfer } from "./compute-bound/recorded.ts"
import type { RoundDecided } from "./compute-bound/round-decision.ts"
import { roundContinuesText, roundText } from "./compute-bound/round-decision.words.ts"
import { answerParagraphs as roundsParagraphs } from "./compute-bound/rounds-answer.words.ts"
import { suspicionsText } from "./compute-bound/suspicion.words.ts"
import type { LongerProposed } from "./compute-bound/train-longer.ts"
import { longerText } from "./compute-bound/train-longer.words.ts"
import type { Confidence, Expectation } from "./compute-bound/transfer.ts"
import { confidenceWords, expectationCaveats, transferText } from "./compute-bound/transfer.words.ts"
import type { Caveat } from "./scientific-nuisance-fixed/caveats.ts"
import { caveatText, origins } from "./scientific-nuisance-fixed/caveats.words.ts"

/** A rule's outcome as a record has it, of this version of the rule or of another. */
interface Recorded {
  readonly text: string
  readonly rule?: string
}

/*
 * Recorded outcomes as a reader's language has them. English is what was recorded; another language is told from the
 * same recorded numbers. What another version of a rule recorded stays in English, and says so: its numbers may mean
 * other things.
 */

/** An answer in paragraphs; undefined where it is none that this one tells. */
type Teller = (answer: Recorded, language: Language) => ReadonlyArray<string> | undefined

/** How the answer of each kind of work is told. A record names its rule and not its kind: the first that it fits tells. */
const tellers: Readonly<Record<Work["kind"], Teller>> = {
  goal: (answer, language) => (isAnswer(answer) ? answerParagraphs[language](answer) : undefined),
  "final-tuning": (answer, language) => (isFinalAnswer(answer) ? finalParagraphs[language](answer) : undefined),
  rounds: (answer, language) => (isRoundsAnswer(answer) ? roundsParagraphs[language](answer) : undefined),
}

const toldAnswer: Teller = (answer, language) =>
  Object.values(tellers)
    .map((tell) => tell(answer, language))
    .find((told) => told !== undefined)

export const describeAnswer = (answer: Recorded, language: Language): string => {
  if (language === "en") return answer.text
  return toldAnswer(answer, language)?.join("") ?? asRecorded(answer, language)
}

/** The same in its paragraphs, where the recorded numbers tell how the sentence that was recorded falls into them. */
export function answerParagraphsOf(answer: Recorded, language: Language): ReadonlyArray<string> {
  const told = toldAnswer(answer, language)
  if (told === undefined) return [describeAnswer(answer, language)]
  return language !== "en" || told.join(" ") === answer.text ? told : [answer.text]
}

export const describeLaunch = (launch: Recorded, language: Language): string =>
  language === "en" ? launch.text : isLaunch(launch) ? launchText[language](launch) : asRecorded(launch, language)

/** What so many launches of one campaign come to by chance; empty where there were fewer than two. */
export const describeLooks = (launches: Parameters<typeof looksOf>[0], language: Language): string =>
  looksText[language](looksOf(launches))

export const describeCaveat = (caveat: Caveat, language: Language): string =>
  language === "en"
    ? caveat.text
    : holds(caveatFields, caveat)
      ? caveatText[language](caveat)
      : asRecorded(caveat, language)

const caveatFields = { hyperparameter: text, value, from: oneOf(...Object.keys(origins)) }

/** Any rule's outcome; undefined where it is not told in this language: most rules have their English alone. */
export const describeOutcome = (outcome: Recorded, language: Language): string | undefined => {
  if (language === "en") return outcome.text
  if (isLaunch(outcome)) return launchText[language](outcome)
  if (isRefinedSpace(outcome)) return refinedSpaceText[language](outcome)
  if (isBatch(outcome)) return batchText[language](outcome)
  if (isTestLook(outcome)) return testLookText[language](outcome)
  if (isModelCandidates(outcome)) return modelCandidatesText[language](outcome)
  if (isRound(outcome)) return roundText[language](outcome)
  if (isSuspicionAtLength(outcome)) return suspicionsText[language](outcome)
  if (isTransfer(outcome)) return transferText[language](outcome)
  return toldAnswer(outcome, language)?.join("")
}

/** What a table of the refined ranges leaves unsaid; empty where that is nothing. */
export const describeSpaceNotes = (space: RefinedSpace, language: Language): string => spaceNotes[language](space)

/** What of a round goes on from shorter runs, or may be gone on from; empty where nothing of the kind was asked. */
export const describeContinuing = (round: RoundDecided, language: Language): string =>
  isRound(round) ? roundContinuesText[language](round) : ""

/** Longer training, proposed to whoever may append it to the agenda. */
export const describeLonger = (proposed: LongerProposed, language: Language): string => longerText[language](proposed)

/** How likely the playbook holds that a good value carries over to longer training. */
export const confidenceText = (confidence: Confidence, language: Language): string =>
  confidenceWords[confidence][language]

/** How sure the playbook is of that. */
export const confidenceCaveats = (
  expectations: ReadonlyArray<Pick<Expectation, "meaning">>,
  language: Language,
): string => expectationCaveats[language](expectations)

const asRecorded = ({ text }: Recorded, language: Exclude<Language, "en">): string => `${text}${notes[language]}`

const notes = { ja: "（この規則の以前の版による記録のため，記録された英文のまま示します．）" } as const
