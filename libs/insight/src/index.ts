export { analyse, answers, ask, ruleVersion } from "./analyse.ts"
export { about, describe, nameOf, subjectOf, titleOf, whyNotJudged } from "./describe.ts"
export { type AxisPlot, type AxisPlotPoint, axisPlots } from "./plots/axis.ts"
export { type BestOfBox, bestOfPlot } from "./plots/best-of.ts"
export { type BestPossible, bestPossible, type RunNoise, type Searched } from "./plots/best-possible.ts"
export { type IsolatedValue, isolationPlot } from "./plots/isolation.ts"
export {
  type EffortLead,
  type Tuned,
  type TuningCurve,
  type TuningCurves,
  type TuningPoint,
  tuningCurves,
} from "./plots/tuning-curves.ts"
export { type QuestionId, questions } from "./questions/index.ts"
export type { GoalAnswer, InsightInput, Noise } from "./study/input.ts"
export { noiseFromRepeats } from "./study/noise.ts"
export { type InfeasiblePoint, type Point, readStudy, type Study } from "./study/study.ts"
