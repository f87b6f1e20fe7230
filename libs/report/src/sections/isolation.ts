import { bestOfBoxes, bestOfSpec } from "../charts/best-of.ts"
import { isolationPlot, type ValueSummary } from "../charts/isolation.ts"
import { isolationSpec, progressSpec } from "../charts/isolation-spec.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { formatSpread } from "../format.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { type Album, figure } from "./figure.ts"
import { keys, legend } from "./legend.ts"

export const isolation = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  words: Words,
  album: Album,
): Promise<Html> => {
  const plot = isolationPlot(data.metric, goal)
  if (plot.values.every((value) => value.trials === 0)) return html``
  const text = metricText(data)
  const name = (value: ValueSummary): string => value.group || words.allTrials
  const texts = plot.values.map((value) => `${name(value)}: ${text(value.best?.value)}`).join(", ")
  const spread = await figure(album, {
    id: `${id}-isolation`,
    title: words.isolationCaption,
    subtitle: words.legend.box,
    alternative: words.isolationAlternative(data.metric.name, texts),
    spec: isolationSpec(plot),
  })
  const progress =
    plot.progress.length > 0 &&
    (await figure(album, {
      id: `${id}-progress`,
      title: words.progressCaption,
      alternative: words.progressAlternative(texts),
      spec: progressSpec(plot, words.trialNumber),
    }))
  const boxes = bestOfBoxes(data.metric, goal)
  const budget =
    boxes.length > 1 &&
    (await figure(album, {
      id: `${id}-best-of`,
      title: words.bestOfCaption,
      subtitle: words.bestOfLegend,
      alternative: words.bestOfAlternative(boxes.map((box) => `${box.trials}: ${text(box.median)}`).join(", ")),
      spec: bestOfSpec(data.metric, boxes, words.trialBudget),
    }))
  const { columns } = words
  const counts = new Set(plot.values.map((value) => value.trials))
  return html`<h3>${words.headings.isolation}</h3>
${plot.values.length > 1 && html`<p class="small muted">${counts.size === 1 ? words.equalEffort(plot.values[0]!.trials) : words.unequalEffort}</p>`}
${table(
  plot.values,
  [
    { title: columns.scientificValue, cell: name },
    { title: columns.trials, cell: (value) => value.trials, kind: "number" },
    { title: columns.infeasible, cell: (value) => value.infeasible, kind: "number" },
    { title: columns.bestOfSearch, cell: (value) => text(value.best?.value), kind: "number" },
    {
      title: columns.reruns,
      cell: (value) =>
        value.mean === undefined ? "–" : `${formatSpread(value.mean, value.sd, text)} (${value.repeats.length})`,
      kind: "number",
    },
  ],
  { label: words.headings.isolation, stack: true },
)}
${legend(plot.groups, [
  { key: keys.best, text: words.legend.bestOfValue },
  { key: keys.infeasible, text: words.legend.infeasible },
  { key: keys.repeat, text: words.legend.repeat },
])}
<div class="charts">${spread}${progress}${budget}</div>`
}
