import { describeSpaceNotes, type RefinedRange } from "@tanren/playbook"
import { ranked } from "@tanren/terms"
import { type Language, points as pointsText, trialCountsText } from "@tanren/words"
import { improvementSpec } from "../charts/improvement-spec.ts"
import type { GoalReport, ReportData, TuningReport } from "../data.ts"
import { formatPoint, formatSpread, valueText } from "../format.ts"
import { type Html, html, prose } from "../html.ts"
import { differenceText, metricText, valuesAreShares } from "../metric-text.ts"
import { table } from "../table.ts"
import { columnWords } from "./columns.words.ts"
import { type Album, figure } from "./figure.ts"
import { finalTuningWords } from "./final-tuning.words.ts"

/** The last search: where it looked, how it went, and which points were run again. Nothing for any other work. */
export const finalTuning = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const { tuning } = goal
  if (tuning === undefined) return html``
  return html`${spacePart(tuning, language)}
${await batchPart(data, goal, tuning, id, language, album)}
${candidatePart(data, tuning, language)}`
}

const ends = ([low, high]: RefinedRange["refined"]): string => `${valueText(low)} … ${valueText(high)}`

const spacePart = ({ space }: TuningReport, language: Language): Html => {
  const notes = describeSpaceNotes(space, language)
  return html`<h3>${finalTuningWords.space[language]}</h3>
${
  space.ranges.length > 0 &&
  table(
    space.ranges,
    [
      { title: finalTuningWords.hyperparameter[language], cell: ({ hyperparameter }) => hyperparameter },
      { title: finalTuningWords.explored[language], cell: ({ explored }) => ends(explored), kind: "nowrap" },
      { title: finalTuningWords.best[language], cell: ({ span }) => ends(span), kind: "nowrap" },
      {
        title: finalTuningWords.count[language],
        cell: ({ best, of }) => finalTuningWords.outOf(best, of)[language],
        kind: "nowrap",
      },
      { title: finalTuningWords.searched[language], cell: ({ refined }) => ends(refined), kind: "nowrap" },
    ],
    { label: finalTuningWords.space[language], stack: true },
  )
}
${notes !== "" && html`<p class="small">${prose(notes)}</p>`}`
}

const batchPart = async (
  data: ReportData,
  goal: GoalReport,
  { batches }: TuningReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  if (batches.length === 0 || batches[0]?.algorithm === "halton") return html``
  const value = metricText(data)
  const difference = differenceText(data, language)
  const trialsIn = (study: string | undefined) => goal.studies.find((one) => one.id === study)?.trials ?? []
  return html`<h3>${finalTuningWords.batches[language]}</h3>
${await improvements(data, batches, id, language, album)}
${table(
  batches,
  [
    { title: finalTuningWords.batch[language], cell: ({ batch }) => String(batch) },
    {
      title: columnWords.trials[language],
      cell: ({ study }) =>
        study === null ? finalTuningWords.ended[language] : trialCountsText(trialsIn(study.id), language),
    },
    { title: finalTuningWords.known[language], cell: ({ observed }) => observed, kind: "number" },
    {
      title: finalTuningWords.expected[language],
      cell: ({ expectedImprovement }) => difference(expectedImprovement),
      kind: "number",
    },
    {
      title: finalTuningWords.allLeft[language],
      cell: (batch) => difference(expectedOfAllLeft(batch)),
      kind: "number",
    },
    { title: finalTuningWords.showable[language], cell: ({ showable }) => difference(showable), kind: "number" },
    {
      title: finalTuningWords.bestOfBatch[language],
      cell: ({ study }) => value(ranked(data.metric, trialsIn(study?.id))[0]?.value),
      kind: "number",
    },
  ],
  { label: finalTuningWords.batches[language], stack: true },
)}`
}

/** What the search's end is measured by: a gain as of this batch from every batch left. (Earlier versions: from one.) */
const expectedOfAllLeft = ({ expectedImprovement, batchesLeft = 1 }: TuningReport["batches"][number]): number | null =>
  expectedImprovement === null ? null : batchesLeft * expectedImprovement

/** How fast what there was to gain shrank: one look tells whether more trials would have paid. */
const improvements = async (
  data: ReportData,
  batches: TuningReport["batches"],
  id: string,
  language: Language,
  album: Album,
): Promise<Html | false> => {
  const points = batches.flatMap((one) => {
    const expected = expectedOfAllLeft(one)
    return expected === null ? [] : [{ batch: one.batch, expected }]
  })
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined || points.length < 2) return false
  const difference = differenceText(data, language)
  const showable = batches.at(-1)?.showable ?? null
  // As the table beside it tells them.
  const [unit, scale] = valuesAreShares(data) ? [` (${pointsText[language]})`, 100] : ["", 1]
  const scaled = points.map(({ batch, expected }) => ({ batch, expected: scale * expected }))
  const titles = { batch: finalTuningWords.batch[language], expected: `${finalTuningWords.allLeft[language]}${unit}` }
  return html`<div class="charts">${await figure(album, {
    id: `${id}-improvement`,
    title: finalTuningWords.allLeft[language],
    subtitle: showable === null ? undefined : finalTuningWords.noise[language],
    alternative: finalTuningWords.alternative(difference(first.expected), difference(last.expected))[language],
    spec: improvementSpec({ points: scaled, showable: showable === null ? null : scale * showable, titles }),
  })}</div>`
}

const candidatePart = (data: ReportData, { candidates, rerun }: TuningReport, language: Language): Html => {
  if (candidates === null || candidates.candidates.length === 0) return html``
  const value = metricText(data)
  const difference = differenceText(data, language)
  const rerunText = (label: string): string => {
    const found = rerun.find((one) => one.label === label)
    if (found?.mean == null) return "–"
    return `${formatSpread(found.mean, found.sd ?? undefined, value, difference)} (${found.repeats})`
  }
  return html`<h3>${finalTuningWords.candidates[language]}</h3>
${table(
  candidates.candidates,
  [
    { title: finalTuningWords.candidate[language], cell: ({ label }) => label },
    {
      title: finalTuningWords.point[language],
      cell: ({ hyperparameters }) => formatPoint(hyperparameters),
      kind: "wide",
    },
    { title: finalTuningWords.trial[language], cell: ({ from }) => from },
    { title: finalTuningWords.observed[language], cell: ({ observed }) => value(observed), kind: "number" },
    {
      title: finalTuningWords.model[language],
      cell: ({ mean, deviation }) => formatSpread(mean, deviation, value, difference),
      kind: "number",
    },
    { title: finalTuningWords.reruns[language], cell: ({ label }) => rerunText(label), kind: "number" },
  ],
  { label: finalTuningWords.candidates[language], stack: true },
)}`
}
