import type { ReportData } from "../data.ts"
import { trialsOf } from "../groups.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { campaignCaveats } from "../told.ts"
import { variationOf } from "../variation.ts"
import { caveatList } from "./caveats.ts"

/** How far the conclusion carries: caveats, and three kinds of uncertainty that must not be mixed. */
export const limits = (data: ReportData, words: Words): Html => {
  const { trial, study, sampling } = variationOf(data)
  const { columns, limits: texts } = words
  const text = metricText(data)
  const difference = differenceText(data, words)
  const rows = [
    { source: texts.trial, sd: trial?.sd, from: trial === null ? texts.unknownTrial : texts.fromRepeats(trial.df) },
    ...study.map(({ sd, k, of, group }) => ({ source: texts.study, sd, from: texts.fromSubsets(k, of, group) })),
    ...(study.length === 0 ? [{ source: texts.study, sd: undefined, from: texts.unknownStudy }] : []),
    {
      source: texts.sampling,
      sd: sampling?.sd,
      from: sampling === null ? texts.unknownSampling : texts.fromExamples(sampling.examples, text(sampling.rate)),
    },
  ]
  const searches = data.goals.filter((goal) => trialsOf(goal).length > 0)
  return html`<section id="limits"><h2>${words.headings.limits}</h2>
${caveatList(campaignCaveats(data, words))}
${table(
  rows,
  [
    { title: columns.source, cell: (row) => row.source },
    { title: columns.size, cell: (row) => difference(row.sd), kind: "number" },
    { title: columns.from, cell: (row) => row.from, kind: "wide" },
  ],
  { label: words.headings.limits, stack: true },
)}
<p class="small muted">${texts.note}</p>
${searches.length > 0 && html`<ul class="plain small">${searches.map((goal) => html`<li>${texts.search(goal.question, trialsOf(goal).length)}</li>`)}</ul>`}
</section>`
}
