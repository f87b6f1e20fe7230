import { grouped, trialStatusText } from "@tanren/words"
import type { ReportData, TrialReport } from "../data.ts"
import { formatPoint, valueText } from "../format.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { type MetricText, metricText } from "../metric-text.ts"
import { type Column, table } from "../table.ts"

interface Row {
  readonly study: string
  readonly trial: TrialReport
  readonly repeat: boolean
}

/** Every trial there is, with the command that runs it again. */
export const trials = (data: ReportData, words: Words): Html => {
  const text = metricText(data)
  const blocks = data.goals.map((goal, index) => {
    const rows = goal.studies.flatMap(
      (study): ReadonlyArray<Row> => [
        ...study.trials.map((trial) => ({ study: study.id, trial, repeat: false })),
        ...(study.repeats ?? []).map((trial) => ({ study: study.id, trial, repeat: true })),
      ],
    )
    return block(`${words.headings.goal(index + 1)}: ${goal.question}`, rows, words, text)
  })
  const baseline = (data.baseline?.repeats ?? []).map((trial) => ({
    study: words.columns.baseline,
    trial,
    repeat: true,
  }))
  const listed = baseline.length > 0 || blocks.some((one) => one.markup !== "")
  return html`<section id="trials"><h2>${words.headings.trials}</h2>
${listed && data.reproduce !== undefined && html`<p class="small muted">${words.reproduceTrial}</p><code class="command">${data.reproduce.replace("{trial}", words.anyTrial)} --to again</code>`}
${block(words.columns.baseline, baseline, words, text)}${blocks}
${!listed && html`<p class="muted">${words.noTrials}</p>`}
</section>`
}

const block = (title: string, rows: ReadonlyArray<Row>, words: Words, text: MetricText): Html => {
  if (rows.length === 0) return html``
  const { shared, varied } = hyperparametersOf(rows)
  return html`<details class="block"><summary>${title} (${rows.length})</summary>
${Object.keys(shared).length > 0 && html`<p class="small muted">${words.alike(formatPoint(shared))}</p>`}
${table(rows, columnsFor(rows, varied, words, text), { label: title })}</details>`
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
  words: Words,
  text: MetricText,
): ReadonlyArray<Column<Row>> => {
  const { columns } = words
  const any = (has: (trial: TrialReport) => boolean): boolean => rows.some(({ trial }) => has(trial))
  const several = new Set(rows.map((row) => row.study)).size > 1
  return [
    { title: columns.trial, cell: ({ trial }) => trial.id, kind: "nowrap" },
    ...(several ? [{ title: columns.study, cell: ({ study }: Row) => study, kind: "nowrap" as const }] : []),
    {
      title: columns.status,
      cell: ({ trial, repeat }) =>
        `${trialStatusText(trial.status, words.language)}${repeat ? `, ${words.repeat}` : ""}`,
      kind: "nowrap",
    },
    { title: columns.value, cell: ({ trial }) => text(trial.value), kind: "number" },
    {
      title: columns.bestStep,
      cell: ({ trial }) => (trial.bestStep === undefined ? "–" : grouped(trial.bestStep)),
      kind: "number",
    },
    ...names.map((name) => ({
      title: name,
      cell: ({ trial }: Row) => valueText(trial.hyperparameters[name]),
      kind: "number" as const,
    })),
    ...(any((trial) => trial.seed !== undefined)
      ? [{ title: columns.seed, cell: ({ trial }: Row) => trial.seed, kind: "number" as const }]
      : []),
    ...(any((trial) => trial.reason !== undefined)
      ? [{ title: columns.reason, cell: ({ trial }: Row) => trial.reason, kind: "wide" as const }]
      : []),
    ...(any((trial) => trial.command !== undefined)
      ? [
          {
            title: columns.reproduce,
            cell: ({ trial }: Row) => trial.command !== undefined && html`<code class="line">${trial.command}</code>`,
          },
        ]
      : []),
  ]
}
