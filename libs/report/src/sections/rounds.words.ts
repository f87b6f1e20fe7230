import type { Texts } from "@tanren/words"

export const roundsWords = {
  heading: { en: "Rounds of growing length", ja: "長さを伸ばすラウンド" },
  lengths: { en: "Lengths", ja: "学習の長さ" },
  round: { en: "Round", ja: "ラウンド" },
  ofRound: (round: number) => ({ en: `Round ${round}: `, ja: `ラウンド ${round}：` }),
  reruns: { en: "Re-runs", ja: "再実行" },
  rerunsOf: {
    en: "What stands and the most promising points, at full length with fresh seeds: the answer rests on these.",
    ja: "現在の設定と最も有望な点を，最長で，新しいシードにより再実行します．答えはこれに基づきます．",
  },
  length: { en: "Steps each", ja: "一回のステップ数" },
  share: { en: "Share of the cost", ja: "費用の割合" },
  best: { en: "Best single trial", ja: "最良の一試行" },
  stands: { en: "What stands, at this length", ja: "この長さでの現在の設定" },
  choice: { en: "What runs, and why", ja: "実行内容とその理由" },
  earlier: { en: "of earlier goals", ja: "先行する目標のもの" },
  transfer: (from: string, to: string) => ({
    en: `Does it carry over from ${from} to ${to} steps?`,
    ja: `${from} ステップから ${to} ステップへ引き継がれるか`,
  }),
  hyperparameter: { en: "Hyperparameter", ja: "ハイパーパラメータ" },
  confidence: { en: "Carries over, the playbook suspects", ja: "引き継がれる可能性（プレイブックの推測）" },
  short: { en: "Best point when short", ja: "短い学習での最良の点" },
  long: { en: "Best point when long", ja: "長い学習での最良の点" },
  point: { en: "Point", ja: "点" },
  standing: { en: "what stands", ja: "現在の設定" },
  pairs: { en: "The points that ran at both lengths", ja: "両方の長さで走った点" },
} satisfies Texts
