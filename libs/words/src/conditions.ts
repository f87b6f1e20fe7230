import { formatValue, type Hyperparameter } from "@tanren/terms"
import type { Language, Text } from "./language.ts"

/** When a conditional hyperparameter is active: `only where optimizer = adam or nesterov`; empty where it always is. */
export const conditionText = (when: Hyperparameter["when"], language: Language): string => {
  const conditions = Object.entries(when ?? {}).map(
    ([parent, values]) => `${parent} = ${values.map((value) => formatValue(value)).join(or[language])}`,
  )
  return conditions.length === 0 ? "" : onlyWhere(conditions.join(", "))[language]
}

const or: Text = { en: " or ", ja: " または " }
const onlyWhere = (condition: string): Text => ({ en: `only where ${condition}`, ja: `${condition} のときのみ` })
