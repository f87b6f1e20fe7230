import type { Language, Text } from "./language.ts"

/** `95 %`, `98.33 %`: at most two decimals. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`

/** `12 %`: shares of trials, of steps or of variance, which are never known better. */
export const wholePercent = (share: number): string => `${Math.round(100 * share)} %`

/** `3.10 %`: two decimals always, so that values beside each other are equally exact. */
export const fixedPercent = (share: number): string => `${(100 * share).toFixed(2)} %`

/** A difference of two shares. In percent, 0.2 would read as a fifth of a hundredth of the value. */
export const percentagePoints = (difference: number, language: Language): string =>
  `${(100 * difference).toFixed(2)} ${points[language]}`

export const points: Text = { en: "points", ja: "ポイント" }
