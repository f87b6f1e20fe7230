import { grouped, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import { continuingText, type GoingOn, goingOnText } from "./continuing.words.ts"
import type { RoundDecided } from "./round-decision.ts"
import { extensionText } from "./schedule-extension.words.ts"

type Untold = Omit<RoundDecided, "text">

const lengthOf = ({ layout, round }: Untold): string => grouped(layout.rounds[round - 1]?.training.maxTrainSteps ?? 0)
const lengthBefore = ({ layout, round }: Untold): string =>
  grouped(layout.rounds[round - 2]?.training.maxTrainSteps ?? 0)

/** Why nothing runs, as the end of a sentence. */
export const lackingText: Told<ReadonlyArray<string>> = {
  en: (duties) =>
    `the work asks the program for a learning rate schedule, warmup or clipping that it does not promise to honour (it declares no ${duties.map((duty) => `\`${duty}\``).join(", ")})`,
  ja: (duties) =>
    `この作業が求める学習率スケジュール，ウォームアップ，またはクリッピングを，プログラムが約束していません（${duties.map((duty) => `\`${duty}\``).join(", ")} を宣言していません）`,
}

/** Why rounds that were asked for became one. */
const single: Told<Untold> = {
  en: (decided) =>
    decided.nothingToGrowTo
      ? ` (what stands trains ${lengthOf(decided)} steps already, so there is nothing to grow to)`
      : "",
  ja: (decided) =>
    decided.nothingToGrowTo
      ? `（現在の設定がすでに ${lengthOf(decided)} ステップ学習するため，長さは伸ばしません）`
      : "",
}

/** Points that go on for having won a goal's re-runs: single trials beside them are flattered by luck. */
const winners: Told<Untold["carried"]> = {
  en: (carried) => {
    const won = carried.filter(({ wonRerun }) => wonRerun === true).length
    return won === 0 ? "" : ` (among them ${plural(won, "winner")} of the goals' re-runs)`
  },
  ja: (carried) => {
    const won = carried.filter(({ wonRerun }) => wonRerun === true).length
    return won === 0 ? "" : `（うち ${won} 点は目標の再実行での最良の点）`
  },
}

/** Null where its runs all begin at their first step. */
const goingOnIn = ({ study }: Untold): GoingOn | null => {
  const from = (study?.goesOn ?? []).flatMap((one) => one ?? [])
  const [first] = from
  return first === undefined ? null : { runs: from.length, of: study?.trials ?? 0, step: first.step }
}

/** What of a round is not trained twice, where that is asked for; empty where it is not. */
export const roundContinuesText: Told<Untold> = {
  en: (decided) => {
    const goesOn = goingOnIn(decided)
    return [
      goesOn === null ? "" : goingOnText.en(goesOn),
      decided.continuing === undefined ? "" : continuingText.en(decided.continuing),
    ]
      .filter((part) => part !== "")
      .join(" ")
  },
  ja: (decided) => {
    const goesOn = goingOnIn(decided)
    return [
      goesOn === null ? "" : goingOnText.ja(goesOn),
      decided.continuing === undefined ? "" : continuingText.ja(decided.continuing),
    ].join("")
  },
}

/** What a round runs, in plain words. */
export const roundText: Told<Untold> = {
  en: (decided) => [ranText.en(decided), roundContinuesText.en(decided)].filter((part) => part !== "").join(" "),
  ja: (decided) => `${ranText.ja(decided)}${roundContinuesText.ja(decided)}`,
}

const ranText: Told<Untold> = {
  en: (decided) => {
    const { round, study, carried, outOf, extension, layout, lacking } = decided
    if (lacking.length > 0) return `Nothing is trained: ${lackingText.en(lacking)}.`
    const of =
      layout.rounds.length > 1 ? `Round ${round} of ${layout.rounds.length}` : `The one round${single.en(decided)}`
    if (round > 1) {
      const points =
        carried.length === 0
          ? "none of its points gave a value"
          : `the ${plural(carried.length, "best point")} of its ${outOf}${winners.en(carried)}`
      const schedule = extension === null ? "" : ` ${extensionText.en(extension)}`
      return `${of}: from ${lengthBefore(decided)} to ${lengthOf(decided)} steps go what stands and ${points}.${schedule}`
    }
    if (study === null)
      return `${of}: the trials of the goals before it, of ${lengthOf(decided)} steps, count as this round.`
    return `${of}: ${plural(study.trials, "trial")} of ${lengthOf(decided)} steps, a quasi-random search.`
  },
  ja: (decided) => {
    const { round, study, carried, outOf, extension, layout, lacking } = decided
    if (lacking.length > 0) return `何も学習しません：${lackingText.ja(lacking)}．`
    const of =
      layout.rounds.length > 1 ? `ラウンド ${round}/${layout.rounds.length}` : `唯一のラウンド${single.ja(decided)}`
    if (round > 1) {
      const points =
        carried.length === 0
          ? "（値を出した点はありません）"
          : `と，${outOf} 点のうち最良の ${carried.length} 点${winners.ja(carried)}`
      const schedule = extension === null ? "" : extensionText.ja(extension)
      return `${of}：${lengthBefore(decided)} ステップから ${lengthOf(decided)} ステップへ進むのは，現在の設定${points}です．${schedule}`
    }
    if (study === null) return `${of}：先行する目標の ${lengthOf(decided)} ステップの試行を，このラウンドとみなします．`
    return `${of}：${lengthOf(decided)} ステップの準ランダム探索を ${study.trials} 試行．`
  },
}
