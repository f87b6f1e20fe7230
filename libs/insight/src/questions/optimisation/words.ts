import { flag, number, optional, orNull, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

/** What clipping and warmup cure, among the best trials. */
const watched = {
  gradientNormSpikes: orNull(number),
  clipAt: orNull(number),
  earlyBlowUps: number,
  everyStepEvaluated: flag,
}

export const nearWall = telling({
  subject: text,
  evidence: {
    ...watched,
    points: number,
    unstable: number,
    wall: flag,
    wallAt: number,
    closeBelow: flag,
    /** Mean coordinate, 1 at the wall. */
    bestFewAt: number,
    chanceOfCrowding: number,
    chanceOfTrend: number,
    bestUnstable: flag,
  },
  en: (e, { verdict, subject }) =>
    verdict === "problem"
      ? `The training loss rises at ${subject} above about ${shortNumber(e.wallAt)}, and the best stable trials lie right below: curing the instability should give better results.`
      : seen.en(
          e,
          e.closeBelow
            ? `the training loss rises at ${subject} above about ${shortNumber(e.wallAt)}, and the best stable trials may lie just below`
            : "",
          e.bestUnstable,
        ),
  ja: (e, { verdict, subject }) =>
    verdict === "problem"
      ? `${subject} が約 ${shortNumber(e.wallAt)} を超えるとトレーニング損失が上昇し，安定した最良の試行はそのすぐ下にあります．不安定性を直せば結果が良くなるはずです．`
      : seen.ja(
          e,
          e.closeBelow
            ? `${subject} が約 ${shortNumber(e.wallAt)} を超えるとトレーニング損失が上昇し，安定した最良の試行はそのすぐ下にあるかもしれません`
            : "",
          e.bestUnstable,
        ),
})

/** No rate above which the training loss always rises. */
export const withoutWall = telling({
  subject: text,
  evidence: { ...watched, points: number, unstable: number, wall: flag, bestUnstable: flag },
  en: (e) => seen.en(e, "", e.bestUnstable),
  ja: (e) => seen.ja(e, "", e.bestUnstable),
})

/** Where the training loss cannot be judged against the learning rate, what is seen of the best all the same. */
export const amongBest = telling({
  subject: optional(text),
  evidence: {
    ...watched,
    missing: optional(text),
    points: optional(number),
    evaluations: optional(number),
    trialsNeeded: optional(number),
    needed: optional(number),
  },
  en: (e) => seen.en(e, "", false),
  ja: (e) => seen.ja(e, "", false),
})

interface Watched {
  readonly gradientNormSpikes: number | null
  readonly clipAt: number | null
  readonly earlyBlowUps: number
  readonly everyStepEvaluated: boolean
}

const seen = {
  en: (e: Watched, wall: string, bestUnstable: boolean): string => {
    const signs = [
      e.gradientNormSpikes !== null && e.gradientNormSpikes > 0 && e.clipAt !== null
        ? `${shortNumber(e.gradientNormSpikes)} of the best trials have gradient-norm spikes (90th percentile ${shortNumber(e.clipAt)}, where clipping would start)`
        : "",
      e.earlyBlowUps > 0 ? `${shortNumber(e.earlyBlowUps)} of the best trials blow up early and recover` : "",
      wall,
      bestUnstable ? "the training loss of some of the best trials rises" : "",
    ].filter((sign) => sign !== "")
    const blind = e.everyStepEvaluated ? "" : " (An early blow-up shows only if every step is evaluated.)"
    return signs.length > 0 ? `${signs.join("; ")}.${blind}` : `No instability holds back the best trials.${blind}`
  },
  ja: (e: Watched, wall: string, bestUnstable: boolean): string => {
    const signs = [
      e.gradientNormSpikes !== null && e.gradientNormSpikes > 0 && e.clipAt !== null
        ? `最良の試行のうち${shortNumber(e.gradientNormSpikes)}個に勾配ノルムの急上昇があります（90パーセンタイル ${shortNumber(e.clipAt)}，クリッピングの出発点）`
        : "",
      e.earlyBlowUps > 0
        ? `最良の試行のうち${shortNumber(e.earlyBlowUps)}個が初期に不安定になり，その後回復しています`
        : "",
      wall,
      bestUnstable ? "最良の試行の一部でトレーニング損失が上昇しています" : "",
    ].filter((sign) => sign !== "")
    const blind = e.everyStepEvaluated ? "" : "（初期の不安定性は，全ステップを評価しなければ見えません．）"
    return signs.length > 0 ? `${signs.join("．")}．${blind}` : `最良の試行を妨げる不安定性は見られません．${blind}`
  },
}
