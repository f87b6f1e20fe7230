import { plural, type Texts } from "@tanren/words"

export const isolationWords = {
  heading: { en: "Scientific values compared", ja: "科学的ハイパーパラメータの値の比較" },
  search: { en: "How the search went", ja: "探索の経過" },
  equalEffort: (count: number) => ({
    en: `Equal effort: ${plural(count, "trial")} for each value.`,
    ja: `労力は等しい：どの値も ${count} 試行．`,
  }),
  unequalEffort: {
    en: "Unequal effort: the values had different numbers of trials, and more trials alone give a better best.",
    ja: "労力が等しくありません．値ごとに試行数が異なり，試行が多いほど最良値は良くなります．",
  },
  isolationCaption: {
    en: "Isolation plot: the best of each value ringed, its other trials around it",
    ja: "分離プロット：値ごとの最良の試行（丸囲み）とその他の試行",
  },
  everyTrialCaption: { en: "Every trial of the search", ja: "探索の全試行" },
  isolationAlternative: (metric: string, values: string) => ({
    en: `Trials of each scientific value by ${metric}: ${values}.`,
    ja: `値ごとの試行の ${metric}．${values}．`,
  }),
  soFarCaption: { en: "Best so far against trials spent", ja: "費やした試行数に対する最良値" },
  progressCaption: {
    en: "Best so far against trials spent; compare at equal numbers",
    ja: "費やした試行数に対する最良値（同じ試行数で比べる）",
  },
  progressAlternative: (values: string) => ({
    en: `Best value so far against the number of trials: ${values}.`,
    ja: `試行数に対するそれまでの最良値．${values}．`,
  }),
  trialNumber: { en: "trials spent on the value", ja: "その値に費やした試行数" },
  bestOfCaption: { en: "Best of k trials, drawn again and again", ja: "繰り返し抽出した k 試行の最良値" },
  bestOfLegend: {
    en: "line: median, box: middle half, whisker: 5 to 95 %; the box's height is the study variance",
    ja: "線：中央値，箱：中央 50 %，ひげ：5～95 %．箱の高さがスタディ分散",
  },
  bestOfAlternative: (medians: string) => ({
    en: `Median of the best of k trials, by k: ${medians}.`,
    ja: `k 試行の最良値の中央値（k ごと）：${medians}．`,
  }),
  trialBudget: { en: "k, of the goal's trials", ja: "k（この目標の試行から）" },
  tuningCaption: {
    en: "Tuning curves: the median best of a search of so many trials",
    ja: "チューニング曲線：その試行数の探索で得られる最良値の中央値",
  },
  tuningLegend: (level: string) => ({
    en: `band: where it can lie, ${level} for all together; to the frame where so few trials cannot tell`,
    ja: `帯：ありうる範囲（全体で ${level}）．試行が少なくて分からないところは枠まで`,
  }),
  tuningLead: (ahead: string, behind: string, from: number, to: number) => ({
    en: `${ahead} is ahead of ${behind} at ${from === to ? plural(from, "trial") : `${from} to ${to} trials`}`,
    ja: `${from === to ? from : `${from}～${to}`} 試行では ${ahead} が ${behind} より良い`,
  }),
  tuningNoLead: {
    en: "at no effort is one value established to be ahead",
    ja: "どの試行数でも，どちらが良いとは確かめられない",
  },
  tuningAlternative: (medians: string) => ({
    en: `Median best of a search, by trials: ${medians}.`,
    ja: `探索の最良値の中央値（試行数ごと）：${medians}．`,
  }),
  tuningAnd: { en: "; ", ja: "；" },
  tuningBudget: { en: "trials of the search", ja: "探索の試行数" },
  possible: (level: string, told: string) => ({
    en: `How far the best that was found is from the best possible in its space, at most (${level}, unless every trial missed a valley): ${told}.`,
    ja: `見つかった最良の点から，その空間で可能な最良の値までの隔たり（大きくても，${level}．全試行が見逃した谷がなければ）：${told}．`,
  }),
  possibleUnknown: (trials: number) => ({
    en: `cannot be told from ${plural(trials, "trial")}`,
    ja: `${trials} 試行からは分からない`,
  }),
  infeasible: { en: "Infeasible", ja: "実行不可能" },
  scientificValue: { en: "Scientific value", ja: "科学的ハイパーパラメータの値" },
  bestOfSearch: { en: "Best of the search", ja: "探索での最良値" },
  reruns: { en: "Its re-runs, mean ± sd", ja: "再実行の平均 ± 標準偏差" },
} satisfies Texts
