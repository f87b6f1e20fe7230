import type { Language } from "@tanren/words"
import type { GoalReport, ReportData } from "../data.ts"
import { formatPoint } from "../format.ts"
import { type Html, html } from "../html.ts"
import { caveatSentence } from "../told.ts"
import { axes } from "./axes.ts"
import { caveatList } from "./caveats.ts"
import { curves } from "./curves.ts"
import type { Album } from "./figure.ts"
import { finalTuning } from "./final-tuning.ts"
import { findings } from "./findings.ts"
import { goalWords } from "./goal.words.ts"
import { isolation } from "./isolation.ts"
import { lengthsText, rounds } from "./rounds.ts"
import { roundsWords } from "./rounds.words.ts"
import { studies } from "./studies.ts"

/** One round of experiments: what was asked, what the trials show, what follows from them. */
export const goalSection = async (
  data: ReportData,
  goal: GoalReport,
  index: number,
  language: Language,
  album: Album,
): Promise<Html> => {
  const id = `goal-${index + 1}`
  const { scientific, nuisance, fixed } = goal.roles
  const role = (title: string, text: string): Html =>
    html`<dt>${title}</dt><dd>${text || goalWords.none[language]}</dd>`
  const compared =
    goal.lengths === undefined
      ? role(goalWords.scientific[language], scientific.join(", "))
      : role(roundsWords.lengths[language], lengthsText(goal.lengths))
  return html`<section id="${id}"><h2>${goalWords.heading(index + 1)[language]}: ${goal.question}</h2>
<dl class="roles">${compared}${role(goalWords.nuisance[language], nuisance.join(", "))}${role(goalWords.fixed[language], formatPoint(fixed))}${goal.caveats.length > 0 && html`<dt>${goalWords.caveats[language]}</dt><dd>${caveatList(goal.caveats.map((caveat) => caveatSentence(caveat, language)))}</dd>`}</dl>
${rounds(data, goal, language)}
${await finalTuning(data, goal, id, language, album)}
${await axes(data, goal, id, language, album)}
${await curves(data, goal, id, language, album)}
${goal.lengths === undefined && (await isolation(data, goal, id, language, album))}
${findings(goal.findings, language)}
${studies(data, goal, language)}
</section>`
}
