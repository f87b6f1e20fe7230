import { formatPoint } from "@tanren/terms"
import { grouped, metricDifference, metricInterval, metricValue, percent, suspicionText } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Comparison } from "./comparison.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import type { LaunchDecision, MeasuredOtherwise } from "./launch.ts"
import { launchCaveats as caveats } from "./launch-caveats.words.ts"
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
      `Adopt ${formatPoint(decided.candidate.hyperparameters)}${longer.en(decided)}: it is better than the baseline on fresh seeds${elsewhere.en(decided)}.`,
    ja: (decided) =>
      `${formatPoint(decided.candidate.hyperparameters)}${longer.ja(decided) || " "}を採用：新しいシードでもベースラインより良いです${elsewhere.ja(decided)}．`,
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
      `Keep the baseline: the candidate is better, but not surely by the ${metricDifference(complexity?.leastGain ?? 0, metric, "en")} that its complexity requires (${complexity?.reason}).`,
    ja: ({ complexity, metric }) =>
      `ベースラインを維持：候補の方が良いものの，その複雑さが求める ${metricDifference(complexity?.leastGain ?? 0, metric, "ja")}を確実に上回るとは言えません（${complexity?.reason}）．`,
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
  "lost-repeats": {
    en: ({ candidate }) =>
      `Undecided, nothing is launched: ${candidate.lost ?? 0} of ${candidate.repeats.length + (candidate.lost ?? 0)} re-runs of the candidate failed. So many may fail because of the candidate, and then the others flatter it. Find out why they failed.`,
    ja: ({ candidate }) =>
      `未定，何も採用しません：候補の再実行 ${candidate.repeats.length + (candidate.lost ?? 0)} 回のうち ${candidate.lost ?? 0} 回が失敗しました．これほど多いと候補そのものが原因かもしれず，残りの回は良く見えすぎます．失敗の原因を調べてください．`,
  },
  "measured-otherwise": {
    en: ({ measuredOtherwise = [] }) =>
      `Undecided, nothing is launched: the candidate and the baseline were measured differently (${differently.en(measuredOtherwise)}), so their difference may not be the candidate's. Run the baseline again as it is now: ask the goal again.`,
    ja: ({ measuredOtherwise = [] }) =>
      `未定，何も採用しません：候補とベースラインは測り方が異なり（${differently.ja(measuredOtherwise)}），差が候補によるものとは言えません．目標をもう一度実行して，今の状態でベースラインを測り直してください．`,
  },
  "best-step-only": {
    en: () =>
      "Undecided, nothing is launched: the candidate is better at each run's best step, but not surely over the last tenth of the training. The best of many evaluations flatters what jumps more from step to step. Look at the curves: if it overfits, train it shorter or decide by hand.",
    ja: () =>
      "未定，何も採用しません：候補は各実行の最良ステップでは良いものの，学習の最後の一割では確かではありません．ステップごとの振れが大きいほど，多くの評価の最良値は良く見えます．曲線を確認し，過学習であれば学習を短くするか，人が決めてください．",
  },
}

/** What a difference on these validation examples leaves open of others: for rates whose program counts them. */
const elsewhere: Told<Untold> = {
  en: ({ samplingOfDifference, metric }) => {
    if (samplingOfDifference == null) return ""
    const { examples, sd, low, apart } = samplingOfDifference
    const by = `their choice leaves ±${metricDifference(sd, metric, "en")} of the difference open, one standard error${apart === undefined ? " at most" : ""}`
    return low > 0
      ? `, on these ${examples} validation examples and, as far as seeds and their number tell, on others of their kind (${by})`
      : `, on these ${examples} validation examples; that it is on others of their kind is not established (${by})`
  },
  ja: ({ samplingOfDifference, metric }) => {
    if (samplingOfDifference == null) return ""
    const { examples, sd, low, apart } = samplingOfDifference
    const by = `例の選び方による差の標準誤差は${apart === undefined ? "大きくて " : " "}±${metricDifference(sd, metric, "ja")}`
    return low > 0
      ? `（この ${examples} 例のバリデーションセットだけでなく，同種の別の例でも良いと言えます．${by}）`
      : `（ただし，この ${examples} 例のバリデーションセットについてです．同種の別の例でも良いかは確かめられていません．${by}）`
  },
}

const differently: Told<ReadonlyArray<MeasuredOtherwise>> = {
  en: (of) =>
    of.map(({ what, candidate, baseline }) => `${whats[what].en} ${candidate} instead of ${baseline}`).join(", "),
  ja: (of) =>
    of
      .map(({ what, candidate, baseline }) => `${whats[what].ja}は候補が ${candidate}，ベースラインが ${baseline}`)
      .join("；"),
}

const whats: { readonly [What in MeasuredOtherwise["what"]]: { readonly en: string; readonly ja: string } } = {
  code: { en: "code", ja: "コード" },
  data: { en: "data", ja: "データ" },
  backend: { en: "backend", ja: "バックエンド" },
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
  en: (decided) => {
    const { comparison, candidate, baseline, pickedFrom, metric } = decided
    if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
    const picked =
      pickedFrom > 1
        ? ` The interval is widened, because the candidate was picked from ${pickedFrom} by these same runs.`
        : ""
    const rounding = comparison.resolutionUsed
      ? " All re-runs gave one value, so their spread is taken from the size of one example."
      : ""
    return `Mean ${metric.name}: candidate ${metricValue(candidate.mean, metric)} over ${candidate.repeats.length} fresh runs, baseline ${metricValue(baseline.mean, metric)} over ${baseline.repeats.length}. The candidate is ${compared.en({ ...comparison, metric })}.${picked}${rounding}${caveats.en(decided)}`
  },
  ja: (decided) => {
    const { comparison, candidate, baseline, pickedFrom, metric } = decided
    if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
    const picked =
      pickedFrom > 1 ? `候補はこの再実行により ${pickedFrom} 個から選ばれたので，区間を広げてあります．` : ""
    const rounding = comparison.resolutionUsed
      ? "再実行の値がすべて同じだったので，ばらつきは一例の大きさから取りました．"
      : ""
    return `${metric.name} の平均は候補の新しい ${candidate.repeats.length} 回で ${metricValue(candidate.mean, metric)}，ベースラインの ${baseline.repeats.length} 回で ${metricValue(baseline.mean, metric)}：${compared.ja({ ...comparison, metric })}．${picked}${rounding}${caveats.ja(decided)}`
  },
}

/** Signs belong to the interval alone: a candidate is better or worse by an amount. */
const compared: Told<Comparison & { readonly metric: LaunchDecision["metric"] }> = {
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
