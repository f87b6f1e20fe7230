import { formatValue } from "@tanren/terms"
import type { Language } from "@tanren/words"
import { ANSWER_RULE, type Answer } from "./adopting-a-change/answer.ts"
import { answerParagraphs } from "./adopting-a-change/answer-text.ts"
import { answerParagraphsJapanese } from "./adopting-a-change/answer-text-japanese.ts"
import { LAUNCH_RULE, type LaunchDecision } from "./adopting-a-change/launch.ts"
import { launchTextJapanese } from "./adopting-a-change/launch-text-japanese.ts"
import type { Caveat } from "./scientific-nuisance-fixed/caveats.ts"

/**
 * Recorded outcomes as a reader's language has them. English is what was recorded; another language is told from the
 * same recorded numbers. What another version of a rule recorded stays in English: its numbers may mean other things.
 */
export const describeAnswer = (
  answer: { readonly text: string; readonly rule?: string },
  language: Language,
): string => (language === "ja" && isAnswer(answer) ? answerParagraphsJapanese(answer).join("") : answer.text)

/** The same in its paragraphs, where the recorded numbers tell how the sentence that was recorded falls into them. */
export function answerParagraphsOf(
  answer: { readonly text: string; readonly rule?: string },
  language: Language,
): ReadonlyArray<string> {
  if (!isAnswer(answer)) return [answer.text]
  if (language === "ja") return answerParagraphsJapanese(answer)
  const told = answerParagraphs(answer)
  return told.join(" ") === answer.text ? told : [answer.text]
}

export const describeLaunch = (
  launch: { readonly text: string; readonly rule?: string },
  language: Language,
): string => (language === "ja" && isLaunch(launch) ? launchTextJapanese(launch) : launch.text)

export const describeCaveat = ({ hyperparameter, value, from, text }: Caveat, language: Language): string =>
  language === "ja" ? `${hyperparameter} ${formatValue(value)} の場合に限ります${origins[from] ?? ""}` : text

const isAnswer = (given: { readonly rule?: string }): given is Answer =>
  given.rule === ANSWER_RULE && "verdict" in given

const isLaunch = (given: { readonly rule?: string }): given is LaunchDecision =>
  given.rule === LAUNCH_RULE && "because" in given

const origins: Readonly<Partial<Record<Caveat["from"], string>>> = {
  convention: "（一般に使われる値．ベースラインでは無効で，値がありません）",
  middle: "（範囲の中央．ベースラインでは無効で，値がありません）",
}
