import type { CampaignStatus, Status } from "@tanren/terms"
import { type Language, type TextTable, textOf } from "./language.ts"

const ofTrials: TextTable<Status> = {
  completed: { en: "completed", ja: "完了" },
  infeasible: { en: "infeasible", ja: "実行不可能" },
  failed: { en: "failed", ja: "失敗" },
  running: { en: "running", ja: "実行中" },
  cancelled: { en: "cancelled", ja: "中止" },
}

export const trialStatusText = (status: string, language: Language): string => textOf(ofTrials, status, language)

/** `45 completed, 3 infeasible`: how many completed is said even where none did. Other versions' statuses come last. */
export const trialCountsText = (trials: ReadonlyArray<{ readonly status: string }>, language: Language): string =>
  [...new Set([...Object.keys(ofTrials), ...trials.map(({ status }) => status)])]
    .flatMap((status) => {
      const count = trials.filter((trial) => trial.status === status).length
      const word = trialStatusText(status, language)
      if (count === 0 && status !== "completed") return []
      return [language === "ja" ? `${word} ${count}` : `${count} ${word}`]
    })
    .join(language === "ja" ? "，" : ", ")

/** Results from elsewhere are analysed without a campaign. */
const ofCampaigns: TextTable<CampaignStatus | "analysis"> = {
  running: { en: "Running", ja: "実行中" },
  finished: { en: "Finished", ja: "完了" },
  cancelled: { en: "Cancelled", ja: "中止" },
  failed: { en: "Stopped by an error", ja: "エラーにより停止" },
  analysis: { en: "Analysis of existing results", ja: "既存の結果の分析" },
}

export const campaignStatusText = (status: string, language: Language): string => textOf(ofCampaigns, status, language)
