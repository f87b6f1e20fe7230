import { type QuestionId, questions } from "../../questions/index.ts"
import type { Truth } from "../scenario.ts"
import { curveWorlds } from "./curves.ts"
import { spaceWorlds } from "./spaces.ts"
import type { World } from "./world.ts"

export type { Present, World } from "./world.ts"

/**
 * Where a question's own studies are shown to all of them: which others have no one answer there, since what is planted
 * (or the landscape around it, as large as the effect) may be theirs as well. Of the rest a problem is a false alarm.
 */
const openBeside: Readonly<Record<QuestionId, ReadonlyArray<QuestionId>>> = {
  "search-space-edge": ["sampling", "sensitivity", "infeasible-share", "instability-wall"],
  "instability-wall": ["sampling", "sensitivity", "infeasible-share", "optimisation"],
  sampling: ["sensitivity"],
  "infeasible-share": ["sampling", "sensitivity", "instability-wall"],
  optimisation: [
    "sampling",
    "sensitivity",
    "infeasible-share",
    "instability-wall",
    "search-space-edge",
    "saturated-early",
  ],
  overfitting: ["sensitivity", "still-improving", "sampling", "best-step", "step-variance"],
  "step-variance": ["sensitivity", "sampling", "overfitting", "best-step"],
  "still-improving": ["sensitivity", "sampling", "best-step", "step-variance", "overfitting"],
  "saturated-early": ["sensitivity", "sampling", "step-variance", "still-improving", "best-step"],
  "training-loss-rising": ["sensitivity", "sampling", "step-variance", "saturated-early"],
  "periodic-metric": ["sensitivity", "sampling", "step-variance", "still-improving", "best-step"],
  "best-step": ["sensitivity", "sampling", "step-variance", "still-improving", "overfitting", "saturated-early"],
  isolation: ["sampling", "sensitivity", "infeasible-share"],
  sensitivity: ["sampling"],
  "gains-saturated": ["sampling", "sensitivity"],
}

/** A question's own studies as a world. Its offers beside the verdict are no problems, and its studies open there. */
const asWorld = (question: QuestionId, { name, scenario, offer }: Truth, planted: boolean): World => {
  const own = offer === undefined && planted ? [question] : []
  return {
    name: `${name === undefined ? question : `${question}: ${name}`}, ${planted ? "planted" : "not planted"}`,
    make: (setting) => (planted ? scenario.present(setting) : scenario.absent(setting)).input,
    present: own.map((one) => ({ question: one })),
    open: [...openBeside[question], ...(offer === undefined ? [] : [question])],
  }
}

const own = await Promise.all(
  questions.map(async ({ id, planted }) =>
    (await planted()).flatMap((truth) => [asWorld(id, truth, true), asWorld(id, truth, false)]),
  ),
)

/** Every kind of study that the bench makes: the questions' own, and those that no question was made for. */
export const worlds: ReadonlyArray<World> = [...own.flat(), ...curveWorlds, ...spaceWorlds]
