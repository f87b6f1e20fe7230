import { formatValue } from "@tanren/terms"
import { plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { RefinedSpace } from "./refined-space.ts"

type Untold = Omit<RefinedSpace, "text">

/** The space of the last search, and where it comes from. */
export const refinedSpaceText: Told<Untold> = {
  en: (space) => [ranges.en(space), dropped.en(space), unrefined.en(space)].filter((part) => part !== "").join(" "),
  ja: (space) => [ranges.ja(space), dropped.ja(space), unrefined.ja(space)].join(""),
}

/** The same beside a table of the ranges. */
export const spaceNotes: Told<Untold> = {
  en: (space) => (space.ranges.length === 0 ? refinedSpaceText : beside).en(space),
  ja: (space) => (space.ranges.length === 0 ? refinedSpaceText : beside).ja(space),
}

const beside: Told<Untold> = {
  en: (space) => [dropped.en(space), unrefined.en(space)].filter((part) => part !== "").join(" "),
  ja: (space) => `${dropped.ja(space)}${unrefined.ja(space)}`,
}

const from = ([low, high]: readonly [number, number]): string => `${formatValue(low)} … ${formatValue(high)}`

const ranges: Told<Untold> = {
  en: ({ ranges: refined, trials }) => {
    if (refined.length === 0)
      return `The space is searched as it was declared and explored: ${plural(trials, "trial")} in it that ${trials === 1 ? "was" : "were"} trained alike.`
    const told = refined.map(({ hyperparameter, refined: [low, high], explored }) => {
      const before = from(explored)
      return `${hyperparameter} ${from([low, high])} (explored ${before})`
    })
    return `The space is refined around the best of ${trials} trials: ${told.join(", ")}.`
  },
  ja: ({ ranges: refined, trials }) => {
    if (refined.length === 0)
      return `空間は宣言・探索されたまま探索します（その中で同じように学習した試行は ${trials} 個です）．`
    const told = refined.map(
      ({ hyperparameter, refined: now, explored }) => `${hyperparameter} ${from(now)}（探索済み ${from(explored)}）`,
    )
    return `${trials} 試行のうち良いものの周りに空間を絞りました：${told.join("，")}．`
  },
}

const dropped: Told<Untold> = {
  en: ({ dropped: values }) =>
    values
      .map(
        ({ name, value, goal }) => `${name} ${formatValue(value)} is left out: goal ${goal} established it as worse.`,
      )
      .join(" "),
  ja: ({ dropped: values }) =>
    values
      .map(
        ({ name, value, goal }) =>
          `${name} ${formatValue(value)} は，目標 ${goal} で劣ると確かめられたため除きました．`,
      )
      .join(""),
}

const unrefined: Told<Untold> = {
  en: ({ unrefined: keys }) =>
    keys.length === 0 ? "" : `As explored: ${keys.join(", ")}, because too few trials tell where it is best.`,
  ja: ({ unrefined: keys }) =>
    keys.length === 0 ? "" : `${keys.join("，")} は，試行が少なく良い範囲が分からないため，探索済みの範囲のままです．`,
}
