import type { Hyperparameters } from "@tanren/space"
import type { ReportData } from "../data.ts"
import { grouped, valueText } from "../format.ts"
import { chosenTrial } from "../groups.ts"
import { type Content, type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { metricText } from "../metric-text.ts"
import { type Column, table } from "../table.ts"

/** The launched configuration, or the best trial so far, beside the baseline it departs from. */
export const best = (data: ReportData, words: Words): Html => {
  const { launched, metric } = data
  const trial = chosenTrial(data)
  const point = launched?.hyperparameters ?? trial?.hyperparameters
  return html`<section id="best"><h2>${words.headings.best}</h2>
${point === undefined ? html`<p class="muted">${words.noComparable}</p>` : html`<p>${launched ? words.bestLaunched : words.bestTrial(trial?.id ?? "")}</p>`}
${point !== undefined && comparison(point, data.baseline?.hyperparameters, words)}
${trial?.value !== undefined && html`<p>${metric.name}: <b>${metricText(data)(trial.value)}</b>${trial.bestStep !== undefined && html` <span class="muted">(${words.columns.bestStep}: ${grouped(trial.bestStep)})</span>`}</p>`}
${launched?.checkpoint ? html`<p class="small muted">${words.checkpoint}</p><code class="command">${launched.checkpoint}</code>` : null}
${trial?.command ? html`<p class="small muted">${words.reproduce}</p><code class="command">${trial.command}</code>` : null}
</section>`
}

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
