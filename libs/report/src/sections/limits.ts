import type { ReportData } from "../data.ts"
import { formatNumber } from "../format.ts"
import { trialsOf } from "../groups.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { table } from "../table.ts"
import { variationOf } from "../variation.ts"
import { caveatList } from "./caveats.ts"

/** How far the conclusion carries: caveats, and three kinds of uncertainty that must not be mixed. */
export const limits = (data: ReportData, words: Words): Html => {
  const { trial, study, sampling } = variationOf(data)
  const { columns, limits: texts } = words
  const rows = [
    {
      source: texts.trial,
      sd: trial?.sd,
      from:
        trial === undefined
          ? texts.unknownTrial
          : trial.baselineOnly
            ? texts.fromBaseline(trial.runs)
            : texts.fromRepeats(trial.runs),
    },
    {
      source: texts.study,
      sd: study?.sd,
      from: study === undefined ? texts.unknownStudy : texts.fromSubsets(study.trials),
    },
    {
      source: texts.sampling,
      sd: sampling?.sd,
      from:
        sampling === undefined
          ? texts.unknownSampling
          : texts.fromExamples(sampling.examples, formatNumber(sampling.rate)),
    },
  ]
  const searches = data.goals.filter((goal) => trialsOf(goal).length > 0)
  return html`<section id="limits"><h2>${words.headings.limits}</h2>
${caveatList(data.caveats ?? [])}
${table(
  rows,
  [
    { title: columns.source, cell: (row) => row.source },
    { title: columns.size, cell: (row) => formatNumber(row.sd), kind: "number" },
    { title: columns.from, cell: (row) => row.from, kind: "wide" },
  ],
  { label: words.headings.limits, stack: true },
)}
<p class="small muted">${texts.note}</p>
${searches.length > 0 && html`<ul class="plain small">${searches.map((goal) => html`<li>${texts.search(goal.question, trialsOf(goal).length)}</li>`)}</ul>`}
</section>`
}
