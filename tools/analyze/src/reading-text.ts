import { isRanged, listedValues } from "@tanren/space"
import { formatValue, type Hyperparameter, type Value } from "@tanren/terms"
import { conditionText, type Language, scaleText, trialCountsText } from "@tanren/words"
import type { Why } from "./guess/roles.ts"
import { noteText } from "./note.words.ts"
import { listed } from "./outcome.ts"
import { formatNames, readingWords, schedules, spaceToldBy, toldBy, whys } from "./reading.words.ts"
import type { Results } from "./results.ts"

/** How the files were understood: what is guessed is shown, with the flag that corrects it. */
export const readingText = (results: Results, language: Language = "en"): string => {
  const { chosen, hyperparameters, fixed, leftOut, notes } = results
  const guessed = chosen.nameBy === "name" || chosen.nameBy === "values"
  const from =
    chosen.nameBy === "name" && chosen.goalBy === "flag"
      ? readingWords.goalTold[language]
      : toldBy[guessed ? chosen.nameBy : chosen.goalBy][language]
  const others = chosen.others.length === 0 ? [] : [readingWords.others(chosen.others.slice(0, 8).join(", "))[language]]
  const lines = [
    `${listed(results.files, 3)}: ${readingWords.read(formatsText(results, language), results.rows, results.long, trialsText(results, language))[language]}`,
    [readingWords.metric(chosen.metric.name, chosen.metric.goal, from)[language], ...others].join("; "),
    ...(hasCurves(results) ? [schedules[results.schedule ?? "unknown"][language]] : []),
    ...(hyperparameters.length === 0 ? [] : [spaceToldBy[results.spaceBy][language]]),
    ...table(hyperparameters.map((one) => [one.name, spaceText(one, language)])),
    ...(Object.keys(fixed).length === 0 ? [] : [readingWords.fixed(pointText(fixed))[language]]),
    ...(leftOut.length === 0 ? [] : [readingWords.leftOut(leftOutText(leftOut, language))[language]]),
    ...(results.spaceBy === "guess" ? [readingWords.correct[language]] : []),
    ...(notes.length === 0
      ? []
      : ["", readingWords.notes[language], ...notes.map((note) => `  - ${noteText(note, language)}`)]),
  ]
  return lines.map(plain).join("\n")
}

const hasCurves = ({ trials }: Results): boolean => trials.some(({ measurements }) => (measurements?.length ?? 0) > 1)

/** What the person has not asked for yet. */
export const reportOffer = (language: Language): string => readingWords.offer[language]

/** Names come from strangers' files: an escape sequence must not reach the terminal. */
export const plain = (text: string): string => text.replace(/\p{Cc}+/gu, " ")

/** `W&B export`, or several joined. */
export const formatsText = ({ formats }: Results, language: Language): string =>
  formats.map((format) => formatNames[format][language]).join(" + ")

/** `48 trials (45 completed, 3 infeasible)`. */
const trialsText = ({ trials }: Results, language: Language): string =>
  `${readingWords.trials(trials.length)[language]}${trials.length === 0 ? "" : ` (${trialCountsText(trials, language)})`}`

const spaceText = (hyperparameter: Hyperparameter, language: Language): string => {
  const condition = conditionText(hyperparameter.when, language)
  const when = condition === "" ? [] : [condition]
  if (!isRanged(hyperparameter)) {
    const values = listedValues(hyperparameter) ?? []
    const more = values.length > 8 ? ", …" : ""
    return [`${hyperparameter.type}: ${values.slice(0, 8).map(valueText).join(", ")}${more}`, ...when].join(", ")
  }
  const { type, low, high, scale = "linear" } = hyperparameter
  const range = readingWords.range(formatValue(low), formatValue(high, { ...hyperparameter, type: "float" }))[language]
  return [`${type} ${range}`, scaleText(scale, language), ...when].join(", ")
}

const valueText = (value: Value): string => formatValue(value)

const pointText = (point: Readonly<Record<string, Value>>): string => {
  const entries = Object.entries(point).map(([name, value]) => `${name} ${short(valueText(value))}`)
  return entries.length <= 12 ? entries.join(", ") : `${entries.slice(0, 12).join(", ")}, … (${entries.length})`
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const leftOutText = (leftOut: Results["leftOut"], language: Language): string => {
  const byWhy = new Map<Why, Array<string>>()
  for (const { name, why } of leftOut) byWhy.set(why, [...(byWhy.get(why) ?? []), name])
  return [...byWhy]
    .map(
      ([why, names]) =>
        `${names.length > 6 ? `${names.slice(0, 6).join(", ")}, … (${names.length})` : names.join(", ")} (${whys[why][language]})`,
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
