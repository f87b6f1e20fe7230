import { type Action, formatValue } from "@tanren/terms"
import { type Fields, group, holds, number, type Of, optional, someOf, text, value } from "@tanren/terms/fields"
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

/** An action of another version's record, with fields that are not told here, is shown by its bare type. */
const textsOf = (action: Action): Text => {
  if (isKnown(action)) return phrases[action.type].tell(action as never)
  return recorded.holds(action) ? { en: action.type, ja: action.type } : unnamed
}

const isKnown = (action: Action): boolean =>
  recorded.holds(action) && Object.hasOwn(phrases, action.type) && holds(phrases[action.type].fields, action)

const recorded = group({ type: text })

const unnamed: Text = { en: "an action of another version", ja: "別の版による対処" }

/** How an action is told, and by which of its fields: a record of another version may have others. */
interface Phrase<A> {
  readonly fields: Fields
  readonly tell: (action: A) => Text
}

const phrase = <F extends Fields>(fields: F, tell: (action: Of<F>) => Text): Phrase<Of<F>> => ({ fields, tell })

const edges = { hyperparameter: text, low: optional(number), high: optional(number) }

const phrases: { readonly [Type in Action["type"]]: Phrase<Extract<Action, { readonly type: Type }>> } = {
  widen: phrase(edges, ({ hyperparameter, low, high }) => ({
    en: `widen ${hyperparameter}${range(low, high).en}`,
    ja: `${hyperparameter} の範囲${range(low, high).ja}広げる`,
  })),
  "add-values": phrase(
    { hyperparameter: text, below: optional(number), above: optional(number) },
    ({ hyperparameter, below, above }) => {
      const values: ReadonlyArray<Text> = [
        ...(below === undefined
          ? []
          : [{ en: `a value below ${formatNumber(below)}`, ja: `${formatNumber(below)} より小さい値` }]),
        ...(above === undefined
          ? []
          : [{ en: `a value above ${formatNumber(above)}`, ja: `${formatNumber(above)} より大きい値` }]),
      ]
      if (values.length === 0) return { en: `add values to ${hyperparameter}`, ja: `${hyperparameter} に値を加える` }
      return {
        en: `add ${values.map(({ en }) => en).join(" and ")} to ${hyperparameter}`,
        ja: `${hyperparameter} に ${values.map(({ ja }) => ja).join("と ")}を加える`,
      }
    },
  ),
  cut: phrase(edges, ({ hyperparameter, low, high }) => ({
    en: `cut ${hyperparameter}${range(low, high).en}`,
    ja: `${hyperparameter} の範囲${range(low, high).ja}狭める`,
  })),
  "cut-values": phrase({ hyperparameter: text, keep: someOf(value) }, ({ hyperparameter, keep }) => {
    const kept = keep.map((value) => formatValue(value)).join(", ")
    return { en: `keep only ${kept} for ${hyperparameter}`, ja: `${hyperparameter} を ${kept} に限る` }
  }),
  reparametrise: phrase({ expression: text, of: someOf(text) }, ({ expression, of }) => ({
    en: `search over ${expression} instead of ${of.join(" and ")}`,
    ja: `${of.join(" と ")} の代わりに ${expression} を探索する`,
  })),
  "add-trials": phrase({ count: number }, ({ count }) => ({
    en: `run ${plural(count, "more trial")} of the same sequence`,
    ja: `同じ列からさらに ${count} 試行`,
  })),
  "smaller-goal": phrase({}, () => ({ en: "choose a smaller goal", ja: "より小さな目標を選ぶ" })),
  "cure-instability": phrase({ hyperparameter: text }, ({ hyperparameter }) => ({
    en: `cure the instability at high ${hyperparameter} first`,
    ja: `まず高い ${hyperparameter} での不安定性を直す`,
  })),
  "suspect-bug": phrase({ where: text, metric: optional(text) }, (suspected) => {
    const { en, ja } = suspicionText(suspected)
    return { en: `look for a bug in ${en}`, ja: `${ja}のバグを疑う` }
  }),
  regularise: phrase({}, () => ({ en: "add regularisation", ja: "正則化を加える" })),
  "reduce-step-variance": phrase({}, () => ({ en: "reduce the variance between steps", ja: "ステップ間分散を減らす" })),
  "train-longer": phrase({}, () => ({ en: "train longer", ja: "より長くトレーニングする" })),
  "train-shorter": phrase({ maxTrainSteps: optional(number) }, ({ maxTrainSteps: steps }) =>
    steps === undefined
      ? { en: "train for fewer steps", ja: "トレーニングステップを減らす" }
      : { en: `train for about ${formatNumber(steps)} steps`, ja: `約 ${formatNumber(steps)} ステップに減らす` },
  ),
  "tune-together": phrase({ hyperparameters: someOf(text) }, ({ hyperparameters }) => ({
    en: `tune ${hyperparameters.join(", ")} together`,
    ja: `${hyperparameters.join(", ")} を一緒に調整する`,
  })),
  fix: phrase({ hyperparameter: text, value }, ({ hyperparameter, value }) => ({
    en: `fix ${hyperparameter} at ${formatValue(value)} from now on`,
    ja: `今後は ${hyperparameter} を ${formatValue(value)} に固定`,
  })),
  "next-goal": phrase({ question: text }, ({ question }) => ({
    en: `next goal: ${question}`,
    ja: `次の目標：${question}`,
  })),
  several: phrase({ actions: someOf(recorded) }, ({ actions }) => {
    const each = actions.map((one) => textsOf(one as Action))
    return { en: each.map(({ en }) => en).join("; "), ja: each.map(({ ja }) => ja).join("; ") }
  }),
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
