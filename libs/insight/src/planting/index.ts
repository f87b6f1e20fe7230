import { type QuestionId, questions } from "../questions/index.ts"
import type { Truth } from "./scenario.ts"

export type { Planting } from "./scenario.ts"
export type { Family } from "./shapes.ts"
export { type World, worlds } from "./worlds/index.ts"

/** Something planted, and the question that has to find it. */
export interface Planted extends Truth {
  readonly question: QuestionId
}

const planted = await Promise.all(
  questions.map(async ({ id, planted }) => (await planted()).map((truth): Planted => ({ ...truth, question: id }))),
)

/** All that the bench plants, by name: `sampling`, `search-space-edge: few values`. */
export const truths: Readonly<Record<string, Planted>> = Object.fromEntries(
  planted
    .flat()
    .map((truth) => [truth.name === undefined ? truth.question : `${truth.question}: ${truth.name}`, truth]),
)
