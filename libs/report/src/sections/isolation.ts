import type { TuningCurves } from "@tanren/insight"
import { type Language, percent } from "@tanren/words"
import { bestsPossible, LEVEL } from "../best-possible.ts"
import { bestOfBoxes, bestOfSpec } from "../charts/best-of.ts"
import { type IsolationPlot, isolationPlot, type ValueSummary } from "../charts/isolation.ts"
import { isolationSpec, progressSpec } from "../charts/isolation-spec.ts"
import { tuningOf, tuningSpec } from "../charts/tuning.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { formatSpread } from "../format.ts"
import { isAdaptive, mostGroups } from "../groups.ts"
import { type Html, html } from "../html.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { columnWords } from "./columns.words.ts"
import { type Album, figure } from "./figure.ts"
import { isolationWords } from "./isolation.words.ts"
import { keys, legend } from "./legend.ts"
import { legendWords } from "./legend.words.ts"
import { variances } from "./variances.ts"

/** The scientific values against each other, or how the search went where there is nothing to compare. */
export const isolation = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const plot = isolationPlot(data.metric, goal)
  if (plot.values.every((value) => value.trials === 0)) return html``
  const title = plot.values.length > 1 ? isolationWords.heading[language] : isolationWords.search[language]
  const counts = new Set(plot.values.map((value) => value.trials))
  const effort =
    counts.size === 1
      ? isolationWords.equalEffort(plot.values[0]!.trials)[language]
      : isolationWords.unequalEffort[language]
  return html`<h3>${title}</h3>
${plot.values.length > 1 && html`<p class="small muted">${effort}</p>`}
${valueTable(plot.values, title, data, language)}
${possibleLine(data, goal, language)}
${plot.progress.length > 0 && (await charts(data, goal, plot, id, language, album))}`
}

const possibleLine = (data: ReportData, goal: GoalReport, language: Language): Html | false => {
  const told = bestsPossible(data, goal)
  if (told.length === 0) return false
  const difference = differenceText(data, language)
  const parts = told.map(({ label, possible }) => {
    const said = possible.told ? difference(possible.gap) : isolationWords.possibleUnknown(possible.trials)[language]
    return label === "" ? said : `${label} ${said}`
  })
  const sentence = isolationWords.possible(percent(LEVEL), parts.join(isolationWords.tuningAnd[language]))[language]
  return html`<p class="small muted">${sentence}</p>`
}

const nameOf = (value: ValueSummary, language: Language): string => value.group || legendWords.allTrials[language]

const valueTable = (values: ReadonlyArray<ValueSummary>, label: string, data: ReportData, language: Language): Html => {
  const text = metricText(data)
  const difference = differenceText(data, language)
  const reruns = ({ mean, sd, repeats }: ValueSummary): string =>
    mean === undefined ? "–" : `${formatSpread(mean, sd, text, difference)} (${repeats.length})`
  return table(
    values,
    [
      {
        title: values.length > 1 ? isolationWords.scientificValue[language] : columnWords.name[language],
        cell: (value) => nameOf(value, language),
      },
      { title: columnWords.trials[language], cell: (value) => value.trials, kind: "number" },
      { title: isolationWords.infeasible[language], cell: (value) => value.infeasible, kind: "number" },
      { title: isolationWords.bestOfSearch[language], cell: (value) => text(value.best?.value), kind: "number" },
      { title: isolationWords.reruns[language], cell: reruns, kind: "number" },
    ],
    { label, stack: true },
  )
}

const charts = async (
  data: ReportData,
  goal: GoalReport,
  plot: IsolationPlot,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const text = metricText(data)
  const bests = plot.values.map((value) => `${nameOf(value, language)}: ${text(value.best?.value)}`).join(", ")
  const spread = await figure(album, {
    id: `${id}-isolation`,
    title:
      plot.groups.length > 1 ? isolationWords.isolationCaption[language] : isolationWords.everyTrialCaption[language],
    subtitle: legendWords.box[language],
    alternative: isolationWords.isolationAlternative(data.metric.name, bests)[language],
    spec: isolationSpec(plot),
  })
  const toldApart = plot.groups.length <= mostGroups
  const progress =
    toldApart &&
    (await figure(album, {
      id: `${id}-progress`,
      title: plot.groups.length > 1 ? isolationWords.progressCaption[language] : isolationWords.soFarCaption[language],
      alternative: isolationWords.progressAlternative(bests)[language],
      spec: progressSpec(plot, isolationWords.trialNumber[language]),
    }))
  // The best of a part of them tells a budget only where any part could have been drawn.
  const boxes = isAdaptive(goal) ? [] : bestOfBoxes(data.metric, goal)
  const budget =
    boxes.length > 1 &&
    (await figure(album, {
      id: `${id}-best-of`,
      title: isolationWords.bestOfCaption[language],
      subtitle: isolationWords.bestOfLegend[language],
      alternative: isolationWords.bestOfAlternative(
        boxes.map((box) => `${box.trials}: ${text(box.median)}`).join(", "),
      )[language],
      spec: bestOfSpec(data.metric, boxes, isolationWords.trialBudget[language]),
    }))
  const tuning = isAdaptive(goal) || !toldApart ? null : tuningOf(data.metric, goal)
  const curves = tuning !== null && tuning.curves.length > 0 && (await tuningFigure(data, tuning, id, language, album))
  const shown = new Set(plot.points.map((point) => point.kind))
  const entries = [
    {
      kind: "best",
      key: keys.best,
      text: plot.groups.length > 1 ? legendWords.bestOfValue[language] : legendWords.best[language],
    },
    { kind: "infeasible", key: keys.infeasible, text: legendWords.infeasible[language] },
    { kind: "beyond", key: keys.beyond, text: legendWords.beyond[language] },
    { kind: "repeat", key: keys.repeat, text: legendWords.repeat[language] },
  ] as const
  return html`${legend(
    toldApart ? plot.groups : [],
    entries.filter(({ kind }) => shown.has(kind)),
  )}
<div class="charts">${spread}${progress}${budget}${curves}${await variances(goal, id, language, album)}</div>`
}

const tuningFigure = (
  data: ReportData,
  tuning: TuningCurves,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const text = metricText(data)
  const { curves, leads, level } = tuning
  const compared =
    leads.length > 0
      ? leads.map(({ ahead, behind, from, to }) => isolationWords.tuningLead(ahead, behind, from, to)[language])
      : curves.length > 1
        ? [isolationWords.tuningNoLead[language]]
        : []
  const medians = curves.map(({ label, points }) => {
    const told = points.filter(({ trials }) => Number.isInteger(Math.log2(trials)))
    return `${label || legendWords.allTrials[language]}: ${told.map(({ trials, median }) => `${trials}: ${text(median)}`).join(", ")}`
  })
  return figure(album, {
    id: `${id}-tuning`,
    title: isolationWords.tuningCaption[language],
    subtitle: [isolationWords.tuningLegend(percent(level))[language], ...compared].join(
      isolationWords.tuningAnd[language],
    ),
    alternative: isolationWords.tuningAlternative(medians.join(isolationWords.tuningAnd[language]))[language],
    spec: tuningSpec(data.metric, tuning, isolationWords.tuningBudget[language]),
  })
}
