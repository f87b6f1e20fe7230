import type { Language } from "@tanren/words"
import type { ReportData } from "../data.ts"
import { trialsOf } from "../groups.ts"
import { type Html, html } from "../html.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { campaignCaveats } from "../told.ts"
import { variationOf } from "../variation.ts"
import { caveatList } from "./caveats.ts"
import { limitsWords } from "./limits.words.ts"

/** How far the conclusion carries: caveats, and three kinds of uncertainty that must not be mixed. */
export const limits = (data: ReportData, language: Language): Html => {
  const { trial, study, sampling } = variationOf(data)
  const text = metricText(data)
  const difference = differenceText(data, language)
  const rows = [
    {
      source: limitsWords.trial[language],
      sd: trial?.sd,
      from: trial === null ? limitsWords.unknownTrial[language] : limitsWords.fromRepeats(trial.df)[language],
    },
    ...study.map(({ sd, k, of, group, goal }) => ({
      source: limitsWords.study[language],
      sd,
      from: limitsWords.fromSubsets(k, of, group, goal)[language],
    })),
    ...(study.length === 0
      ? [{ source: limitsWords.study[language], sd: undefined, from: limitsWords.unknownStudy[language] }]
      : []),
    {
      source: limitsWords.sampling[language],
      sd: sampling?.sd,
      from:
        sampling === null
          ? limitsWords.unknownSampling[language]
          : limitsWords.fromExamples(sampling.examples, text(sampling.rate))[language],
    },
  ]
  const searches = data.goals.filter((goal) => trialsOf(goal).length > 0)
  return html`<section id="limits"><h2>${limitsWords.heading[language]}</h2>
${caveatList(campaignCaveats(data, language))}
${table(
  rows,
  [
    { title: limitsWords.source[language], cell: (row) => row.source },
    { title: limitsWords.size[language], cell: (row) => difference(row.sd), kind: "number" },
    { title: limitsWords.from[language], cell: (row) => row.from, kind: "wide" },
  ],
  { label: limitsWords.heading[language], stack: true },
)}
<p class="small muted">${limitsWords.note[language]}</p>
${searches.length > 0 && html`<ul class="plain small">${searches.map((goal) => html`<li>${limitsWords.search(goal.question, trialsOf(goal).length)[language]}</li>`)}</ul>`}
</section>`
}
