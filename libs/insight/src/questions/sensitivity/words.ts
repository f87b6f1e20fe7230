import { absent, flag, group, listOf, number, optional, orNull, text } from "@tanren/terms/fields"
import { shortNumber, wholePercent } from "@tanren/words"
import { telling } from "../../telling.ts"

export const overall = telling({
  subject: absent,
  evidence: {
    points: number,
    nothing: flag,
    explained: number,
    /** Of the strongest sign of any effect. */
    chance: number,
    /** Of neighbours along some hyperparameter so alike, whatever the form of what it does. */
    chanceOfNeighbours: optional(number),
    spread: number,
    noise: orNull(number),
    chanceBeyondNoise: orNull(number),
    /** The one that explains most first. */
    ranked: listOf(group({ hyperparameter: text, share: number, chance: number })),
  },
  en: (e, { verdict }) => {
    const noise = e.noise === null ? "" : ` (${shortNumber(e.noise)})`
    if (verdict === "problem")
      return `Nothing had an effect: the trials vary by ${shortNumber(e.spread)}, which retraining noise${noise} explains and no hyperparameter does.`
    if (verdict === "watch" && e.noise === null)
      return "No hyperparameter's effect is visible; without repeats, this cannot be compared with retraining noise."
    if (verdict === "watch")
      return e.spread <= (e.noise ?? 0)
        ? `No hyperparameter's effect is visible, and the trials vary by ${shortNumber(e.spread)}, no more than retraining noise${noise}. There are too few trials to tell whether nothing has an effect.`
        : `No hyperparameter's effect is visible, though the trials vary by more (${shortNumber(e.spread)}) than retraining noise${noise}.`
    const [first] = e.ranked
    return first === undefined
      ? "No hyperparameter varied."
      : `The result depends most on ${first.hyperparameter} (${wholePercent(first.share)} of the variance, over the ranges searched)${thenOf(e.ranked, ", then on ", " and ")}.`
  },
  ja: (e, { verdict }) => {
    const noise = e.noise === null ? "" : `（${shortNumber(e.noise)}）`
    if (verdict === "problem")
      return `何も効果がありませんでした．試行のばらつき ${shortNumber(e.spread)} は再学習のばらつき${noise}で説明でき，どのハイパーパラメータでも説明できません．`
    if (verdict === "watch" && e.noise === null)
      return "どのハイパーパラメータの効果も見えません．繰り返しがないため，再学習のばらつきとは比べられません．"
    if (verdict === "watch")
      return e.spread <= (e.noise ?? 0)
        ? `どのハイパーパラメータの効果も見えず，試行のばらつき ${shortNumber(e.spread)} は再学習のばらつき${noise}を超えません．試行が少なく，本当に効果がないのかは判断できません．`
        : `どのハイパーパラメータの効果も見えませんが，試行のばらつき（${shortNumber(e.spread)}）は再学習のばらつき${noise}より大きいです．`
    const [first] = e.ranked
    return first === undefined
      ? "変化したハイパーパラメータがありません．"
      : `結果は ${first.hyperparameter} に最も依存します（探索範囲で分散の${wholePercent(first.share)}）${thenOf(e.ranked, "．次は ", "，")}．`
  },
})

/** The others in their order, as far as they explain anything. */
const thenOf = (
  ranked: ReadonlyArray<{ readonly hyperparameter: string; readonly share: number }>,
  before: string,
  last: string,
): string => {
  const others = ranked
    .slice(1)
    .filter(({ share }) => wholePercent(share) !== wholePercent(0))
    .map(({ hyperparameter, share }) => `${hyperparameter} (${wholePercent(share)})`)
  const listed = [others.slice(0, -1).join(", "), ...others.slice(-1)].filter((part) => part !== "").join(last)
  return others.length === 0 ? "" : `${before}${listed}`
}

export const ofOne = telling({
  subject: text,
  evidence: {
    /** Of the variance. */
    share: number,
    chance: number,
    /** Between its best and worst fitted value. */
    range: number,
    interacts: flag,
    canFix: flag,
    points: number,
  },
  en: (e, { subject }) =>
    e.canFix
      ? `${subject} has no visible effect over its range and interacts with nothing: it could be fixed from now on.`
      : `${subject} explains ${wholePercent(e.share)} of the variance over its range.`,
  ja: (e, { subject }) =>
    e.canFix
      ? `${subject} は探索範囲で目に見える効果がなく，相互作用もないので，今後は固定できます．`
      : `${subject} は探索範囲で分散の${wholePercent(e.share)}を説明します．`,
})

export const together = telling({
  subject: text,
  evidence: { interaction: flag, first: text, second: text, chance: number },
  en: (e) => `${e.first} and ${e.second} interact: the best value of one depends on the other; tune them together.`,
  ja: (e) => `${e.first} と ${e.second} は相互作用します．一方の最適値は他方に依存するので，一緒に調整してください．`,
})
