import { type Language, textOf } from "@tanren/words"
import { curvePlots } from "../charts/curves.ts"
import { curveSpec } from "../charts/curves-spec.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { type Html, html, prose } from "../html.ts"
import { metricText } from "../metric-text.ts"
import { curvesWords, stepUnits } from "./curves.words.ts"
import { type Album, figure } from "./figure.ts"
import { keys, legend } from "./legend.ts"
import { legendWords } from "./legend.words.ts"

export const curves = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  const plots = curvePlots(data.metric, goal)
  if (plots.length === 0) return html``
  const text = metricText(data)
  const figures: Html[] = []
  for (const [index, plot] of plots.entries()) {
    const names = [plot.validation, plot.training].filter((name) => name !== undefined).join(", ")
    const trials = plot.trials.map((trial) => `${trial.id}: ${text(trial.value)}`).join(", ")
    figures.push(
      await figure(album, {
        id: `${id}-curves-${index + 1}`,
        title: plot.group === "" ? legendWords.allTrials[language] : plot.group,
        subtitle: prose(trials),
        alternative: curvesWords.alternative(plot.group, names, trials)[language],
        spec: curveSpec(plot, textOf(stepUnits, data.stepUnit ?? "step", language)),
      }),
    )
  }
  const firstLosses = plots.filter((plot) => plot.panel === "objective").length
  const entries = [
    { key: keys.validation, text: legendWords.validation[language] },
    ...(plots.some((plot) => plot.training !== undefined)
      ? [{ key: keys.training, text: legendWords.training[language] }]
      : []),
    { key: keys.bestStep, text: legendWords.bestStep[language] },
  ]
  return html`<h3>${curvesWords.heading[language]}</h3>
${legend([], entries)}
<p class="small muted">${legendWords.paler[language]}</p>
<div class="charts large">${figures.slice(0, firstLosses)}</div>
<div class="charts large">${figures.slice(firstLosses)}</div>
${plots.some((plot) => plot.downsampled) && html`<p class="small muted">${curvesWords.downsampled[language]}</p>`}`
}
