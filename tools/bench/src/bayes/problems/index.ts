import { made } from "./made.ts"
import type { Problem } from "./problem.ts"
import { published } from "./published.ts"

export type { Problem } from "./problem.ts"

/** Every problem, in the order of the tables. */
export const problems: ReadonlyArray<Problem> = [...published, ...made]
