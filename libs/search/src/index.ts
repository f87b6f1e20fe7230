export { algoperfPoint } from "./algoperf-halton.ts"
export type { StudyDesign } from "./design.ts"
export { centredDiscrepancy } from "./discrepancy.ts"
export {
  bayesianPosterior,
  bayesianSession,
  bayesianSuggestions,
  type Expected,
} from "./gaussian-process/bayesian.ts"
export type { BayesianSearch, Observation } from "./gaussian-process/observations.ts"
export type { Asked, Suggestion } from "./gaussian-process/suggest.ts"
export { grid } from "./grid.ts"
export { unitPoint, unitPoints } from "./halton.ts"
export { firstPrimes } from "./primes.ts"
export { randomPoint } from "./random-search.ts"
export { studyPoint, studyTrials } from "./study-point.ts"
export { coordinateAt, placesOf, type VanDerCorput, vanDerCorput } from "./van-der-corput.ts"
