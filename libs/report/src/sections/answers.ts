import { answerParagraphsOf, describeLonger } from "@tanren/playbook"
import type { Language } from "@tanren/words"
import type { GoalReport, ReportData } from "../data.ts"
import { className, type Html, html, prose, sentences } from "../html.ts"
import { launchDecisionText, launchWords } from "../launch.words.ts"
import { campaignCaveats, launchSentence } from "../told.ts"
import { answersWords } from "./answers.words.ts"
import { evidence } from "./evidence.ts"
import { inShort } from "./findings.ts"
import { findingsWords } from "./findings.words.ts"

/** First what a busy person came for: each goal's question, its answer, and what is done about it. */
export const answers = (data: ReportData, language: Language): Html => {
  const analysis = data.status === "analysis"
  return html`<section id="answers"><h2>${analysis ? answersWords.inShort[language] : answersWords.heading[language]}</h2>
${campaignCaveats(data, language).map((caveat) => html`<p class="notice">${caveat}</p>`)}
${data.goals.length === 0 && html`<p class="muted">${answersWords.noGoals[language]}</p>`}
${data.goals.map((goal) => (analysis ? summary(goal, language) : answer(goal, language)))}
</section>`
}

/** Results from elsewhere have findings, but no answer and nothing to launch. */
const summary = ({ question, findings }: GoalReport, language: Language): Html =>
  html`<article class="answer"><h3>${question}</h3>${inShort(findings, language)}</article>`

const answer = ({ question, answer: given, launch, findings, longer }: GoalReport, language: Language): Html =>
  html`<article class="answer"><h3>${question}</h3>
${given ? html`<p class="text">${leading(answerParagraphsOf(given, language))}</p>` : html`<p class="text muted">${answersWords.noAnswer[language]}</p>`}
${given ? evidence(recorded(given, language, "text"), findingsWords.evidence[language]) : findings.length > 0 && inShort(findings, language)}
<div class="launch"><div>${launch ? decisionChip(launch.decision, language) : html`<span class="chip">${launchWords.heading[language]}</span>`}</div>
<div class="${launch ? "" : "muted"}">${launch ? prose(launchSentence(launch, language)) : answersWords.noLaunch[language]}${launch && evidence(recorded(launch, language, "text", "decision"), findingsWords.evidence[language])}</div></div>
${longer && html`<p class="next">${describeLonger(longer, language)}</p>`}
</article>`

/** The first sentence, which says what is the case, stands out; warnings and caveats begin lines of their own. */
const leading = ([answer = "", ...more]: ReadonlyArray<string>): Html => {
  const { first, rest } = sentences(answer)
  return html`<b>${prose(first)}</b>${prose(rest)}${more.map((part) => html`<span class="more">${prose(part)}</span>`)}`
}

/** What an answer or a launch decision carries beside the words that are shown: for a translation, those recorded too. */
const recorded = (whole: object, language: Language, ...shown: ReadonlyArray<string>): object =>
  language === "en" ? Object.fromEntries(Object.entries(whole).filter(([name]) => !shown.includes(name))) : whole

const decisionChip = (decision: string, language: Language): Html =>
  html`<span class="chip ${className(decision)}">${launchWords.heading[language]}: ${launchDecisionText(decision, language)}</span>`
