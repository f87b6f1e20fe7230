import { metricDifference, metricInterval, metricValue, plural, wholePercent } from "@tanren/words"
import type { Told } from "../told.ts"
import { CONFIDENCE } from "./evidence.ts"
import type { LaunchDecision } from "./launch.ts"

type Untold = Omit<LaunchDecision, "text">

/** What the numbers of a launch rest on, and what weakens them; each sentence only where it is so. */
export const launchCaveats: Told<Untold> = {
  en: (decided) =>
    tellers
      .map(({ en }) => en(decided))
      .map((told) => (told === "" ? "" : ` ${told}`))
      .join(""),
  ja: (decided) => tellers.map(({ ja }) => ja(decided)).join(""),
}

/** A run that is evaluated once, or that ends at its best, has nothing more to tell. */
const saysNothingNew = ({ lastTenth, comparison }: Untold): boolean =>
  lastTenth == null || (lastTenth.low === comparison?.low && lastTenth.high === comparison.high)

const ends: Told<Untold> = {
  en: (decided) =>
    decided.lastTenth == null || saysNothingNew(decided)
      ? ""
      : `Over the last tenth of the training the interval is ${metricInterval(decided.lastTenth.low, decided.lastTenth.high, decided.metric, "en")}.`,
  ja: (decided) =>
    decided.lastTenth == null || saysNothingNew(decided)
      ? ""
      : `学習の最後の一割での区間は ${metricInterval(decided.lastTenth.low, decided.lastTenth.high, decided.metric, "ja")}です．`,
}

const apart: Told<Untold> = {
  en: ({ samplingOfDifference }) => {
    const found = samplingOfDifference?.apart
    return found === undefined
      ? ""
      : `Of ${found.examples} examples most runs of the candidate alone have ${found.candidate} right, most of the baseline alone ${found.baseline} (McNemar's test of those: p ${found.p < 0.001 ? "< 0.001" : found.p.toFixed(3)}).`
  },
  ja: ({ samplingOfDifference }) => {
    const found = samplingOfDifference?.apart
    return found === undefined
      ? ""
      : `${found.examples} 例のうち，候補の過半の実行だけが正解したのは ${found.candidate} 例，ベースラインだけは ${found.baseline} 例です（McNemar 検定：p ${found.p < 0.001 ? "< 0.001" : `= ${found.p.toFixed(3)}`}）．`
  },
}

/** Records of before the fourth version told of either mean's error. */
const sampling: Told<Untold> = {
  en: ({ samplingError, metric }) =>
    samplingError === null
      ? ""
      : `Sampling error, one standard error from the ${samplingError.examples} validation examples: ±${metricDifference(samplingError.sd, metric, "en")} on either mean, shared by both.`,
  ja: ({ samplingError, metric }) =>
    samplingError === null
      ? ""
      : `これとは別に，${samplingError.examples} 例のバリデーションセットにより，どちらの平均にも ±${metricDifference(samplingError.sd, metric, "ja")}（標準誤差）の不確かさがあり，両者に共通です．`,
}

/** A share of bad seeds at which so many runs hold none of them in one case of twenty: (1 − share)^runs = 0.05. */
const unseen = (runs: number): number => 1 - (1 - CONFIDENCE) ** (1 / runs)

/** Only of what is about to be launched, and by the version that looks at it. */
const rare: Told<Untold> = {
  en: ({ because, unstable, candidate }) =>
    because !== "better" || unstable !== false
      ? ""
      : `All ${candidate.repeats.length} runs of the candidate ended alike; seeds that end badly may be as many as ${wholePercent(unseen(candidate.repeats.length))} all the same (one case of twenty).`,
  ja: ({ because, unstable, candidate }) =>
    because !== "better" || unstable !== false
      ? ""
      : `候補の ${candidate.repeats.length} 回はどれも似た結果でしたが，悪く終わるシードの割合は ${wholePercent(unseen(candidate.repeats.length))} まであり得ます（二十回に一回の見落とし）．`,
}

const unstable: Told<Untold> = {
  en: ({ unstable, candidate, baseline, metric }) =>
    unstable !== true || candidate.sd === null || baseline.sd === null
      ? ""
      : `The candidate varies more from seed to seed: standard deviation ${metricDifference(candidate.sd, metric, "en")} against ${metricDifference(baseline.sd, metric, "en")}. If it fails now and then, ${candidate.repeats.length} runs may hold no such seed, and its mean is then worse than it seems.`,
  ja: ({ unstable, candidate, baseline, metric }) =>
    unstable !== true || candidate.sd === null || baseline.sd === null
      ? ""
      : `候補はシードごとのばらつきが大きく，標準偏差は ${metricDifference(candidate.sd, metric, "ja")}（ベースラインは ${metricDifference(baseline.sd, metric, "ja")}）です．まれに失敗する設定なら，${candidate.repeats.length} 回の実行にそのシードが含まれず，平均が実際より良く見えている可能性があります．`,
}

const blownUp: Told<Untold> = {
  en: ({ baseline: { blownUp = [] }, metric }) =>
    blownUp.length === 0
      ? ""
      : `${plural(blownUp.length, "run")} of the baseline ended far worse than its others (${blownUp.map((value) => metricValue(value, metric)).join(", ")}) and ${blownUp.length === 1 ? "is" : "are"} left out: the baseline may be unstable.`,
  ja: ({ baseline: { blownUp = [] }, metric }) =>
    blownUp.length === 0
      ? ""
      : `ベースラインの ${blownUp.length} 回は他の回よりはるかに悪く（${blownUp.map((value) => metricValue(value, metric)).join("，")}），除いてあります．ベースラインは不安定かもしれません．`,
}

const lost: Told<Untold> = {
  en: ({ because, candidate, baseline }) => {
    if (because === "lost-repeats") return ""
    const sides = [lostOf.en(candidate.lost, "the candidate"), lostOf.en(baseline.lost, "the baseline")]
    const told = sides.filter((side) => side !== "").join(" and ")
    return told === "" ? "" : `Left out, because they failed by no fault of the point as far as is known: ${told}.`
  },
  ja: ({ because, candidate, baseline }) => {
    if (because === "lost-repeats") return ""
    const sides = [lostOf.ja(candidate.lost, "候補"), lostOf.ja(baseline.lost, "ベースライン")]
    const told = sides.filter((side) => side !== "").join("，")
    return told === "" ? "" : `失敗した${told}は，設定のせいとは分からないため除いてあります．`
  },
}

const lostOf = {
  en: (runs = 0, of: string): string => (runs === 0 ? "" : `${plural(runs, "run")} of ${of}`),
  ja: (runs = 0, of: string): string => (runs === 0 ? "" : `${of}の ${runs} 回`),
}

const tellers: ReadonlyArray<Told<Untold>> = [ends, apart, unstable, rare, blownUp, lost, sampling]
