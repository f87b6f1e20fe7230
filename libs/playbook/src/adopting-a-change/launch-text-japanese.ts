import { formatPoint } from "@tanren/terms"
import { metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import type { Comparison } from "./comparison.ts"
import type { LaunchDecision } from "./launch.ts"

/** The same decision in Japanese, from the numbers that were recorded with it. */
export const launchTextJapanese = (decided: LaunchDecision): string =>
  [reasonText(decided), numbersText(decided), moreText(decided)].join("")

function reasonText({
  because,
  infeasibleRepeats,
  candidate,
  baseline,
  complexity,
  suspectedBug,
  metric,
}: LaunchDecision): string {
  switch (because) {
    case "better":
      return `${formatPoint(candidate.hyperparameters)} を採用：新しいシードでもベースラインより良いです．`
    case "not-established":
      return "ベースラインを維持：改善は確かめられませんでした．"
    case "worse":
      return "ベースラインを維持：候補の方が悪いです．"
    case "gain-below-complexity":
      return `ベースラインを維持：候補の方が良いものの，その複雑さが求める ${metricDifference(complexity?.leastGain ?? 0, metric.name, "ja")}を確実に上回るとは言えません（${complexity?.reason}）．`
    case "same-as-baseline":
      return "ベースラインを維持：候補はベースラインそのものです．"
    case "candidate-infeasible":
      return `ベースラインを維持：候補の再実行 ${infeasibleRepeats + candidate.repeats.length} 回のうち ${infeasibleRepeats} 回が完了せず，頼りにできません．`
    case "seeds-ignored":
      return "未定，何も採用しません：プログラムがシードを無視しています．異なるシードでも曲線が同一なので，再実行してもばらつきが現れません．与えられたシードを使わせるか，人が決めてください．"
    case "seeds-undeclared":
      return "未定，何も採用しません：プログラムが seeds を宣言せず，コマンドもシードを渡していないため，新しいシードでの再実行は何も示しません．"
    case "suspected-bug":
      return `未定，何も採用しません：候補の方が良いものの，バグが疑われます（${suspectedBug}）．それを片付けてから目標を実行し直すか，人が決めてください．`
    case "too-few-repeats":
      return `未定，何も採用しません：完了した再実行は候補 ${candidate.repeats.length} 回，ベースライン ${baseline.repeats.length} 回で，判断には足りません．`
    case "no-spread":
      return "未定，何も採用しません：どの再実行も同じ値で，指標の分解能も分からないため，ばらつきと差を区別できません．"
  }
}

function numbersText({
  comparison,
  candidate,
  baseline,
  samplingError,
  pickedFrom,
  metric: { name },
}: LaunchDecision): string {
  if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
  const picked = pickedFrom > 1 ? `候補はこの再実行により ${pickedFrom} 個から選ばれたので，区間を広げてあります．` : ""
  const rounding = comparison.resolutionUsed
    ? "再実行の値がすべて同じだったので，ばらつきは一例の大きさから取りました．"
    : ""
  const sampling =
    samplingError === null
      ? ""
      : `これとは別に，${samplingError.examples} 例のバリデーションセットにより，どちらの平均にも ±${metricDifference(samplingError.sd, name, "ja")}（標準誤差）の不確かさがあり，両者に共通です．`
  return `${name} の平均は候補の新しい ${candidate.repeats.length} 回で ${metricValue(candidate.mean, name)}，ベースラインの ${baseline.repeats.length} 回で ${metricValue(baseline.mean, name)}：${comparedText(comparison, name)}．${picked}${rounding}${sampling}`
}

function comparedText({ difference, low, high, level }: Comparison, metric: string): string {
  const worse = difference < 0
  const [from, to] = worse ? [-high, -low] : [low, high]
  const amount = `${metricDifference(Math.abs(difference), metric, "ja")}${worse ? "悪い" : "良い"}`
  return `${amount}（${percent(level)} 区間 ${metricInterval(from, to, metric, "ja")}）`
}

const moreText = ({ because, repeatsNeeded, candidate }: LaunchDecision): string =>
  because !== "not-established" || repeatsNeeded === null
    ? ""
    : `真の差がこの大きさなら，それぞれ約 ${Math.max(repeatsNeeded, candidate.repeats.length + 1)} 回の再実行で，五回に四回は示されます．`
