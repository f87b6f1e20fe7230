import { formatPoint, type Trial } from "@tanren/terms"
import { type Language, plural, type Texts, trialCountsText } from "@tanren/words"
import { noteText } from "../note.words.ts"
import { formatNames, readingWords, toldBy } from "../reading.words.ts"
import { plain } from "../reading-text.ts"
import type { Comparable } from "./comparable.ts"
import type { Runs } from "./read-runs.ts"

const words = {
  baseline: { en: "A, the baseline that stands", ja: "A（いま立っているベースライン）" },
  candidate: { en: "B, the candidate", ja: "B（候補）" },
  runs: (count: number) => ({ en: plural(count, "run"), ja: `実行 ${count} 回` }),
  value: { en: "each run by the value given", ja: "各実行は記載の値による" },
  best: (least: number, most: number) => ({
    en: `each run by its best of ${least === most ? plural(most, "evaluation") : `${least} to ${most} evaluations`}`,
    ja: `各実行は ${least === most ? most : `${least}〜${most}`} 回の評価の最良値による`,
  }),
} satisfies Texts

/** Who is who, how many runs there are, and what a run is worth: what is guessed is shown, with the flag that mends it. */
export const sidesText = ({ baseline, candidate, metric }: Comparable, language: Language): string => {
  const notes = new Set([...baseline.notes, ...candidate.notes].map((note) => noteText(note, language)))
  const { chosen } = baseline
  const guessed = chosen.nameBy === "name" || chosen.nameBy === "values"
  const from =
    chosen.nameBy === "name" && chosen.goalBy === "flag"
      ? readingWords.goalTold[language]
      : toldBy[guessed ? chosen.nameBy : chosen.goalBy][language]
  const lines = [
    sideText(words.baseline[language], baseline, language),
    sideText(words.candidate[language], candidate, language),
    readingWords.metric(metric.name, metric.goal, from)[language],
    ...(notes.size === 0 ? [] : [readingWords.notes[language], ...[...notes].map((note) => `  - ${note}`)]),
  ]
  return lines.map(plain).join("\n")
}

const sideText = (who: string, { given, formats, runs, configuration }: Runs, language: Language): string => {
  const format = formats.map((one) => formatNames[one][language]).join(" + ")
  const parts = [
    `${format}, ${words.runs(runs.length)[language]} (${trialCountsText(runs, language)})`,
    worthText(runs, language),
    formatPoint(configuration),
  ]
  return `${who}: ${given}: ${parts.filter((part) => part !== "").join("; ")}`
}

const worthText = (runs: ReadonlyArray<Trial>, language: Language): string => {
  const counts = runs.flatMap(({ status, measurements }) =>
    status === "completed" && measurements !== undefined ? [measurements.length] : [],
  )
  return counts.length === 0 ? words.value[language] : words.best(Math.min(...counts), Math.max(...counts))[language]
}
