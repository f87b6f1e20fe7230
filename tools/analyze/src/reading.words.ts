import { plural, type Texts, type TextTable } from "@tanren/words"
import type { ToldBy } from "./guess/metric.ts"
import type { Why } from "./guess/roles.ts"
import type { Results, Schedule } from "./results.ts"
import type { Format } from "./table.ts"

export const readingWords = {
  read: (formats: string, rows: number, long: boolean, trials: string) => ({
    en: `${formats}, ${plural(rows, long ? "evaluation" : "row")}: ${trials}`,
    ja: `${formats}，${rows} ${long ? "件の評価" : "行"}: ${trials}`,
  }),
  trials: (count: number) => ({ en: plural(count, "trial"), ja: `試行 ${count} 件` }),
  metric: (name: string, goal: "minimize" | "maximize", from: string) => ({
    en: `Metric: ${name}, ${goal === "minimize" ? "lower" : "higher"} is better (${from})`,
    ja: `指標: ${name}，${goal === "minimize" ? "小さい" : "大きい"}ほどよい（${from}）`,
  }),
  goalTold: {
    en: "the name guessed, the direction as told; --metric corrects it",
    ja: "名前は推測，方向は指定による．--metric で直せます",
  },
  others: (names: string) => ({ en: `also measured: ${names}`, ja: `ほかの指標: ${names}` }),
  range: (low: string, high: string) => ({ en: `${low} to ${high}`, ja: `${low} から ${high}` }),
  fixed: (point: string) => ({ en: `The same in all trials: ${point}`, ja: `すべての試行で同じ: ${point}` }),
  leftOut: (names: string) => ({ en: `Left out: ${names}`, ja: `使わなかった列: ${names}` }),
  correct: {
    en: "Guessed wrongly? --hyperparameters NAME,NAME names exactly the hyperparameters; --ignore NAME leaves a column out.",
    ja: "推測が誤っている場合: --hyperparameters NAME,NAME でハイパーパラメータをすべて挙げ，--ignore NAME で列を除きます．",
  },
  notes: { en: "Worth knowing:", ja: "知っておくべきこと:" },
  offer: {
    en: "--html FILE writes these findings with their plots as one offline page.",
    ja: "--html FILE で，図を含む 1 枚のオフラインページを書き出します．",
  },
} satisfies Texts

export const formatNames: TextTable<Format> = {
  csv: { en: "CSV", ja: "CSV" },
  json: { en: "JSON", ja: "JSON" },
  "json-lines": { en: "JSON lines", ja: "JSON Lines" },
  optuna: { en: "Optuna study", ja: "Optuna の study" },
  "optuna-csv": { en: "Optuna data frame", ja: "Optuna のデータフレーム" },
  wandb: { en: "W&B export", ja: "W&B のエクスポート" },
  mlflow: { en: "MLflow runs", ja: "MLflow の実行一覧" },
  "mlflow-folder": { en: "MLflow folder", ja: "MLflow のフォルダ" },
  "mlflow-database": { en: "MLflow database", ja: "MLflow のデータベース" },
  ray: { en: "Ray Tune results", ja: "Ray Tune の結果" },
  ax: { en: "Ax results", ja: "Ax の結果" },
  nni: { en: "NNI export", ja: "NNI の書き出し" },
  "scikit-learn": { en: "scikit-learn's cv_results_", ja: "scikit-learn の cv_results_" },
  tanren: { en: "Tanren's trials", ja: "Tanren の試行" },
}

/** Who said what the metric is, or which way it is better. */
export const toldBy: TextTable<ToldBy> = {
  flag: { en: "as told", ja: "指定による" },
  space: { en: "from the space file", ja: "探索空間のファイルによる" },
  file: { en: "from the file", ja: "ファイルによる" },
  name: {
    en: "guessed from the name; --metric and --goal correct it",
    ja: "名前からの推測．--metric と --goal で直せます",
  },
  values: {
    en: "guessed: the trials' values are this metric's best; --metric and --goal correct it",
    ja: "推測: 各試行の値がこの指標の最良値と一致．--metric と --goal で直せます",
  },
}

export const schedules: TextTable<Schedule | "unknown"> = {
  constant: { en: "Learning-rate schedule: constant (as told)", ja: "学習率スケジュール: 一定（指定による）" },
  "decays-to-end": {
    en: "Learning-rate schedule: decays to the end (as told)",
    ja: "学習率スケジュール: 最後まで減衰（指定による）",
  },
  cyclic: {
    en: "Learning-rate schedule: rises and falls again (as told)",
    ja: "学習率スケジュール: 上下を繰り返す（指定による）",
  },
  unknown: {
    en: "Learning-rate schedule: not known, so late improvement and a swinging metric are at most “watch” (--schedule constant|decays-to-end|cyclic states it)",
    ja: "学習率スケジュール: 不明のため，終盤の改善と指標の周期性は「要観察」まで（--schedule constant|decays-to-end|cyclic で指定できます）",
  },
}

/** Who said what the hyperparameters are. */
export const spaceToldBy: TextTable<Results["spaceBy"]> = {
  space: {
    en: "Hyperparameters, as declared by the space file:",
    ja: "ハイパーパラメータ（探索空間のファイルによる）:",
  },
  file: { en: "Hyperparameters, as declared in the file:", ja: "ハイパーパラメータ（ファイルの宣言による）:" },
  guess: {
    en: "Hyperparameters, guessed from the values seen (--space FILE declares them):",
    ja: "ハイパーパラメータ（見られた値からの推測．--space FILE で宣言できます）:",
  },
}

/** Why a column is no hyperparameter. */
export const whys: TextTable<Why> = {
  asked: { en: "as told", ja: "指定による" },
  empty: { en: "empty", ja: "空" },
  bookkeeping: { en: "bookkeeping", ja: "管理用" },
  text: { en: "texts that hardly repeat", ja: "ほとんど繰り返されない文字列" },
  counter: { en: "counts the rows", ja: "行の番号" },
  steps: { en: "how far each trial ran", ja: "各試行の長さ" },
  other: { en: "no hyperparameter", ja: "ハイパーパラメータでない" },
}
