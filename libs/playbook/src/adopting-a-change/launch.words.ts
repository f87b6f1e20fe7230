import { formatPoint } from "@tanren/terms"
import { grouped, metricDifference, metricInterval, metricValue, percent, suspicionText } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Comparison } from "./comparison.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import type { LaunchDecision } from "./launch.ts"
import { undeclaredSeeds } from "./undeclared-seeds.words.ts"

type Untold = Omit<LaunchDecision, "text">

/** The decision in plain words, with what it rests on. */
export const launchText: Told<Untold> = {
  en: (decided) =>
    [launchReasons[decided.because].en(decided), numbers.en(decided), more.en(decided)]
      .filter((part) => part !== "")
      .join(" "),
  ja: (decided) => [launchReasons[decided.because].ja(decided), numbers.ja(decided), more.ja(decided)].join(""),
}

export const launchReasons: { readonly [Because in LaunchDecision["because"]]: Told<Untold> } = {
  better: {
    en: (decided) =>
      `Adopt ${formatPoint(decided.candidate.hyperparameters)}${longer.en(decided)}: it is better than the baseline on fresh seeds.`,
    ja: (decided) =>
      `${formatPoint(decided.candidate.hyperparameters)}${longer.ja(decided)} を採用：新しいシードでもベースラインより良いです．`,
  },
  "not-established": {
    en: () => "Keep the baseline: no improvement is established.",
    ja: () => "ベースラインを維持：改善は確かめられませんでした．",
  },
  worse: {
    en: () => "Keep the baseline: the candidate is worse.",
    ja: () => "ベースラインを維持：候補の方が悪いです．",
  },
  "gain-below-complexity": {
    en: ({ complexity, metric }) =>
      `Keep the baseline: the candidate is better, but not surely by the ${metricDifference(complexity?.leastGain ?? 0, metric.name, "en")} that its complexity requires (${complexity?.reason}).`,
    ja: ({ complexity, metric }) =>
      `ベースラインを維持：候補の方が良いものの，その複雑さが求める ${metricDifference(complexity?.leastGain ?? 0, metric.name, "ja")}を確実に上回るとは言えません（${complexity?.reason}）．`,
  },
  "nothing-proposed": {
    en: () => "Keep the baseline: nothing was proposed in its place.",
    ja: () => "ベースラインを維持：それに代わる提案はありません．",
  },
  "same-as-baseline": {
    en: () => "Keep the baseline: the candidate is the baseline.",
    ja: () => "ベースラインを維持：候補はベースラインそのものです．",
  },
  "candidate-infeasible": {
    en: ({ infeasibleRepeats, candidate }) =>
      `Keep the baseline: ${infeasibleRepeats} of the candidate's ${infeasibleRepeats + candidate.repeats.length} re-runs did not complete, so it cannot be relied on.`,
    ja: ({ infeasibleRepeats, candidate }) =>
      `ベースラインを維持：候補の再実行 ${infeasibleRepeats + candidate.repeats.length} 回のうち ${infeasibleRepeats} 回が完了せず，頼りにできません．`,
  },
  "seeds-ignored": {
    en: () =>
      "Undecided, nothing is launched: the program ignores its seed. Its curves are identical for different seeds, so re-runs show no noise. Make it use the seeds that it is given, or decide by hand.",
    ja: () =>
      "未定，何も採用しません：プログラムがシードを無視しています．異なるシードでも曲線が同一なので，再実行してもばらつきが現れません．与えられたシードを使わせるか，人が決めてください．",
  },
  "seeds-undeclared": {
    en: () => `Nothing is launched: ${undeclaredSeeds.en}.`,
    ja: () => `未定，何も採用しません：${undeclaredSeeds.ja}．`,
  },
  "suspected-bug": {
    en: ({ suspectedBug = "" }) =>
      `Nothing is launched: the candidate is better, but a bug is suspected (${suspicionText(suspectedBug).en}). Resolve that and run the goal again, or launch by hand.`,
    ja: ({ suspectedBug = "" }) =>
      `未定，何も採用しません：候補の方が良いものの，バグが疑われます（${suspicionText(suspectedBug).ja}）．それを片付けてから目標を実行し直すか，人が決めてください．`,
  },
  "too-few-repeats": {
    en: ({ candidate, baseline }) =>
      `Undecided, nothing is launched: ${candidate.repeats.length} re-runs of the candidate and ${baseline.repeats.length} of the baseline completed. A decision needs at least ${LEAST_REPEATS} of each.`,
    ja: ({ candidate, baseline }) =>
      `未定，何も採用しません：完了した再実行は候補 ${candidate.repeats.length} 回，ベースライン ${baseline.repeats.length} 回で，判断にはそれぞれ ${LEAST_REPEATS} 回以上必要です．`,
  },
  "no-spread": {
    en: () =>
      "Undecided, nothing is launched: no value varies from re-run to re-run, and the metric's resolution is not known, so a difference cannot be told from noise.",
    ja: () =>
      "未定，何も採用しません：どの再実行も同じ値で，指標の分解能も分からないため，ばらつきと差を区別できません．",
  },
}

/** Where the change is one of length as well. */
const longer: Told<Untold> = {
  en: ({ candidate, baseline }) => {
    const [to, from] = [candidate.training?.maxTrainSteps, baseline.training?.maxTrainSteps]
    return to === undefined || from === undefined || to === from
      ? ""
      : `, trained for ${grouped(to)} steps instead of ${grouped(from)}`
  },
  ja: ({ candidate, baseline }) => {
    const [to, from] = [candidate.training?.maxTrainSteps, baseline.training?.maxTrainSteps]
    return to === undefined || from === undefined || to === from
      ? ""
      : `（${grouped(from)} ステップではなく ${grouped(to)} ステップの学習）`
  },
}

const numbers: Told<Untold> = {
  en: ({ comparison, candidate, baseline, samplingError, pickedFrom, metric: { name } }) => {
    if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
    const picked =
      pickedFrom > 1
        ? ` The interval is widened, because the candidate was picked from ${pickedFrom} by these same runs.`
        : ""
    const rounding = comparison.resolutionUsed
      ? " All re-runs gave one value, so their spread is taken from the size of one example."
      : ""
    const sampling =
      samplingError === null
        ? ""
        : ` Sampling error, one standard error from the ${samplingError.examples} validation examples: ±${metricDifference(samplingError.sd, name, "en")} on either mean, shared by both.`
    return `Mean ${name}: candidate ${metricValue(candidate.mean, name)} over ${candidate.repeats.length} fresh runs, baseline ${metricValue(baseline.mean, name)} over ${baseline.repeats.length}. The candidate is ${compared.en({ ...comparison, metric: name })}.${picked}${rounding}${sampling}`
  },
  ja: ({ comparison, candidate, baseline, samplingError, pickedFrom, metric: { name } }) => {
    if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
    const picked =
      pickedFrom > 1 ? `候補はこの再実行により ${pickedFrom} 個から選ばれたので，区間を広げてあります．` : ""
    const rounding = comparison.resolutionUsed
      ? "再実行の値がすべて同じだったので，ばらつきは一例の大きさから取りました．"
      : ""
    const sampling =
      samplingError === null
        ? ""
        : `これとは別に，${samplingError.examples} 例のバリデーションセットにより，どちらの平均にも ±${metricDifference(samplingError.sd, name, "ja")}（標準誤差）の不確かさがあり，両者に共通です．`
    return `${name} の平均は候補の新しい ${candidate.repeats.length} 回で ${metricValue(candidate.mean, name)}，ベースラインの ${baseline.repeats.length} 回で ${metricValue(baseline.mean, name)}：${compared.ja({ ...comparison, metric: name })}．${picked}${rounding}${sampling}`
  },
}

/** Signs belong to the interval alone: a candidate is better or worse by an amount. */
const compared: Told<Comparison & { readonly metric: string }> = {
  en: ({ difference, low, high, level, metric }) =>
    difference < 0
      ? `worse by ${metricDifference(-difference, metric, "en")} (${percent(level)} interval ${metricInterval(-high, -low, metric, "en")})`
      : `better by ${metricDifference(difference, metric, "en")} (${percent(level)} interval ${metricInterval(low, high, metric, "en")})`,
  ja: ({ difference, low, high, level, metric }) =>
    difference < 0
      ? `${metricDifference(-difference, metric, "ja")}悪い（${percent(level)} 区間 ${metricInterval(-high, -low, metric, "ja")}）`
      : `${metricDifference(difference, metric, "ja")}良い（${percent(level)} 区間 ${metricInterval(low, high, metric, "ja")}）`,
}

const more: Told<Untold> = {
  en: (decided) =>
    wanting(decided)
      ? `About ${wanted(decided)} runs of each would show a true difference of this size four times out of five.`
      : "",
  ja: (decided) =>
    wanting(decided)
      ? `真の差がこの大きさなら，それぞれ約 ${wanted(decided)} 回の再実行で，五回に四回は示されます．`
      : "",
}

const wanting = ({ because, repeatsNeeded }: Untold): boolean => because === "not-established" && repeatsNeeded !== null

const wanted = ({ repeatsNeeded, candidate }: Untold): number =>
  Math.max(repeatsNeeded ?? 0, candidate.repeats.length + 1)
