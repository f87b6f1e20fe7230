import { ranked } from "@tanren/terms"
import { conditionText, type Language, scaleText } from "@tanren/words"
import { type AxisPlot, axisPlots } from "../charts/axis.ts"
import { axisSpec } from "../charts/axis-spec.ts"
import type { Kind } from "../charts/trial-layers.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { mostGroups, trialsOf } from "../groups.ts"
import { type Html, html } from "../html.ts"
import { axesWords } from "./axes.words.ts"
import { type Album, figure } from "./figure.ts"
import { keys, type LegendEntry, legend } from "./legend.ts"
import { legendWords } from "./legend.words.ts"

export const axes = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const plots = axisPlots(data.metric, goal, data.baseline?.mean).filter((plot) => plot.points.length > 0)
  if (plots.length === 0) return html``
  const figures: Html[] = []
  for (const [index, plot] of plots.entries()) {
    figures.push(
      await figure(album, {
        id: `${id}-axis-${index + 1}`,
        title: plot.name,
        subtitle: subtitle(plot, language),
        alternative: axesWords.alternative(
          plot.name,
          data.metric.name,
          plot.trials,
          plot.points.filter((point) => point.kind === "infeasible").length,
        )[language],
        spec: axisSpec(plot),
      }),
    )
  }
  const capped = plots.find((plot) => plot.drawn < plot.trials)
  return html`<h3>${axesWords.heading[language]}</h3>
${ranked(data.metric, trialsOf(goal)).length === 0 && html`<p class="muted">${axesWords.allInfeasible[language]}</p>`}
${legend(plots[0]?.groups ?? [], entries(plots, language))}
<div class="charts">${figures}</div>
${capped !== undefined && html`<p class="small muted">${axesWords.capped(capped.drawn, capped.trials)[language]}</p>`}
${manyValues(goal) && html`<p class="small muted">${axesWords.tooManyValues[language]}</p>`}`
}

const subtitle = (plot: AxisPlot, language: Language): string => {
  const scale = plot.scale === "categories" ? "" : scaleText(plot.scale, language)
  const parts = [scale, conditionText(plot.condition, language)]
  return parts.filter((part) => part !== "").join(language === "ja" ? "，" : ", ")
}

/** Only the symbols that some chart shows. */
const entries = (plots: ReadonlyArray<AxisPlot>, language: Language): ReadonlyArray<LegendEntry> => {
  const shown = new Set<Kind>(plots.flatMap((plot) => plot.points.map((point) => point.kind)))
  return [
    ...(["best", "infeasible", "beyond", "repeat"] as const)
      .filter((kind) => shown.has(kind))
      .map((kind) => ({ key: keys[kind], text: legendWords[kind][language] })),
    ...(plots.some((plot) => plot.slices.length > 0)
      ? [{ key: keys.slice, text: legendWords.bestOfSlice[language] }]
      : []),
    ...(plots.some((plot) => plot.edges.length > 0) ? [{ key: keys.edge, text: legendWords.edge[language] }] : []),
    ...(plots.some((plot) => plot.baseline !== undefined)
      ? [{ key: keys.baseline, text: legendWords.baseline[language] }]
      : []),
  ]
}

const manyValues = (goal: GoalReport): boolean =>
  goal.roles.scientific.length > 0 &&
  new Set(
    trialsOf(goal).map((trial) =>
      JSON.stringify(goal.roles.scientific.map((name) => trial.hyperparameters[name] ?? null)),
    ),
  ).size > mostGroups
