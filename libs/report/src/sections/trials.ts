import { grouped, type Language, trialStatusText } from "@tanren/words"
import type { ReportData, TrialReport } from "../data.ts"
import { formatPoint, valueText } from "../format.ts"
import { type Html, html } from "../html.ts"
import { type MetricText, metricText } from "../metric-text.ts"
import { type Column, table } from "../table.ts"
import { columnWords } from "./columns.words.ts"
import { goalWords } from "./goal.words.ts"
import { trialsWords } from "./trials.words.ts"

interface Row {
  readonly study: string
  readonly trial: TrialReport
  readonly repeat: boolean
}

/** Every trial there is, with the command that runs it again. */
export const trials = (data: ReportData, language: Language): Html => {
  const text = metricText(data)
  const blocks = data.goals.map((goal, index) => {
    const rows = goal.studies.flatMap(
      (study): ReadonlyArray<Row> => [
        ...study.trials.map((trial) => ({ study: study.id, trial, repeat: false })),
        ...(study.repeats ?? []).map((trial) => ({ study: study.id, trial, repeat: true })),
      ],
    )
    return block(`${goalWords.heading(index + 1)[language]}: ${goal.question}`, rows, language, text)
  })
  const baseline = (data.baseline?.repeats ?? []).map((trial) => ({
    study: columnWords.baseline[language],
    trial,
    repeat: true,
  }))
  const listed = baseline.length > 0 || blocks.some((one) => one.markup !== "")
  return html`<section id="trials"><h2>${trialsWords.heading[language]}</h2>
${listed && data.reproduce !== undefined && html`<p class="small muted">${trialsWords.again[language]}</p><code class="command">${data.reproduce.replace("{trial}", trialsWords.anyTrial[language])} --to again</code>`}
${block(columnWords.baseline[language], baseline, language, text)}${blocks}
${!listed && html`<p class="muted">${trialsWords.none[language]}</p>`}
</section>`
}

const block = (title: string, rows: ReadonlyArray<Row>, language: Language, text: MetricText): Html => {
  if (rows.length === 0) return html``
  const { shared, varied } = hyperparametersOf(rows)
  return html`<details class="block"><summary>${title} (${rows.length})</summary>
${Object.keys(shared).length > 0 && html`<p class="small muted">${trialsWords.alike(formatPoint(shared))[language]}</p>`}
${table(rows, columnsFor(rows, varied, language, text), { label: title })}</details>`
}

/** What all trials share is said once; a column is for what differs. */
const hyperparametersOf = (rows: ReadonlyArray<Row>) => {
  const names = [...new Set(rows.flatMap(({ trial }) => Object.keys(trial.hyperparameters)))]
  const first = rows[0]?.trial.hyperparameters ?? {}
  const isShared = (name: string): boolean => rows.every(({ trial }) => trial.hyperparameters[name] === first[name])
  return {
    shared: Object.fromEntries(names.filter(isShared).map((name) => [name, first[name]!])),
    varied: names.filter((name) => !isShared(name)),
  }
}

const columnsFor = (
  rows: ReadonlyArray<Row>,
  names: ReadonlyArray<string>,
  language: Language,
  text: MetricText,
): ReadonlyArray<Column<Row>> => {
  const any = (has: (trial: TrialReport) => boolean): boolean => rows.some(({ trial }) => has(trial))
  const several = new Set(rows.map((row) => row.study)).size > 1
  return [
    { title: trialsWords.trial[language], cell: ({ trial }) => trial.id, kind: "nowrap" },
    ...(several
      ? [{ title: trialsWords.study[language], cell: ({ study }: Row) => study, kind: "nowrap" as const }]
      : []),
    {
      title: trialsWords.status[language],
      cell: ({ trial, repeat }) =>
        `${trialStatusText(trial.status, language)}${repeat ? `, ${trialsWords.repeat[language]}` : ""}`,
      kind: "nowrap",
    },
    { title: columnWords.value[language], cell: ({ trial }) => text(trial.value), kind: "number" },
    {
      title: columnWords.bestStep[language],
      cell: ({ trial }) => (trial.bestStep === undefined ? "–" : grouped(trial.bestStep)),
      kind: "number",
    },
    ...names.map((name) => ({
      title: name,
      cell: ({ trial }: Row) => valueText(trial.hyperparameters[name]),
      kind: "number" as const,
    })),
    ...(any((trial) => trial.seed !== undefined)
      ? [{ title: trialsWords.seed[language], cell: ({ trial }: Row) => trial.seed, kind: "number" as const }]
      : []),
    ...(any((trial) => trial.reason !== undefined)
      ? [{ title: trialsWords.reason[language], cell: ({ trial }: Row) => trial.reason, kind: "wide" as const }]
      : []),
    ...(any((trial) => trial.command !== undefined)
      ? [
          {
            title: columnWords.reproduce[language],
            cell: ({ trial }: Row) => trial.command !== undefined && html`<code class="line">${trial.command}</code>`,
          },
        ]
      : []),
  ]
}
