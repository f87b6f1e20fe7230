import { isRanged, listedValues } from "@tanren/space"
import { formatValue, type Hyperparameter, type Value } from "@tanren/terms"
import { conditionText, type Language, scaleText, trialCountsText } from "@tanren/words"
import type { Why } from "./guess/roles.ts"
import { listed } from "./outcome.ts"
import type { Results } from "./results.ts"
import { wordsFor } from "./wording/index.ts"
import type { Words } from "./wording/words.ts"

/** How the files were understood: what is guessed is shown, with the flag that corrects it. */
export const readingText = (results: Results, language: Language = "en"): string => {
  const words = wordsFor(language)
  const { chosen, hyperparameters, fixed, leftOut, notes } = results
  const guessed = chosen.nameBy === "name" || chosen.nameBy === "values"
  const from =
    chosen.nameBy === "name" && chosen.goalBy === "flag"
      ? words.goalTold
      : words.told[guessed ? chosen.nameBy : chosen.goalBy]
  const others = chosen.others.length === 0 ? [] : [words.others(chosen.others.slice(0, 8).join(", "))]
  const lines = [
    `${listed(results.files, 3)}: ${words.read(results.formats.map((format) => words.formats[format]).join(" + "), results.rows, results.long, trialsText(results, words, language))}`,
    [words.metric(chosen.metric.name, chosen.metric.goal, from), ...others].join("; "),
    ...(hasCurves(results) ? [words.schedules[results.schedule ?? "unknown"]] : []),
    ...(hyperparameters.length === 0 ? [] : [words.hyperparameters[results.spaceBy]]),
    ...table(hyperparameters.map((one) => [one.name, spaceText(one, words, language)])),
    ...(Object.keys(fixed).length === 0 ? [] : [words.fixed(pointText(fixed))]),
    ...(leftOut.length === 0 ? [] : [words.leftOut(leftOutText(leftOut, words))]),
    ...(results.spaceBy === "guess" ? [words.correct] : []),
    ...(notes.length === 0 ? [] : ["", words.notes, ...notes.map((note) => `  - ${words.note(note)}`)]),
  ]
  return lines.map(plain).join("\n")
}

const hasCurves = ({ trials }: Results): boolean => trials.some(({ measurements }) => (measurements?.length ?? 0) > 1)

/** What the person has not asked for yet. */
export const reportOffer = (language: Language): string => wordsFor(language).offer

/** Names come from strangers' files: an escape sequence must not reach the terminal. */
export const plain = (text: string): string => text.replace(/\p{Cc}+/gu, " ")

/** `48 trials (45 completed, 3 infeasible)`. */
const trialsText = ({ trials }: Results, words: Words, language: Language): string =>
  `${words.trials(trials.length)}${trials.length === 0 ? "" : ` (${trialCountsText(trials, language)})`}`

const spaceText = (hyperparameter: Hyperparameter, words: Words, language: Language): string => {
  const condition = conditionText(hyperparameter.when, language)
  const when = condition === "" ? [] : [condition]
  if (!isRanged(hyperparameter)) {
    const values = listedValues(hyperparameter) ?? []
    const more = values.length > 8 ? ", …" : ""
    return [`${hyperparameter.type}: ${values.slice(0, 8).map(valueText).join(", ")}${more}`, ...when].join(", ")
  }
  const { type, low, high, scale = "linear" } = hyperparameter
  const range = words.range(formatValue(low), formatValue(high, { ...hyperparameter, type: "float" }))
  return [`${type} ${range}`, scaleText(scale, language), ...when].join(", ")
}

const valueText = (value: Value): string => formatValue(value)

const pointText = (point: Readonly<Record<string, Value>>): string => {
  const entries = Object.entries(point).map(([name, value]) => `${name} ${short(valueText(value))}`)
  return entries.length <= 12 ? entries.join(", ") : `${entries.slice(0, 12).join(", ")}, … (${entries.length})`
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const leftOutText = (leftOut: Results["leftOut"], words: Words): string => {
  const byWhy = new Map<Why, Array<string>>()
  for (const { name, why } of leftOut) byWhy.set(why, [...(byWhy.get(why) ?? []), name])
  return [...byWhy]
    .map(
      ([why, names]) =>
        `${names.length > 6 ? `${names.slice(0, 6).join(", ")}, … (${names.length})` : names.join(", ")} (${words.whys[why]})`,
    )
    .join("; ")
}

const table = (rows: ReadonlyArray<readonly [string, string]>): ReadonlyArray<string> => {
  const width = Math.min(
    40,
    rows.reduce((widest, [name]) => Math.max(widest, name.length), 0),
  )
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)
}
