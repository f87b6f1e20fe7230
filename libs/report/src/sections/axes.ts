import { scaleText } from "@tanren/words"
import { type AxisPlot, axisPlots } from "../charts/axis.ts"
import { axisSpec } from "../charts/axis-spec.ts"
import type { Kind } from "../charts/trial-layers.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { valueText } from "../format.ts"
import { mostGroups, trialsOf } from "../groups.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { ranked } from "../statistics.ts"
import { type Album, figure } from "./figure.ts"
import { keys, type LegendEntry, legend } from "./legend.ts"

export const axes = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  words: Words,
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
        subtitle: subtitle(plot, words),
        alternative: words.axisAlternative(
          plot.name,
          data.metric.name,
          plot.trials,
          plot.points.filter((point) => point.kind === "infeasible").length,
        ),
        spec: axisSpec(plot),
      }),
    )
  }
  const capped = plots.find((plot) => plot.drawn < plot.trials)
  return html`<h3>${words.headings.axes}</h3>
${ranked(data.metric, trialsOf(goal)).length === 0 && html`<p class="muted">${words.allInfeasible}</p>`}
${legend(plots[0]?.groups ?? [], entries(plots, words))}
<div class="charts">${figures}</div>
${capped !== undefined && html`<p class="small muted">${words.capped(capped.drawn, capped.trials)}</p>`}
${manyValues(goal) && html`<p class="small muted">${words.tooManyValues}</p>`}`
}

const subtitle = (plot: AxisPlot, words: Words): string => {
  const conditions = Object.entries(plot.condition ?? {}).map(
    ([parent, values]) => `${parent} = ${values.map(valueText).join(words.or)}`,
  )
  const scale = plot.scale === "categories" ? "" : scaleText(plot.scale, words.language)
  const parts = [scale, conditions.length > 0 && words.onlyWhere(conditions.join(", "))]
  return parts.filter(Boolean).join(words.language === "ja" ? "，" : ", ")
}

/** Only the symbols that some chart shows. */
const entries = (plots: ReadonlyArray<AxisPlot>, words: Words): ReadonlyArray<LegendEntry> => {
  const shown = new Set<Kind>(plots.flatMap((plot) => plot.points.map((point) => point.kind)))
  return [
    ...(["best", "infeasible", "beyond", "repeat"] as const)
      .filter((kind) => shown.has(kind))
      .map((kind) => ({ key: keys[kind], text: words.legend[kind] })),
    ...(plots.some((plot) => plot.slices.length > 0) ? [{ key: keys.slice, text: words.legend.bestOfSlice }] : []),
    ...(plots.some((plot) => plot.edges.length > 0) ? [{ key: keys.edge, text: words.legend.edge }] : []),
    ...(plots.some((plot) => plot.baseline !== undefined) ? [{ key: keys.baseline, text: words.legend.baseline }] : []),
  ]
}

const manyValues = (goal: GoalReport): boolean =>
  goal.roles.scientific.length > 0 &&
  new Set(
    trialsOf(goal).map((trial) =>
      JSON.stringify(goal.roles.scientific.map((name) => trial.hyperparameters[name] ?? null)),
    ),
  ).size > mostGroups
