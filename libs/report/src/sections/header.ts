import { campaignStatusText, trialCountsText } from "@tanren/words"
import type { ReportData } from "../data.ts"
import { formatTime } from "../format.ts"
import { allTrials } from "../groups.ts"
import { type Content, className, type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { hasEnded } from "../status.ts"

export const header = (data: ReportData, words: Words): Html => {
  const counts = trialCountsText(allTrials(data), words.language)
  const fact = (title: string, text: Content): Html => html`<div><dt>${title}</dt><dd>${text}</dd></div>`
  const { facts, headings } = words
  return html`<header class="top">
<h1>${words.title(data.campaign)}</h1>
<p><span class="chip ${className(data.status)}">${campaignStatusText(data.status, words.language)}</span>${data.note !== undefined && html` ${data.note}`}</p>
<dl class="facts">
${fact(facts.metric, words.metric(data.metric))}
${fact(facts.trials, counts)}
${data.runId !== undefined && fact(facts.run, html`<code>${data.runId}</code>`)}
${data.readAs !== undefined && fact(facts.readAs, data.readAs)}
${data.startedAt !== undefined && fact(facts.started, formatTime(data.startedAt))}
${data.updatedAt !== undefined && fact(facts.updated, formatTime(data.updatedAt))}
${data.config !== undefined && fact(facts.config, html`<code>${data.config}</code>`)}
${data.program !== undefined && fact(facts.program, html`<code>${data.program}</code>`)}
${(data.environment ?? []).length > 0 && fact(facts.environment, html`<code>${data.environment?.join(", ")}</code>`)}
${(data.backends ?? []).length > 0 && fact(facts.backend, data.backends?.join(", "))}
</dl>
${!hasEnded(data) && html`<p class="notice">${words.unfinished}</p>`}
<nav aria-label="${words.title(data.campaign)}"><ul>
<li><a href="#answers">${data.status === "analysis" ? headings.inShort : headings.answers}</a></li>
<li><a href="#best">${headings.best}</a></li>
${data.goals.map((_, index) => html`<li><a href="#goal-${index + 1}">${headings.goal(index + 1)}</a></li>`)}
${data.decisions.length > 0 && html`<li><a href="#decisions">${headings.decisions}</a></li>`}
<li><a href="#trials">${headings.trials}</a></li>
<li><a href="#limits">${headings.limits}</a></li>
</ul></nav>
</header>`
}
