import { mean, sd } from "@tanren/statistics"
import { type Hyperparameters, isComparable } from "@tanren/terms"
import { grouped, type Language } from "@tanren/words"
import type { ReportData, TrialReport } from "../data.ts"
import { formatSpread, valueText } from "../format.ts"
import { chosenTrial, launchedRepeats, withLengths } from "../groups.ts"
import { type Content, type Html, html, prose } from "../html.ts"
import { differenceText, metricText } from "../metric-text.ts"
import { hasEnded } from "../status.ts"
import { type Column, table } from "../table.ts"
import { bestWords } from "./best.words.ts"
import { columnWords } from "./columns.words.ts"

/** The launched configuration, or the best trial so far, beside the baseline it departs from. */
export const best = (data: ReportData, language: Language): Html => {
  const { launched } = data
  const trial = chosenTrial(data)
  const command = trial && (trial.command ?? data.reproduce?.replace("{trial}", trial.id))
  const nothing = launched === null && hasEnded(data) && data.status !== "analysis"
  const shown = withLengths(data)
  const point = shown.launched ?? trial?.hyperparameters
  return html`<section id="best"><h2>${bestWords.heading[language]}</h2>
${point === undefined ? html`<p class="muted">${bestWords.none[language]}</p>` : html`<p>${launched ? bestWords.launched[language] : [nothing && `${bestWords.nothingLaunched[language]} `, bestWords.trial(trial?.id ?? "")[language]]}</p>`}
${point !== undefined && comparison(point, shown.baseline, language)}
${launched ? reruns(data, language) : trial !== undefined && html`<p>${reached(trial, data, language)}</p>`}
${launched?.checkpoint ? html`<p class="small muted">${bestWords.checkpoint[language]}${trial !== undefined && html` (${trial.id}: ${reached(trial, data, language)})`}</p><code class="command">${launched.checkpoint}</code>` : null}
${command !== undefined && html`<p class="small muted">${bestWords.reproduce[language]}</p><code class="command">${command}</code>`}
</section>`
}

/** The mean of fresh runs is what the launch rests on; that of a trial that was chosen for its value would flatter. */
const reruns = (data: ReportData, language: Language): Html => {
  const values = launchedRepeats(data)
    .filter(isComparable)
    .map(({ value }) => value)
  if (values.length === 0) return html``
  const spread = formatSpread(
    mean(values),
    values.length < 2 ? undefined : sd(values),
    metricText(data),
    differenceText(data, language),
  )
  return html`<p>${data.metric.name}: <b>${prose(spread)}</b> <span class="muted">(${bestWords.overReruns(values.length)[language]})</span></p>`
}

const reached = ({ value, bestStep }: TrialReport, data: ReportData, language: Language): Content =>
  value !== undefined && [
    html`${data.metric.name} <b>${prose(metricText(data)(value))}</b>`,
    bestStep !== undefined && html`, ${columnWords.bestStep[language]} ${grouped(bestStep)}`,
  ]

const comparison = (point: Hyperparameters, baseline: Hyperparameters | undefined, language: Language): Html => {
  const names = [...new Set([...Object.keys(point), ...Object.keys(baseline ?? {})])]
  const differs = (name: string): Content =>
    baseline !== undefined &&
    point[name] !== baseline[name] &&
    html`<span class="changed">${bestWords.changed[language]}</span>`
  const shown: ReadonlyArray<Column<string>> = [
    { title: bestWords.hyperparameter[language], cell: (name) => name },
    { title: columnWords.value[language], cell: (name) => [valueText(point[name]), differs(name)] },
    ...(baseline === undefined
      ? []
      : [{ title: columnWords.baseline[language], cell: (name: string) => valueText(baseline[name]) }]),
  ]
  return table(names, shown, { label: bestWords.heading[language] })
}
