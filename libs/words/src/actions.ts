import { type Action, formatValue } from "@tanren/terms"
import type { Language, Text } from "./language.ts"
import { formatNumber } from "./number.ts"
import { plural } from "./plural.ts"
import { suspicionText } from "./suspicions.ts"

/** What to do next, as it stands inside a sentence: `widen learning_rate up to 1`. English phrases begin with a verb. */
export const actionPhrase = (action: Action, language: Language): string => textsOf(action)[language]

/** What to do next, by itself: `Widen learning_rate up to 1`. */
export const actionText = (action: Action, language: Language): string => {
  const phrase = actionPhrase(action, language)
  return language === "en" && isKnown(action) ? `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}` : phrase
}

const isKnown = ({ type }: Action): boolean => Object.hasOwn(phrases, type)

/** An action of another version's record is shown by its bare type. */
const textsOf = (action: Action): Text =>
  isKnown(action) ? phrases[action.type](action as never) : { en: action.type, ja: action.type }

const phrases: { readonly [Type in Action["type"]]: (action: Extract<Action, { readonly type: Type }>) => Text } = {
  widen: ({ hyperparameter, low, high }) => ({
    en: `widen ${hyperparameter}${range(low, high).en}`,
    ja: `${hyperparameter} の範囲${range(low, high).ja}広げる`,
  }),
  "add-values": ({ hyperparameter, below, above }) => {
    const values: ReadonlyArray<Text> = [
      ...(below === undefined
        ? []
        : [{ en: `a value below ${formatNumber(below)}`, ja: `${formatNumber(below)} より小さい値` }]),
      ...(above === undefined
        ? []
        : [{ en: `a value above ${formatNumber(above)}`, ja: `${formatNumber(above)} より大きい値` }]),
    ]
    return {
      en: `add ${values.map(({ en }) => en).join(" and ")} to ${hyperparameter}`,
      ja: `${hyperparameter} に ${values.map(({ ja }) => ja).join("と ")}を加える`,
    }
  },
  cut: ({ hyperparameter, low, high }) => ({
    en: `cut ${hyperparameter}${range(low, high).en}`,
    ja: `${hyperparameter} の範囲${range(low, high).ja}狭める`,
  }),
  "cut-values": ({ hyperparameter, keep }) => {
    const kept = keep.map((value) => formatValue(value)).join(", ")
    return { en: `keep only ${kept} for ${hyperparameter}`, ja: `${hyperparameter} を ${kept} に限る` }
  },
  reparametrise: ({ expression, of }) => ({
    en: `search over ${expression} instead of ${of.join(" and ")}`,
    ja: `${of.join(" と ")} の代わりに ${expression} を探索する`,
  }),
  "add-trials": ({ count }) => ({
    en: `run ${plural(count, "more trial")} of the same sequence`,
    ja: `同じ列からさらに ${count} 試行`,
  }),
  "smaller-goal": () => ({ en: "choose a smaller goal", ja: "より小さな目標を選ぶ" }),
  "cure-instability": ({ hyperparameter }) => ({
    en: `cure the instability at high ${hyperparameter} first`,
    ja: `まず高い ${hyperparameter} での不安定性を直す`,
  }),
  "suspect-bug": (suspected) => {
    const { en, ja } = suspicionText(suspected)
    return { en: `look for a bug in ${en}`, ja: `${ja}のバグを疑う` }
  },
  regularise: () => ({ en: "add regularisation", ja: "正則化を加える" }),
  "reduce-step-variance": () => ({ en: "reduce the variance between steps", ja: "ステップ間分散を減らす" }),
  "train-longer": () => ({ en: "train longer", ja: "より長くトレーニングする" }),
  "train-shorter": ({ maxTrainSteps: steps }) =>
    steps === undefined
      ? { en: "train for fewer steps", ja: "トレーニングステップを減らす" }
      : { en: `train for about ${formatNumber(steps)} steps`, ja: `約 ${formatNumber(steps)} ステップに減らす` },
  "tune-together": ({ hyperparameters }) => ({
    en: `tune ${hyperparameters.join(", ")} together`,
    ja: `${hyperparameters.join(", ")} を一緒に調整する`,
  }),
  fix: ({ hyperparameter, value }) => ({
    en: `fix ${hyperparameter} at ${formatValue(value)} from now on`,
    ja: `今後は ${hyperparameter} を ${formatValue(value)} に固定`,
  }),
  "next-goal": ({ question }) => ({ en: `next goal: ${question}`, ja: `次の目標：${question}` }),
  several: ({ actions }) => {
    const each = actions.map(textsOf)
    return { en: each.map(({ en }) => en).join("; "), ja: each.map(({ ja }) => ja).join("; ") }
  },
}

const range = (low: number | undefined, high: number | undefined): Text => {
  if (low !== undefined && high !== undefined) {
    const ends = `${formatNumber(low)} … ${formatNumber(high)}`
    return { en: ` to ${ends}`, ja: `を ${ends} に` }
  }
  if (low !== undefined) return { en: ` from ${formatNumber(low)}`, ja: `の下限を ${formatNumber(low)} に` }
  if (high !== undefined) return { en: ` up to ${formatNumber(high)}`, ja: `の上限を ${formatNumber(high)} に` }
  return { en: "", ja: "を" }
}
