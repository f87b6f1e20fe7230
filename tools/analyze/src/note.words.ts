import { type Language, plural, type Text } from "@tanren/words"
import type { Note } from "./note.ts"
import { listed } from "./outcome.ts"

export const noteText = (note: Note, language: Language): string => notes[note.note](note as never)[language]

const are = (count: number): string => (count === 1 ? "is" : "are")

const some = (names: ReadonlyArray<string>): string =>
  names.length <= 5 ? names.join("，") : `${names.slice(0, 5).join("，")}，ほか ${names.length - 5} 件`

const notes: { readonly [Kind in Note["note"]]: (note: Extract<Note, { readonly note: Kind }>) => Text } = {
  "short-rows": (note) => ({
    en: `${note.file}: left out ${plural(note.count, "row")} with too few cells (${note.count > 1 ? "the first is " : ""}row ${note.first}).`,
    ja: `${note.file}: セルが足りない ${note.count} 行を除きました（最初は ${note.first} 行目）．`,
  }),
  "bad-lines": (note) => ({
    en: `${note.file}: left out ${plural(note.count, "line")} that ${are(note.count)} not JSON (${note.count > 1 ? "the first is " : ""}line ${note.first}).`,
    ja: `${note.file}: JSON でない ${note.count} 行を除きました（最初は ${note.first} 行目）．`,
  }),
  "decimal-comma": (note) => ({
    en: `${note.file}: commas in numbers are read as decimal points.`,
    ja: `${note.file}: 数の中のコンマは小数点として読みました．`,
  }),
  "several-studies": (note) => ({
    en: `${note.file} holds more studies; this is ${note.study}.`,
    ja: `${note.file} にはほかの study もあります．これは ${note.study} です．`,
  }),
  "changed-range": (note) => ({
    en: `The range of ${note.hyperparameter} changed during the study; the union of its ranges is judged.`,
    ja: `${note.hyperparameter} の範囲は途中で変わっています．範囲の和で判断します．`,
  }),
  "nested-runs": (note) => ({
    en: `Left out ${plural(note.count, "run")} that only ${note.count === 1 ? "holds" : "hold"} other runs, or ${are(note.count)} part of one (MLflow's nested runs).`,
    ja: `ほかの実行を含むだけの実行，またはほかの実行の一部である実行 ${note.count} 件を除きました（MLflow の入れ子の実行）．`,
  }),
  "no-hyperparameters": (note) => ({
    en: `Left out ${plural(note.trials.length, "row")} with a result but no hyperparameter (${listed(note.trials, 5)}): a mean or a best of other rows is not a trial.`,
    ja: `結果だけがありハイパーパラメータのない ${note.trials.length} 行を除きました（${some(note.trials)}）．ほかの行の平均や最良値は試行ではありません．`,
  }),
  duplicates: (note) => ({
    en: `${plural(note.count, "trial")} exactly like an earlier one (same hyperparameters, seed and value) ${are(note.count)} counted once.`,
    ja: `以前のものと完全に同じ（ハイパーパラメータ，シード，値）試行 ${note.count} 件は 1 度だけ数えます．`,
  }),
  "same-ids": (note) => ({
    en: `${plural(note.count, "row")} with the id of an earlier row; each is taken as a separate trial.`,
    ja: `以前の行と同じ ID をもつ ${note.count} 行は，それぞれ別の試行とみなします．`,
  }),
  "no-value": (note) => ({
    en: `Left out ${plural(note.trials.length, "trial")} without a value of ${note.metric} (${listed(note.trials, 5)}). If they diverged, write NaN.`,
    ja: `${note.metric} の値がない試行 ${note.trials.length} 件を除きました（${some(note.trials)}）．発散したのであれば NaN と書いてください．`,
  }),
  "same-best": (note) => ({
    en: `${note.count} trials share the very best ${note.metric}, ${note.value}. If it stands for a failed run, write NaN there: as it is, it counts as the best result.`,
    ja: `最良の ${note.metric}（${note.value}）を ${note.count} 件の試行が共有しています．失敗した実行を表す値であれば NaN と書いてください．このままでは最良の結果として数えます．`,
  }),
  "not-finite": (note) => ({
    en: `${plural(note.trials.length, "trial")} with a ${note.metric} that is not finite count${note.trials.length === 1 ? "s" : ""} as infeasible (${listed(note.trials, 5)}).`,
    ja: `${note.metric} が有限でない試行 ${note.trials.length} 件は実行不可能として数えます（${some(note.trials)}）．`,
  }),
  "not-a-number": (note) => ({
    en: `${plural(note.count, "trial")} left out: ${note.metric} is not a number there (${note.count > 1 ? "the first is " : ""}trial ${note.found}).`,
    ja: `${note.metric} が数でない試行 ${note.count} 件を除きました（最初は ${note.found}）．`,
  }),
  "bad-hyperparameter": (note) => ({
    en: `${plural(note.count, "row")} left out: ${note.hyperparameter} is a number elsewhere, but ${JSON.stringify(note.found)} there.`,
    ja: `${note.count} 行を除きました: ${note.hyperparameter} はほかの行では数ですが，ここでは ${JSON.stringify(note.found)} です．`,
  }),
  "outside-space": (note) => ({
    en: `${note.count} of ${plural(note.of, "trial")} left out, outside the declared space (${note.example}).`,
    ja: `宣言された探索空間の外にある ${note.count} 件（全 ${note.of} 件中）の試行を除きました（${note.example}）．`,
  }),
  "stopped-early": (note) => ({
    en: `${note.count} of ${plural(note.of, "trial")} were stopped before their end (pruned, killed or cancelled) and left out: their values come from fewer steps.`,
    ja: `${note.of} 件中 ${note.count} 件の試行は途中で止められた（枝刈り，強制終了，中止）ため除きました: 値が少ないステップ数によるからです．`,
  }),
  failed: (note) => ({
    en: `${plural(note.count, "failed trial")} left out. If they diverged or ran out of memory, they are infeasible, and show where the space ends.`,
    ja: `失敗した試行 ${note.count} 件を除きました．発散やメモリ不足であれば実行不可能であり，空間の限界を示します．`,
  }),
  "failed-or-nan": (note) => ({
    en: `${plural(note.count, "failed trial")} left out. Optuna also counts a trial that returned NaN as failed: return float("inf") when it diverges (-inf if higher is better), and it counts as infeasible.`,
    ja: `失敗した試行 ${note.count} 件を除きました．Optuna は NaN を返した試行も失敗とします．発散したときに float("inf")（大きいほどよい場合は -inf）を返せば，実行不可能として数えます．`,
  }),
  running: (note) => ({
    en: `Left out ${plural(note.count, "trial")} still running or waiting.`,
    ja: `実行中または待機中の試行 ${note.count} 件を除きました．`,
  }),
  "ended-sooner": (note) => ({
    en: `${plural(note.count, "trial")} ended before step ${note.step}, and no column says why; they are taken as completed.`,
    ja: `${note.count} 件の試行はステップ ${note.step} より前に終わっていますが，理由を示す列がありません．完了とみなします．`,
  }),
  "one-trial": () => ({
    en: "There is only one trial, so there is nothing to compare.",
    ja: "試行が 1 件だけなので，比べるものがありません．",
  }),
  "none-finished": () => ({
    en: "No trial finished with a finite value: what the metric depends on cannot be judged.",
    ja: "有限の値で終わった試行がないため，指標が何に依存するかは判断できません．",
  }),
  "no-repeats": () => ({
    en: "No configuration was run twice with different seeds: the noise is not known, so a verdict that needs it is at most “watch”. --noise SD states it.",
    ja: "同じ設定を異なるシードで 2 回以上実行していないためノイズがわからず，ノイズを必要とする判断は「要観察」までです．--noise SD で指定できます．",
  }),
  "no-curves": () => ({
    en: "One value per trial and no curves: the questions about training curves cannot be judged.",
    ja: "試行ごとに値が 1 つで曲線がないため，学習曲線についての問いは判断できません．",
  }),
  "training-metric": (note) => ({
    en: `${note.metric} is measured in training; the checklist is meant for a validation metric (--metric NAME).`,
    ja: `${note.metric} は学習時の指標です．チェックリストは検証指標を前提とします（--metric NAME）．`,
  }),
  "test-metric": (note) => ({
    en: `${note.metric} seems to be measured on the test set; choosing by it makes it a validation set.`,
    ja: `${note.metric} はテストセットで測られているようです．これで選ぶとテストセットが検証セットになります．`,
  }),
  "ranges-guessed": () => ({
    en: "The ends of the ranges are guessed from the values seen; --space FILE gives the declared ones.",
    ja: "範囲の端は見られた値からの推測です．--space FILE で宣言された範囲を与えられます．",
  }),
  "no-final-curve": (note) => ({
    en: `${plural(note.count, "trial")} without a curve: the value given counts as the final one.`,
    ja: `曲線のない試行 ${note.count} 件では，与えられた値を最終値とみなします．`,
  }),
  adaptive: () => ({
    en: "Where the search learned from its own results (TPE, Bayesian optimisation, pruning), its points are denser where it expected good ones; the playbook's reading assumes random or quasi-random search.",
    ja: "探索が自らの結果から学ぶ場合（TPE，ベイズ最適化，枝刈り），点はよいと予想された所に密になります．プレイブックの読み方はランダム探索と準ランダム探索を前提としています．",
  }),
}
