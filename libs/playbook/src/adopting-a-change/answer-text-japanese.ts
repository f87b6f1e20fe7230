import { metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import { openProblemsJapanese } from "../extracting-insight/open-problems.ts"
import type { Answer, GroupSummary } from "./answer.ts"
import { UNDECLARED_SEEDS } from "./undeclared-seeds.ts"

/** The same paragraphs in the terms of the playbook's Japanese edition, from the numbers recorded with the answer. */
export function answerParagraphsJapanese(answer: Answer): ReadonlyArray<string> {
  const verdict = verdictText(answer)
  const warning = effortText(answer)
  const uncertainty = uncertaintyText(answer)
  return [
    ...(warning === "" ? [`${verdict}${uncertainty}`] : [verdict, warning, uncertainty]),
    moreText(answer),
    ...(answer.open === undefined ? [] : openProblemsJapanese(answer.open)),
  ].filter((part) => part !== "")
}

const difference = (value: number, metric: string): string => metricDifference(value, metric, "ja")

function verdictText(answer: Answer): string {
  const { verdict, better, groups, comparisons, notBest, metric } = answer
  if (verdict === "undecided") return `未定：${undecidedText(answer)}．${explored(answer)}`
  const meanText = (mean: number | null) => (mean === null ? "なし" : metricValue(mean, metric.name))
  if (verdict === "best-found") {
    const [found] = groups
    return `比較は行っていません．見つかった最良の点を新しいシードで ${found?.repeats ?? 0} 回再実行した ${metric.name} の平均は ${meanText(found?.mean ?? null)} です．`
  }
  const intervals = comparisons
    .map(
      ({ best, other, difference: by, low, high, level }) =>
        `${best} と ${other} の差は ${difference(by, metric.name)}（${percent(level)} 区間 ${metricInterval(low, high, metric.name, "ja")}）`,
    )
    .join("；")
  const means = `新しいシードでの再実行による ${metric.name} の平均：${groups.map(({ label, mean }) => `${label} ${meanText(mean)}`).join("，")}．${intervals}．`
  if (verdict === "better") return `${better} の方が良いです．${means}`
  const out = notBest.length === 0 ? "" : `確かなのは ${notBest.join("，")} が最良ではないことだけです．`
  return `差は確かめられませんでした．${out}${means}`
}

function undecidedText({ because, undecided, groups }: Answer): string {
  // A record of before reasons were kept as words has the English sentence alone.
  if (because == null) return undecided ?? ""
  const values = because.values.join("，")
  const about = groups.filter(({ label }) => because.values.includes(label))
  switch (because.reason) {
    case "seeds-ignored":
      return "プログラムがシードを無視しています．異なるシードでも曲線が同一なので，再実行してもばらつきが現れません"
    case "no-study":
      return "スタディが実行されていません"
    case "seeds-undeclared":
      return `今回は探索だけです．プログラムが seeds を宣言せず，コマンドもシードを渡していないため，新しいシードでの再実行は何も示しません．答えを得るには，seeds を宣言するか，コマンドでシードを渡してください（--seed={seeds.init}）．自分でシードを引くプログラムなら，目標で規則 ${UNDECLARED_SEEDS} を理由とともに上書きしてください`
    case "none-completed":
      return `${values} では完了した試行がありません`
    case "uneven-effort":
      return `${failedTrials(about)}が失敗し，値ごとの調整の労力が等しくありません`
    case "too-few-reruns":
      return `完了した再実行が判定には足りません：${about.map(({ label, repeats }) => `${label}（${repeats} 回）`).join("，")}`
    case "lost-reruns":
      return `${values} の再実行のうち ${about[0]?.lostRepeats} 回が完了しませんでした．完了した分の平均は良く見えすぎます`
    case "no-spread":
      return "どの再実行も同じ値で，指標の分解能も分かっていません"
  }
}

function explored({ groups, metric }: Answer): string {
  const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
    repeats > 0 || bestStudyValue === null
      ? []
      : [`${label} ${metricValue(bestStudyValue, metric.name)}（${completed} 試行の最良）`],
  )
  return seen.length === 0 ? "" : `スタディだけから見えること（何も決めません）：${seen.join("，")}．`
}

const failedTrials = (groups: ReadonlyArray<GroupSummary>): string =>
  groups
    .map(
      ({ label, completed, infeasible, failed }) =>
        `${label} の ${completed + infeasible + failed} 試行中 ${failed} 試行`,
    )
    .join("，")

function effortText({ verdict, groups }: Answer): string {
  const lost = groups.filter(({ failed }) => failed > 0)
  if (verdict === "undecided" || lost.length === 0) return ""
  return `警告：${failedTrials(lost)}が失敗し，その分だけ調整の労力が失われました．`
}

function uncertaintyText({
  verdict,
  trialVariance,
  groups,
  samplingError,
  withinStudyVariance,
  metric: { name },
}: Answer): string {
  const trial =
    trialVariance === null
      ? ""
      : `同じ点の再トレーニングは標準偏差 ${difference(trialVariance.sd, name)}でばらつきます（試行分散，自由度 ${trialVariance.df}）．`
  const studies = groups.flatMap(({ label, studyVariance }) =>
    studyVariance === null
      ? []
      : [`${label} ${difference(studyVariance.sd, name)}（${studyVariance.of} 試行中 ${studyVariance.k} 試行の最良）`],
  )
  const study =
    studies.length === 0
      ? ""
      : `半分の長さのスタディなら，最良値のばらつきは ${studies.join("，")}です（スタディ分散）．`
  const caution =
    verdict === "better" && withinStudyVariance
      ? "この差はスタディ分散より小さく，見つかった点についてのみ言えます．別の探索なら別の点を見つけるかもしれません．"
      : ""
  const sampling =
    samplingError === null
      ? ""
      : `これらとは別に，${samplingError.examples} 例のバリデーションセットにより，どの値にも ±${difference(samplingError.sd, name)}（標準誤差）の不確かさがあり，比べた値すべてに共通です．`
  return `${trial}${study}${trial === "" && study === "" ? "" : caution}${sampling}`
}

function moreText({ verdict, groups, closest, repeatsNeeded, metric }: Answer): string {
  if (verdict === "better" || verdict === "best-found") return ""
  if (verdict === "undecided") return "より確かにするには，まず上の原因を取り除き，目標をもう一度実行してください．"
  const now = Math.min(...groups.map(({ repeats }) => repeats))
  const pair = closest === null ? "値の間" : `${closest.best} と ${closest.other}`
  if (closest === null || repeatsNeeded === null) {
    return `より確かにするには，各値の再実行を増やすか，バリデーションセットを大きくしてください．${pair}の差は，あるとしても小さいです．`
  }
  const last = groups.length > 2 ? "（示すべき最小の差）" : ""
  return `より確かにするには：各値の再実行を ${now} 回ではなく ${Math.max(repeatsNeeded, now + 1)} 回にすれば，${pair}にこれと同じ大きさ（${difference(closest.difference, metric.name)}）の真の差${last}があるとき，五回に四回は示されます．`
}
