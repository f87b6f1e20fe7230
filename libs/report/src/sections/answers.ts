import type { GoalReport, ReportData } from "../data.ts"
import { className, type Html, html, paragraphs, prose, sentences } from "../html.ts"
import type { Words } from "../language/index.ts"
import { answerSentence, campaignCaveats, launchSentence } from "../told.ts"
import { evidence } from "./evidence.ts"
import { inShort } from "./findings.ts"

/** First what a busy person came for: each goal's question, its answer, and what is done about it. */
export const answers = (data: ReportData, words: Words): Html => {
  const analysis = data.status === "analysis"
  return html`<section id="answers"><h2>${analysis ? words.headings.inShort : words.headings.answers}</h2>
${campaignCaveats(data, words).map((caveat) => html`<p class="notice">${caveat}</p>`)}
${data.goals.length === 0 && html`<p class="muted">${words.noGoals}</p>`}
${data.goals.map((goal) => (analysis ? summary(goal, words) : answer(goal, words)))}
</section>`
}

/** Results from elsewhere have findings, but no answer and nothing to launch. */
const summary = ({ question, findings }: GoalReport, words: Words): Html =>
  html`<article class="answer"><h3>${question}</h3>${inShort(findings, words)}</article>`

const answer = ({ question, answer: given, launch, findings }: GoalReport, words: Words): Html =>
  html`<article class="answer"><h3>${question}</h3>
${given ? html`<p class="text">${leading(answerSentence(given, words))}</p>` : html`<p class="text muted">${words.noAnswer}</p>`}
${given ? evidence(recorded(given, words, "text"), words.evidence) : findings.length > 0 && inShort(findings, words)}
<div class="launch"><div>${launch ? decisionChip(launch.decision, words) : html`<span class="chip">${words.launch}</span>`}</div>
<div class="${launch ? "" : "muted"}">${launch ? prose(launchSentence(launch, words)) : words.noLaunch}${launch && evidence(recorded(launch, words, "text", "decision"), words.evidence)}</div></div>
</article>`

const leading = (text: string): Html => {
  const { first, rest } = sentences(text)
  const [sure = "", ...more] = paragraphs(prose(rest))
  return html`<b>${prose(first)}</b>${sure}${more.map((part) => html`<span class="more">${part}</span>`)}`
}

/** What an answer or a launch decision carries beside the words that are shown: for a translation, those recorded too. */
const recorded = (whole: object, words: Words, ...shown: ReadonlyArray<string>): object =>
  words.language === "en" ? Object.fromEntries(Object.entries(whole).filter(([name]) => !shown.includes(name))) : whole

const decisionChip = (decision: string, words: Words): Html =>
  html`<span class="chip ${className(decision)}">${words.launch}: ${words.decision[decision] ?? decision}</span>`
