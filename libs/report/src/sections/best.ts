import type { Hyperparameters } from "@tanren/terms"
import { grouped } from "@tanren/words"
import type { ReportData, TrialReport } from "../data.ts"
import { formatSpread, valueText } from "../format.ts"
import { chosenTrial, launchedRepeats } from "../groups.ts"
import { type Content, type Html, html, prose } from "../html.ts"
import type { Words } from "../language/index.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { finite, isComparable, mean, standardDeviation } from "../statistics.ts"
import { hasEnded } from "../status.ts"
import { type Column, table } from "../table.ts"

/** The launched configuration, or the best trial so far, beside the baseline it departs from. */
export const best = (data: ReportData, words: Words): Html => {
  const { launched } = data
  const trial = chosenTrial(data)
  const command = trial && (trial.command ?? data.reproduce?.replace("{trial}", trial.id))
  const nothing = launched === null && hasEnded(data) && data.status !== "analysis"
  const point = launched?.hyperparameters ?? trial?.hyperparameters
  return html`<section id="best"><h2>${words.headings.best}</h2>
${point === undefined ? html`<p class="muted">${words.noComparable}</p>` : html`<p>${launched ? words.bestLaunched : [nothing && `${words.nothingLaunched} `, words.bestTrial(trial?.id ?? "")]}</p>`}
${point !== undefined && comparison(point, data.baseline?.hyperparameters, words)}
${launched ? reruns(data, words) : trial !== undefined && html`<p>${reached(trial, data, words)}</p>`}
${launched?.checkpoint ? html`<p class="small muted">${words.checkpoint}${trial !== undefined && html` (${trial.id}: ${reached(trial, data, words)})`}</p><code class="command">${launched.checkpoint}</code>` : null}
${command !== undefined && html`<p class="small muted">${words.reproduce}</p><code class="command">${command}</code>`}
</section>`
}

/** The mean of fresh runs is what the launch rests on; that of a trial that was chosen for its value would flatter. */
const reruns = (data: ReportData, words: Words): Html => {
  const values = finite(
    launchedRepeats(data)
      .filter(isComparable)
      .map(({ value }) => value),
  )
  const spread = formatSpread(mean(values), standardDeviation(values), metricText(data), differenceText(data, words))
  return values.length === 0
    ? html``
    : html`<p>${data.metric.name}: <b>${prose(spread)}</b> <span class="muted">(${words.overReruns(values.length)})</span></p>`
}

const reached = ({ value, bestStep }: TrialReport, data: ReportData, words: Words): Content =>
  value !== undefined && [
    html`${data.metric.name} <b>${prose(metricText(data)(value))}</b>`,
    bestStep !== undefined && html`, ${words.columns.bestStep} ${grouped(bestStep)}`,
  ]

const comparison = (point: Hyperparameters, baseline: Hyperparameters | undefined, words: Words): Html => {
  const { columns } = words
  const names = [...new Set([...Object.keys(point), ...Object.keys(baseline ?? {})])]
  const differs = (name: string): Content =>
    baseline !== undefined && point[name] !== baseline[name] && html`<span class="changed">${words.changed}</span>`
  const shown: ReadonlyArray<Column<string>> = [
    { title: columns.hyperparameter, cell: (name) => name },
    { title: columns.value, cell: (name) => [valueText(point[name]), differs(name)] },
    ...(baseline === undefined ? [] : [{ title: columns.baseline, cell: (name: string) => valueText(baseline[name]) }]),
  ]
  return table(names, shown, { label: words.headings.best })
}
