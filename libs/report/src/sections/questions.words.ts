import type { TextTable } from "@tanren/words"

export const questionTitles: TextTable<string> = {
  "search-space-edge": { en: "Is the search space large enough?", ja: "探索空間は十分に広いか？" },
  "instability-wall": {
    en: "Does the best learning rate lie at a wall of instability?",
    ja: "最良の学習率は不安定性の壁にあるか？",
  },
  sampling: { en: "Were enough points sampled?", ja: "十分な数の点をサンプルしたか？" },
  "infeasible-share": { en: "What share is infeasible, and where?", ja: "実行不可能な割合とその場所は？" },
  optimisation: { en: "Is there optimisation trouble?", ja: "最適化の失敗はあるか？" },
  overfitting: { en: "Do the curves show problematic overfitting?", ja: "問題のある過学習が見られるか？" },
  "step-variance": {
    en: "Is the step-to-step variance high late in training?",
    ja: "トレーニング後半のステップ間分散は大きいか？",
  },
  "still-improving": { en: "Is it still improving at the end?", ja: "最後でもまだ改善しているか？" },
  "saturated-early": { en: "Did it saturate long before the end?", ja: "終わるずっと前に飽和したか？" },
  "training-loss-rising": {
    en: "Does the training loss rise, or nothing move at all?",
    ja: "トレーニング損失が上がり続けるか，何も動かないか？",
  },
  "periodic-metric": { en: "Is a validation metric periodic?", ja: "バリデーションの指標に周期性があるか？" },
  "best-step": { en: "Where does the best step fall?", ja: "最良のステップはどこか？" },
  isolation: { en: "Does the scientific value make a difference?", ja: "科学的ハイパーパラメータの値で差が出るか？" },
  sensitivity: { en: "Which hyperparameters matter, and which interact?", ja: "どれが重要で，どれが相互作用するか？" },
  "gains-saturated": { en: "Have the gains of the last goals saturated?", ja: "最近の目標で改善は飽和したか？" },
}
