import { plural, type Texts } from "@tanren/words"

export const findingsWords = {
  heading: { en: "What the results say", ja: "結果から分かること" },
  none: {
    en: "No finding has been recorded for this goal yet.",
    ja: "この目標についての所見はまだ記録されていません．",
  },
  nothingToAct: { en: "No finding calls for action.", ja: "対応の必要な点は見つかりませんでした．" },
  undecided: (count: number) => ({
    en: `${plural(count, "question")} that these data cannot answer`,
    ja: `このデータでは答えられない問い：${count} 件`,
  }),
  fine: (count: number) => ({
    en: `${plural(count, "question")} with nothing to act on`,
    ja: `対応の必要がない問い：${count} 件`,
  }),
  evidence: { en: "Evidence", ja: "根拠" },
  question: { en: "Question", ja: "問い" },
  verdict: { en: "Verdict", ja: "判定" },
  finding: { en: "Finding", ja: "所見" },
  action: { en: "Next action", ja: "次の行動" },
} satisfies Texts
