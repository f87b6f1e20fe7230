import type { GoalReport, ReportData } from "../data.ts"
import { formatPoint } from "../format.ts"
import { type Html, html } from "../html.ts"
import type { Words } from "../language/index.ts"
import { caveatSentence } from "../told.ts"
import { axes } from "./axes.ts"
import { caveatList } from "./caveats.ts"
import { curves } from "./curves.ts"
import type { Album } from "./figure.ts"
import { findings } from "./findings.ts"
import { isolation } from "./isolation.ts"
import { studies } from "./studies.ts"

/** One round of experiments: what was asked, what the trials show, what follows from them. */
export const goalSection = async (
  data: ReportData,
  goal: GoalReport,
  index: number,
  words: Words,
  album: Album,
): Promise<Html> => {
  const id = `goal-${index + 1}`
  const { scientific, nuisance, fixed } = goal.roles
  const role = (title: string, text: string): Html => html`<dt>${title}</dt><dd>${text || words.roles.none}</dd>`
  return html`<section id="${id}"><h2>${words.headings.goal(index + 1)}: ${goal.question}</h2>
<dl class="roles">${role(words.roles.scientific, scientific.join(", "))}${role(words.roles.nuisance, nuisance.join(", "))}${role(words.roles.fixed, formatPoint(fixed))}${goal.caveats.length > 0 && html`<dt>${words.headings.caveats}</dt><dd>${caveatList(goal.caveats.map((caveat) => caveatSentence(caveat, words)))}</dd>`}</dl>
${await axes(data, goal, id, words, album)}
${await curves(data, goal, id, words, album)}
${await isolation(data, goal, id, words, album)}
${findings(goal.findings, words)}
${studies(data, goal, words)}
</section>`
}
