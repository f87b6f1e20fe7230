import { curvePlots } from "../charts/curves.ts"
import { curveSpec } from "../charts/curves-spec.ts"
import type { GoalReport, ReportData } from "../data.ts"
import { type Html, html, prose } from "../html.ts"
import type { Words } from "../language/index.ts"
import { metricText } from "../metric-text.ts"
import { type Album, figure } from "./figure.ts"
import { keys, legend } from "./legend.ts"

export const curves = async (
  data: ReportData,
  goal: GoalReport,
  id: string,
  words: Words,
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
        title: plot.group === "" ? words.allTrials : plot.group,
        subtitle: prose(trials),
        alternative: words.curvesAlternative(plot.group, names, trials),
        spec: curveSpec(plot, words.steps(data.stepUnit ?? "step")),
      }),
    )
  }
  const firstLosses = plots.filter((plot) => plot.panel === "objective").length
  const entries = [
    { key: keys.validation, text: words.legend.validation },
    ...(plots.some((plot) => plot.training !== undefined) ? [{ key: keys.training, text: words.legend.training }] : []),
    { key: keys.bestStep, text: words.legend.bestStep },
  ]
  return html`<h3>${words.headings.curves}</h3>
${legend([], entries)}
<p class="small muted">${words.legend.paler}</p>
<div class="charts large">${figures.slice(0, firstLosses)}</div>
<div class="charts large">${figures.slice(firstLosses)}</div>
${plots.some((plot) => plot.downsampled) && html`<p class="small muted">${words.downsampled}</p>`}`
}
