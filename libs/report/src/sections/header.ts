import { campaignStatusText, type Language, trialCountsText } from "@tanren/words"
import type { ReportData } from "../data.ts"
import { formatTime } from "../format.ts"
import { allTrials } from "../groups.ts"
import { type Content, className, type Html, html } from "../html.ts"
import { hasEnded } from "../status.ts"
import { answersWords } from "./answers.words.ts"
import { bestWords } from "./best.words.ts"
import { decisionsWords } from "./decisions.words.ts"
import { goalWords } from "./goal.words.ts"
import { headerWords } from "./header.words.ts"
import { limitsWords } from "./limits.words.ts"
import { trialsWords } from "./trials.words.ts"

export const header = (data: ReportData, language: Language): Html => {
  const counts = trialCountsText(allTrials(data), language)
  const fact = (title: string, text: Content): Html => html`<div><dt>${title}</dt><dd>${text}</dd></div>`
  return html`<header class="top">
<h1>${headerWords.title(data.campaign)[language]}</h1>
<p><span class="chip ${className(data.status)}">${campaignStatusText(data.status, language)}</span>${data.note !== undefined && html` ${data.note}`}</p>
<dl class="facts">
${fact(headerWords.metric[language], headerWords.better(data.metric)[language])}
${fact(headerWords.trials[language], counts)}
${data.runId !== undefined && fact(headerWords.run[language], html`<code>${data.runId}</code>`)}
${data.readAs !== undefined && fact(headerWords.readAs[language], data.readAs)}
${data.startedAt !== undefined && fact(headerWords.started[language], formatTime(data.startedAt))}
${data.updatedAt !== undefined && fact(headerWords.updated[language], formatTime(data.updatedAt))}
${data.config !== undefined && fact(headerWords.config[language], html`<code>${data.config}</code>`)}
${data.program !== undefined && fact(headerWords.program[language], html`<code>${data.program}</code>`)}
${(data.environment ?? []).length > 0 && fact(headerWords.environment[language], html`<code>${data.environment?.join(", ")}</code>`)}
${(data.backends ?? []).length > 0 && fact(headerWords.backend[language], data.backends?.join(", "))}
</dl>
${!hasEnded(data) && html`<p class="notice">${headerWords.unfinished[language]}</p>`}
<nav aria-label="${headerWords.title(data.campaign)[language]}"><ul>
<li><a href="#answers">${data.status === "analysis" ? answersWords.inShort[language] : answersWords.heading[language]}</a></li>
<li><a href="#best">${bestWords.heading[language]}</a></li>
${data.goals.map((_, index) => html`<li><a href="#goal-${index + 1}">${goalWords.heading(index + 1)[language]}</a></li>`)}
${data.decisions.length > 0 && html`<li><a href="#decisions">${decisionsWords.heading[language]}</a></li>`}
<li><a href="#trials">${trialsWords.heading[language]}</a></li>
<li><a href="#limits">${limitsWords.heading[language]}</a></li>
</ul></nav>
</header>`
}
