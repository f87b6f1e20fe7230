import type { Texts } from "@tanren/words"

export const decisionsWords = {
  heading: { en: "Decisions, and why", ja: "決定とその理由" },
  decision: { en: "Decision", ja: "決定" },
  rule: { en: "Rule", ja: "規則" },
  outcome: { en: "Outcome", ja: "結果" },
  inputs: { en: "Inputs", ja: "入力" },
  at: { en: "When", ja: "日時" },
} satisfies Texts
