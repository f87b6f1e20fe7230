import type { Texts } from "@tanren/words"

export const answersWords = {
  heading: { en: "Answers", ja: "答え" },
  inShort: { en: "In short", ja: "要点" },
  noGoals: { en: "No goal has been started yet.", ja: "まだ目標は開始されていません．" },
  noAnswer: { en: "Not answered yet.", ja: "まだ答えは出ていません．" },
  noLaunch: { en: "No launch decision yet.", ja: "採用の判断はまだありません．" },
} satisfies Texts
