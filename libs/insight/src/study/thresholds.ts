import { judgement, significance, type Thresholds } from "../threshold.ts"

/** What reading trials rests on, whatever is asked of them. */
export const thresholds = {
  minimumPoints: judgement(12, "below a dozen points, where the best ones fall says little"),
  significance: significance(0.05, "of a whole study: shared among the hyperparameters, edges or curves judged"),
  suspicion: significance(0.05, "of one hyperparameter or curve alone: enough to look, not to act"),
  leastPoints: judgement(6, "for a share of the trials, or how far the better half of them lies apart"),
  bestShare: judgement(0.25, "the best few: the best quarter"),
  fewest: judgement(4, "the best few at least: what fewer have in common may be one trial's luck"),
  betterShare: judgement(0.5, "the better half of the trials: those that one would choose among"),
  unclearPoints: judgement(
    24,
    "points from which on an edge worth two noises shows; with fewer it may only be hinted at",
  ),
  noiseFreedom: judgement(
    4,
    "degrees of freedom of the noise, five runs of one point: of fewer it may be half or twice",
  ),
  farOutNoise: judgement(10, "and as many retraining standard deviations, where they are known"),
} as const satisfies Thresholds
