import { bestOfBoxes, bestOfSpec } from "../charts/best-of.ts"
import { type IsolationPlot, isolationPlot, type ValueSummary } from "../charts/isolation.ts"
import { isolationSpec, progressSpec } from "../charts/isolation-spec.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { formatSpread } from "../format.ts"
import { mostGroups } from "../groups.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { type Album, figure } from "./figure.ts"
import { keys, legend } from "./legend.ts"

/** The scientific values against each other, or how the search went where there is nothing to compare. */
export const isolation = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  words: Words,
  album: Album,
): Promise<Html> => {
  const plot = isolationPlot(data.metric, goal)
  if (plot.values.every((value) => value.trials === 0)) return html``
  const title = plot.values.length > 1 ? words.headings.isolation : words.headings.search
  const counts = new Set(plot.values.map((value) => value.trials))
  const effort = counts.size === 1 ? words.equalEffort(plot.values[0]!.trials) : words.unequalEffort
  return html`<h3>${title}</h3>
${plot.values.length > 1 && html`<p class="small muted">${effort}</p>`}
${valueTable(plot.values, title, data, words)}
${plot.progress.length > 0 && (await charts(data, goal, plot, id, words, album))}`
}

const nameOf = (value: ValueSummary, words: Words): string => value.group || words.allTrials

const valueTable = (values: ReadonlyArray<ValueSummary>, label: string, data: ReportData, words: Words): Html => {
  const text = metricText(data)
  const difference = differenceText(data, words)
  const { columns } = words
  const reruns = ({ mean, sd, repeats }: ValueSummary): string =>
    mean === undefined ? "–" : `${formatSpread(mean, sd, text, difference)} (${repeats.length})`
  return table(
    values,
    [
      {
        title: values.length > 1 ? columns.scientificValue : columns.name,
        cell: (value) => nameOf(value, words),
      },
      { title: columns.trials, cell: (value) => value.trials, kind: "number" },
      { title: columns.infeasible, cell: (value) => value.infeasible, kind: "number" },
      { title: columns.bestOfSearch, cell: (value) => text(value.best?.value), kind: "number" },
      { title: columns.reruns, cell: reruns, kind: "number" },
    ],
    { label, stack: true },
  )
}

const charts = async (
  data: ReportData,
  goal: GoalReport,
  plot: IsolationPlot,
  id: string,
  words: Words,
  album: Album,
): Promise<Html> => {
  const text = metricText(data)
  const bests = plot.values.map((value) => `${nameOf(value, words)}: ${text(value.best?.value)}`).join(", ")
  const spread = await figure(album, {
    id: `${id}-isolation`,
    title: plot.groups.length > 1 ? words.isolationCaption : words.everyTrialCaption,
    subtitle: words.legend.box,
    alternative: words.isolationAlternative(data.metric.name, bests),
    spec: isolationSpec(plot),
  })
  const toldApart = plot.groups.length <= mostGroups
  const progress =
    toldApart &&
    (await figure(album, {
      id: `${id}-progress`,
      title: plot.groups.length > 1 ? words.progressCaption : words.soFarCaption,
      alternative: words.progressAlternative(bests),
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
  const shown = new Set(plot.points.map((point) => point.kind))
  const entries = [
    { kind: "best", key: keys.best, text: plot.groups.length > 1 ? words.legend.bestOfValue : words.legend.best },
    { kind: "infeasible", key: keys.infeasible, text: words.legend.infeasible },
    { kind: "beyond", key: keys.beyond, text: words.legend.beyond },
    { kind: "repeat", key: keys.repeat, text: words.legend.repeat },
  ] as const
  return html`${legend(
    toldApart ? plot.groups : [],
    entries.filter(({ kind }) => shown.has(kind)),
  )}
<div class="charts">${spread}${progress}${budget}</div>`
}
