import type { LaunchDecision } from "@tanren/playbook"
import { type Language, type Texts, type TextTable, textOf } from "@tanren/words"

export const launchWords = {
  heading: { en: "Launch", ja: "採用判断" },
  approve: (by: string, note: string) => ({
    en: ` Approved by ${by}${note === "" ? "" : ` (${note})`}.`,
    ja: `${by} が承認しました${note === "" ? "" : `（${note}）`}．`,
  }),
  reject: (by: string, note: string) => ({
    en: ` Rejected by ${by}${note === "" ? "" : ` (${note})`}: the baseline stays.`,
    ja: `${by} が却下しました${note === "" ? "" : `（${note}）`}．ベースラインのままです．`,
  }),
  silent: (then: "keep" | "adopt") => ({
    en: ` Nobody answered before the deadline: ${then === "adopt" ? "adopted" : "kept as it was"}, as the policy says.`,
    ja: `期限までに誰も答えなかったため，方針どおり${then === "adopt" ? "採用しました" : "ベースラインのままです"}．`,
  }),
  proposed: (text: string) => ({ en: `Proposed: ${text}`, ja: `提案：${text}` }),
} satisfies Texts

const decisions: TextTable<LaunchDecision["decision"]> = {
  adopt: { en: "Adopt", ja: "採用" },
  keep: { en: "Keep the baseline", ja: "ベースラインを維持" },
  undecided: { en: "Undecided", ja: "未定" },
}

export const launchDecisionText = (decision: string, language: Language): string =>
  textOf(decisions, decision, language)
