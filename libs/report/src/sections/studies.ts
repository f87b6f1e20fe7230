import { ranked } from "@tanren/terms"
import { type Language, trialCountsText } from "@tanren/words"
import type { GoalReport, ReportData, StudyReport } from "../data.ts"
import { formatPoint } from "../format.ts"
import { type Content, type Html, html } from "../html.ts"
import { metricText } from "../metric-text.ts"
import { type Column, table } from "../table.ts"
import { columnWords } from "./columns.words.ts"
import { studiesWords } from "./studies.words.ts"
import { trialsWords } from "./trials.words.ts"

/** The spreadsheet of the playbook's "Setting up experiment tracking", less the columns that nothing is known for. */
export const studies = (data: ReportData, goal: GoalReport, language: Language): Html => {
  const text = metricText(data)
  if (goal.studies.length === 0)
    return html`<h3>${studiesWords.heading[language]}</h3><p class="muted">${trialsWords.none[language]}</p>`
  const known = (value: (study: StudyReport) => unknown): boolean => goal.studies.some((study) => Boolean(value(study)))
  const shown: ReadonlyArray<Column<StudyReport> | false> = [
    { title: columnWords.name[language], cell: (study) => study.id },
    // Where all have that of the campaign, the page's head says it.
    known((study) => study.config) && {
      title: studiesWords.config[language],
      cell: (study) => location(study.config ?? data.config),
    },
    known(notes) && { title: studiesWords.notes[language], cell: notes, kind: "wide" },
    { title: columnWords.trials[language], cell: (study) => counts(study, language) },
    {
      title: studiesWords.bestPerformance[language],
      cell: (study) => text(ranked(data.metric, study.trials)[0]?.value),
      kind: "number",
    },
    known((study) => study.command) && {
      title: columnWords.reproduce[language],
      cell: (study) => study.command !== undefined && html`<code>${study.command}</code>`,
    },
    known((study) => study.unsubmitted) && {
      title: studiesWords.unsubmitted[language],
      cell: (study) => study.unsubmitted ?? "–",
    },
  ]
  return html`<h3>${studiesWords.heading[language]}</h3>${table(
    goal.studies,
    shown.filter((column) => column !== false),
    { label: studiesWords.heading[language], stack: true },
  )}`
}

const counts = ({ trials, repeats = [] }: StudyReport, language: Language): string =>
  trials.length === 0 && repeats.length > 0
    ? `${trialCountsText(repeats, language)}, ${trialsWords.repeat[language]}`
    : trialCountsText(trials, language)

const notes = (study: StudyReport): string =>
  [formatPoint(study.scientific), study.notes].filter((text) => text !== undefined && text !== "").join(". ")

/** Only web addresses become links: a path is text, whatever it looks like. */
const location = (config: string | undefined): Content =>
  config === undefined
    ? "–"
    : /^https?:\/\//.test(config)
      ? html`<a href="${config}" rel="noreferrer">${config}</a>`
      : html`<code>${config}</code>`
