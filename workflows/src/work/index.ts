/** The workflow of each kind of work, under the kind's name: the one list of them. */
export { finalTuning } from "./final-tuning.ts"
export { goal } from "./goal.ts"
export { rounds } from "./rounds.ts"
