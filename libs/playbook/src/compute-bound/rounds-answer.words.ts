import { formatPoint } from "@tanren/terms"
import { grouped, metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import { candidateReasonText } from "../adopting-a-change/candidates.words.ts"
import type { Comparison } from "../adopting-a-change/comparison.ts"
import { openProblemsText } from "../extracting-insight/open-problems.words.ts"
import type { Told } from "../told.ts"
import { STANDS } from "./full-length.ts"
import { lackingText } from "./round-decision.words.ts"
import type { RoundsAnswer } from "./rounds-answer.ts"
import { extensionText } from "./schedule-extension.words.ts"

type Untold = Omit<RoundsAnswer, "text">

/** What longer training came to, in plain words: verdict, the gain taken apart, what carried over, the schedule. */
export const answerParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) =>
    [
      verdict.en(answer),
      split.en(answer),
      carried.en(answer),
      schedule.en(answer),
      ...openProblemsText.en(answer.open),
    ].filter(isSaid),
  ja: (answer) =>
    [
      verdict.ja(answer),
      split.ja(answer),
      carried.ja(answer),
      schedule.ja(answer),
      ...openProblemsText.ja(answer.open),
    ].filter(isSaid),
}

const isSaid = (part: string): boolean => part !== ""

const reason: Told<Untold> = {
  en: ({ because, lacking }) =>
    because === null ? "" : because === "duties-undeclared" ? lackingText.en(lacking) : candidateReasonText[because].en,
  ja: ({ because, lacking }) =>
    because === null ? "" : because === "duties-undeclared" ? lackingText.ja(lacking) : candidateReasonText[because].ja,
}

const verdict: Told<Untold> = {
  en: (answer) => {
    const { because, gain, metric, before, to, from, candidates } = answer
    if (because !== null) return `Undecided: ${reason.en(answer)}.`
    const [best] = candidates.candidates
    const means = `Mean ${metric.name} over re-runs with fresh seeds: ${value(best?.mean, answer)} at ${grouped(to)} steps (${named(best).en}), ${value(before.mean, answer)} for what stands at ${grouped(from)}.`
    if (gain === null) return means
    return answer.verdict === "better"
      ? `Training ${grouped(to)} steps pays: better by ${by.en(gain, answer)}. ${means}`
      : `That training ${grouped(to)} steps pays is not established: ${by.en(gain, answer)}. ${means}`
  },
  ja: (answer) => {
    const { because, gain, metric, before, to, from, candidates } = answer
    if (because !== null) return `未定：${reason.ja(answer)}．`
    const [best] = candidates.candidates
    const means = `新しいシードでの再実行による ${metric.name} の平均は，${grouped(to)} ステップで ${value(best?.mean, answer)}（${named(best).ja}），現在の設定の ${grouped(from)} ステップで ${value(before.mean, answer)}．`
    if (gain === null) return means
    return answer.verdict === "better"
      ? `${grouped(to)} ステップの学習には価値があります：${by.ja(gain, answer)}良くなります．${means}`
      : `${grouped(to)} ステップの学習に価値があるとは確かめられませんでした：差は ${by.ja(gain, answer)}．${means}`
  },
}

const value = (mean: number | null | undefined, { metric }: Untold): string =>
  mean == null ? "–" : metricValue(mean, metric.name)

/** Candidates are named by their points: what stands has a name of its own. */
const named = (best: Untold["candidates"]["candidates"][number] | undefined) => {
  if (best === undefined) return { en: "nothing", ja: "なし" }
  if (best.label === STANDS) return { en: "what stands, trained longer", ja: "現在の設定を長く学習したもの" }
  const point = formatPoint(best.hyperparameters)
  return { en: point, ja: point }
}

const by = {
  en: ({ difference, low, high, level }: Comparison, { metric: { name } }: Untold): string =>
    `${metricDifference(difference, name, "en")} (${percent(level)} interval ${metricInterval(low, high, name, "en")})`,
  ja: ({ difference, low, high, level }: Comparison, { metric: { name } }: Untold): string =>
    `${metricDifference(difference, name, "ja")}（${percent(level)} 区間 ${metricInterval(low, high, name, "ja")}）`,
}

const split: Told<Untold> = {
  en: (answer) => {
    const { lengthAlone, pointAlone, candidates } = answer
    if (answer.because !== null || lengthAlone === null) return ""
    const length = `Of this, longer training alone (what stands, at full length) gives ${by.en(lengthAlone, answer)}`
    if (pointAlone === null)
      return candidates.candidates[0]?.label === STANDS
        ? `${length}: no point that was found is better at that length.`
        : `${length}.`
    return `${length}, and the point that was found gives ${by.en(pointAlone, answer)} at equal length${pointAlone.low > 0 ? "" : ", which is not established"}.`
  },
  ja: (answer) => {
    const { lengthAlone, pointAlone, candidates } = answer
    if (answer.because !== null || lengthAlone === null) return ""
    const length = `うち，学習を長くしただけの効果（現在の設定を最長で学習）は ${by.ja(lengthAlone, answer)}`
    if (pointAlone === null)
      return candidates.candidates[0]?.label === STANDS
        ? `${length}で，その長さで現在の設定より良い点は見つかりませんでした．`
        : `${length}です．`
    return `${length}，見つかった点の効果（同じ長さで）は ${by.ja(pointAlone, answer)}${pointAlone.low > 0 ? "です" : "で，確かめられてはいません"}．`
  },
}

const carried: Told<Untold> = {
  en: ({ transfers }) => transfers.map((one) => orders[one.verdict].en(one)).join(" "),
  ja: ({ transfers }) => transfers.map((one) => orders[one.verdict].ja(one)).join(""),
}

type Carried = Untold["transfers"][number]

const points = ({ agreement }: Carried): string => String(agreement?.points ?? 0)

const orders: { readonly [Verdict in Carried["verdict"]]: Told<Carried> } = {
  agrees: {
    en: (one) =>
      `The order of ${points(one)} points carried over from ${grouped(one.from)} to ${grouped(one.to)} steps (τ ${one.agreement?.tau.toFixed(2)}).`,
    ja: (one) =>
      `${points(one)} 点の順位は ${grouped(one.from)} から ${grouped(one.to)} ステップへ引き継がれました（τ ${one.agreement?.tau.toFixed(2)}）．`,
  },
  "cannot-tell": {
    en: (one) =>
      `Whether the order carried over from ${grouped(one.from)} to ${grouped(one.to)} steps, ${points(one)} points cannot tell.`,
    ja: (one) =>
      `順位が ${grouped(one.from)} から ${grouped(one.to)} ステップへ引き継がれたかは，${points(one)} 点では判断できません．`,
  },
  disagrees: {
    en: (one) =>
      `Caveat: the order of ${points(one)} points turned around from ${grouped(one.from)} to ${grouped(one.to)} steps (τ ${one.agreement?.tau.toFixed(2)}): short runs chose badly here.`,
    ja: (one) =>
      `注意：${points(one)} 点の順位は ${grouped(one.from)} から ${grouped(one.to)} ステップの間で逆転しました（τ ${one.agreement?.tau.toFixed(2)}）．短い学習での選択は適切ではありませんでした．`,
  },
}

/** One sentence, whatever the number of rounds: they all take the schedule over in the same way. */
const schedule: Told<Untold> = {
  en: ({ extensions }) => {
    const last = extensions.at(-1)
    return last === undefined ? "" : extensionText.en(last)
  },
  ja: ({ extensions }) => {
    const last = extensions.at(-1)
    return last === undefined ? "" : extensionText.ja(last)
  },
}
