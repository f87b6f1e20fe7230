import type { Note } from "../note.ts"
import type { Words } from "./words.ts"

const some = (names: ReadonlyArray<string>): string =>
  names.length <= 5 ? names.join("，") : `${names.slice(0, 5).join("，")}，ほか ${names.length - 5} 件`

export const ja: Words = {
  formats: {
    csv: "CSV",
    json: "JSON",
    "json-lines": "JSON Lines",
    optuna: "Optuna の study",
    "optuna-csv": "Optuna のデータフレーム",
    wandb: "W&B のエクスポート",
    mlflow: "MLflow の実行一覧",
    "mlflow-folder": "MLflow のフォルダ",
    "mlflow-database": "MLflow のデータベース",
    ray: "Ray Tune の結果",
    ax: "Ax の結果",
    nni: "NNI の書き出し",
    "scikit-learn": "scikit-learn の cv_results_",
    tanren: "Tanren の試行",
  },
  read: (formats, rows, long, trials) => `${formats}，${rows} ${long ? "件の評価" : "行"}: ${trials}`,
  trials: (count) => `試行 ${count} 件`,
  metric: (name, goal, from) => `指標: ${name}，${goal === "minimize" ? "小さい" : "大きい"}ほどよい（${from}）`,
  told: {
    flag: "指定による",
    space: "探索空間のファイルによる",
    file: "ファイルによる",
    name: "名前からの推測．--metric と --goal で直せます",
    values: "推測: 各試行の値がこの指標の最良値と一致．--metric と --goal で直せます",
  },
  goalTold: "名前は推測，方向は指定による．--metric で直せます",
  others: (names) => `ほかの指標: ${names}`,
  schedules: {
    constant: "学習率スケジュール: 一定（指定による）",
    "decays-to-end": "学習率スケジュール: 最後まで減衰（指定による）",
    cyclic: "学習率スケジュール: 上下を繰り返す（指定による）",
    unknown:
      "学習率スケジュール: 不明のため，終盤の改善と指標の周期性は「要観察」まで（--schedule constant|decays-to-end|cyclic で指定できます）",
  },
  hyperparameters: {
    space: "ハイパーパラメータ（探索空間のファイルによる）:",
    file: "ハイパーパラメータ（ファイルの宣言による）:",
    guess: "ハイパーパラメータ（見られた値からの推測．--space FILE で宣言できます）:",
  },
  range: (low, high) => `${low} から ${high}`,
  fixed: (point) => `すべての試行で同じ: ${point}`,
  leftOut: (names) => `使わなかった列: ${names}`,
  whys: {
    asked: "指定による",
    empty: "空",
    bookkeeping: "管理用",
    text: "ほとんど繰り返されない文字列",
    counter: "行の番号",
    steps: "各試行の長さ",
    other: "ハイパーパラメータでない",
  },
  correct:
    "推測が誤っている場合: --hyperparameters NAME,NAME でハイパーパラメータをすべて挙げ，--ignore NAME で列を除きます．",
  note: (note) => noteText(note),
  notes: "知っておくべきこと:",
  unjudged: "判断できなかったもの:",
  fine: (questions) => `問題なし: ${questions}`,
  nothing: "対処すべきことはありません．",
  question: (files) => `${files} の結果から何が言えるか`,
  offer: "--html FILE で，図を含む 1 枚のオフラインページを書き出します．",
}

const noteText = (note: Note): string => {
  switch (note.note) {
    case "short-rows":
      return `${note.file}: セルが足りない ${note.count} 行を除きました（最初は ${note.first} 行目）．`
    case "bad-lines":
      return `${note.file}: JSON でない ${note.count} 行を除きました（最初は ${note.first} 行目）．`
    case "decimal-comma":
      return `${note.file}: 数の中のコンマは小数点として読みました．`
    case "several-studies":
      return `${note.file} にはほかの study もあります．これは ${note.study} です．`
    case "changed-range":
      return `${note.hyperparameter} の範囲は途中で変わっています．範囲の和で判断します．`
    case "nested-runs":
      return `ほかの実行を含むだけの実行，またはほかの実行の一部である実行 ${note.count} 件を除きました（MLflow の入れ子の実行）．`
    case "no-hyperparameters":
      return `結果だけがありハイパーパラメータのない ${note.trials.length} 行を除きました（${some(note.trials)}）．ほかの行の平均や最良値は試行ではありません．`
    case "duplicates":
      return `以前のものと完全に同じ（ハイパーパラメータ，シード，値）試行 ${note.count} 件は 1 度だけ数えます．`
    case "same-ids":
      return `以前の行と同じ ID をもつ ${note.count} 行は，それぞれ別の試行とみなします．`
    case "no-value":
      return `${note.metric} の値がない試行 ${note.trials.length} 件を除きました（${some(note.trials)}）．発散したのであれば NaN と書いてください．`
    case "same-best":
      return `最良の ${note.metric}（${note.value}）を ${note.count} 件の試行が共有しています．失敗した実行を表す値であれば NaN と書いてください．このままでは最良の結果として数えます．`
    case "not-finite":
      return `${note.metric} が有限でない試行 ${note.trials.length} 件は実行不可能として数えます（${some(note.trials)}）．`
    case "not-a-number":
      return `${note.metric} が数でない試行 ${note.count} 件を除きました（最初は ${note.found}）．`
    case "bad-hyperparameter":
      return `${note.count} 行を除きました: ${note.hyperparameter} はほかの行では数ですが，ここでは ${JSON.stringify(note.found)} です．`
    case "outside-space":
      return `宣言された探索空間の外にある ${note.count} 件（全 ${note.of} 件中）の試行を除きました（${note.example}）．`
    case "stopped-early":
      return `${note.of} 件中 ${note.count} 件の試行は途中で止められた（枝刈り，強制終了，中止）ため除きました: 値が少ないステップ数によるからです．`
    case "failed":
      return `失敗した試行 ${note.count} 件を除きました．発散やメモリ不足であれば実行不可能であり，空間の限界を示します．`
    case "failed-or-nan":
      return `失敗した試行 ${note.count} 件を除きました．Optuna は NaN を返した試行も失敗とします．発散したときに float("inf")（大きいほどよい場合は -inf）を返せば，実行不可能として数えます．`
    case "running":
      return `実行中または待機中の試行 ${note.count} 件を除きました．`
    case "ended-sooner":
      return `${note.count} 件の試行はステップ ${note.step} より前に終わっていますが，理由を示す列がありません．完了とみなします．`
    case "one-trial":
      return "試行が 1 件だけなので，比べるものがありません．"
    case "none-finished":
      return "有限の値で終わった試行がないため，指標が何に依存するかは判断できません．"
    case "no-repeats":
      return "同じ設定を異なるシードで 2 回以上実行していないためノイズがわからず，ノイズを必要とする判断は「要観察」までです．--noise SD で指定できます．"
    case "no-curves":
      return "試行ごとに値が 1 つで曲線がないため，学習曲線についての問いは判断できません．"
    case "training-metric":
      return `${note.metric} は学習時の指標です．チェックリストは検証指標を前提とします（--metric NAME）．`
    case "test-metric":
      return `${note.metric} はテストセットで測られているようです．これで選ぶとテストセットが検証セットになります．`
    case "ranges-guessed":
      return "範囲の端は見られた値からの推測です．--space FILE で宣言された範囲を与えられます．"
    case "no-final-curve":
      return `曲線のない試行 ${note.count} 件では，与えられた値を最終値とみなします．`
    case "adaptive":
      return "探索が自らの結果から学ぶ場合（TPE，ベイズ最適化，枝刈り），点はよいと予想された所に密になります．プレイブックの読み方はランダム探索と準ランダム探索を前提としています．"
  }
}
