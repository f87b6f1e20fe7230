/**
 * Every threshold that a verdict rests on, with its ground: the playbook's words, a significance level, or our
 * judgement. Decisions record them with the rule version, so that a change here never rewrites the past.
 */
export interface Threshold {
  readonly value: number
  readonly ground: "playbook" | "significance" | "judgement"
  readonly why: string
}

const playbook = (value: number, why: string): Threshold => ({ value, ground: "playbook", why })
const significance = (value: number, why: string): Threshold => ({ value, ground: "significance", why })
const judgement = (value: number, why: string): Threshold => ({ value, ground: "judgement", why })

/** Recorded beside every decision that was made with these thresholds. */
export const ruleVersion = 4

export const thresholds = {
  minimumPoints: judgement(12, "below a dozen points, where the best ones fall says little"),
  minimumEvaluations: judgement(20, "a curve of fewer evaluations has no beginning, middle and end to compare"),
  resolution: judgement(
    1e-6,
    "of its values' size, by which a curve must move: single precision, averaged over batches, rounds by as much",
  ),
  repeatedRegular: judgement(0.9, "of the runs of equal values: as long as the others, or a multiple of that"),
  repeatedSingle: judgement(
    0.6,
    "of the runs of equal values: as long as the others; in longer ones evaluations agree",
  ),
  repeatedChance: significance(0.001, "that runs of equal values are so regular in a metric that repeats by chance"),
  unevenSteps: judgement(0.1, "of training, by which a share of the evaluations may miss the same share of the steps"),
  unmovedEvaluations: judgement(5, "evaluations at one and the same value, in trial after trial: no coincidence"),
  significance: significance(0.05, "of a whole study: shared among the hyperparameters, edges or curves judged"),
  suspicion: significance(0.05, "of one hyperparameter or curve alone: enough to look, not to act"),
  bestShare: judgement(0.25, "the best few: the best quarter, at least four"),
  edgeBestShare: judgement(0.3, "the best few of an edge: a little more than a quarter, at least four"),
  edgeZone: judgement(0.4, "the outer part of a range in which results must still improve towards the edge"),
  edgeLimit: judgement(0.8, "an optimum this far out or further counts as on the edge"),
  edgeSignificance: significance(0.015, "that the best few crowd by chance, of a whole study: shared among its edges"),
  edgeBestFew: judgement(0.74, "mean place of the best few, 1 at the edge: an optimum inside keeps them further in"),
  edgeImproving: judgement(0.1, "chance of the fitted improvement towards the edge, were the optimum inside"),
  edgeOuter: judgement(0.4, "in the outer part results must improve towards the edge rather than worsen"),
  unclearPoints: judgement(
    24,
    "points from which on an edge worth two noises shows; with fewer it may only be hinted at",
  ),
  unclearCrowding: significance(0.3, "of one edge alone, with so few points: too likely for a suspicion, not for fine"),
  unclearBestFew: judgement(0.55, "as for an edge, only hinted at"),
  unclearImproving: judgement(0.5, "as for an edge, only hinted at"),
  unclearOuter: judgement(0.8, "as for an edge, only hinted at"),
  wallSignificance: significance(0.015, "that the best few crowd below a wall by chance"),
  wallBestFew: judgement(0.68, "as for an edge, with fewer trials below the wall"),
  wallImproving: judgement(0.3, "as for an edge, with fewer trials below the wall"),
  wallOuter: judgement(0.65, "as for an edge, with fewer trials below the wall"),
  wallInfeasible: judgement(3, "trials above the wall, all infeasible"),
  wallChance: significance(0.05, "that the infeasible trials are the top ones in the rate by chance"),
  samplingDimensions: judgement(4, "hyperparameters that matter, for how the best of k goes on improving"),
  samplingGain: judgement(0.95, "a doubling worth about one retraining standard deviation can be seen"),
  samplingGainUnclear: judgement(1.2, "the same below `unclearPoints` trials, where that gain is a rough guess itself"),
  infeasibleTolerated: judgement(0.2, "a fifth of the trials is the price of a wide space"),
  infeasibleProblem: judgement(
    1 / 3,
    "the playbook says a very large share; from here on each two useful trials cost one more",
  ),
  infeasibleUndecided: significance(0.2, "of so few infeasible trials, were a third of the space infeasible"),
  farOut: judgement(3, "inter-quartile ranges above the upper quartile: Tukey's far out is a truly bad value"),
  farOutNoise: judgement(10, "and as many retraining standard deviations, where they are known"),
  blownUpChance: significance(0.001, "that one of so many repeats stands out so far among normal ones"),
  blownUpShare: judgement(0.25, "of the repeats that may have blown up: with more of them it is what retraining does"),
  badGap: judgement(2, "spreads of the better trials that a gap must exceed for all beyond it to be truly bad values"),
  badGapBlind: judgement(4, "the same where the noise is not known"),
  badGapChance: significance(0.2, "of such a gap anywhere in a smooth tail; shared among the places where it could be"),
  badBetter: judgement(3, "trials below the gap, to have a spread, where retraining noise says what a gap is"),
  badBetterBlind: judgement(5, "the same where the noise is not known"),
  badOverwhelming: judgement(10, "times such a gap, or such a fence: overwhelming, wherever the worse trials lie"),
  badOwnSize: judgement(
    10,
    "times the best value's own size that all trials of one listed value must be worse by: orders of magnitude",
  ),
  fewValues: judgement(12, "values sampled of a range: few enough for one of them to set its trials apart"),
  fewValuesEach: judgement(2, "trials of each on average: a range of fewer each is read as a range"),
  fewValuesExplain: significance(
    0.2,
    "that one such value parts the trials by luck, shared among them: rather no bad value than a wrong one",
  ),
  badNearChance: judgement(0.1, "of the way from chance to the best: what gets no further is no better than chance"),
  badChanceNoise: judgement(3, "and as many retraining standard deviations, where they are known"),
  cutExplains: judgement(
    0.7,
    "share of the infeasible trials that a cut must remove, keeping nearly all feasible ones",
  ),
  cutExplainsFew: judgement(0.5, "as much of few trials, by a scientific value: rather no action than a wrong one"),
  cutTie: judgement(0.1, "of the trials: cuts that part infeasible from feasible about equally well"),
  cutChance: significance(0.01, "that a cut which explains less would do as well by luck, shared among all cuts tried"),
  spike: judgement(10, "times the median gradient norm"),
  clipPercentile: playbook(0.9, "clip at the 90th percentile of the gradient norms"),
  rise: judgement(4, "standard errors by which a loss must end above its lowest to count as risen"),
  earlyPart: playbook(0.1, "early: the first tenth of training"),
  worseningChance: significance(
    0.3,
    "that validation only seems to worsen above the lowest of ten blocks, shared among the blocks and the curves judged",
  ),
  worsening: judgement(0.85, "retraining standard deviations that validation loses from its best to the end"),
  improvement: judgement(0.85, "retraining standard deviations that the last quarter of training still gains"),
  saturatedBy: judgement(0.5, "nothing gained in the second half of training"),
  saturatedGainLate: judgement(1, "retraining standard deviations that the second half may still gain, at most"),
  saturatedTraining: judgement(0.1, "of the fall of the training loss that the second half may still hold"),
  lateVariance: judgement(0.9, "step-to-step standard deviation over the spread of the better half of the trials"),
  lateVarianceWatch: judgement(0.5, "half as large as the differences that one wants to see"),
  lastPart: playbook(0.25, "the last quarter of training"),
  always: judgement(0.8, "always, give or take one trial in five: a noisy best step may stray"),
  often: judgement(0.7, "often: worth a look"),
  bestStepTrials: judgement(8, "trials before one may say always"),
  periods: judgement(4, "periods that must fit into the curve"),
  periodicChance: significance(
    0.001,
    "that a common period of the best curves is chance; stricter, for it accuses the program",
  ),
  periodicCurves: judgement(32, "of the best curves: enough to show a common period, few enough to be quick"),
  effort: judgement(0.5, "retraining standard deviations that unequal numbers of trials alone are worth"),
  unequal: judgement(1.5, "times as many trials for one value as for another, before effort is worth a look"),
  buckets: judgement(4, "slices of a continuous scientific hyperparameter"),
  nothingTrials: judgement(
    24,
    "trials before one may say that nothing had an effect; with fewer an effect hides easily",
  ),
  nothingChance: significance(0.008, "of the strongest sign of any effect, above which none is taken to be there"),
  nothingBeyondNoise: significance(0.002, "of so much variance among trials by retraining alone"),
  nothingTogether: significance(0.01, "of the strongest product of two hyperparameters, shared among the pairs"),
  interactionChance: significance(
    0.06,
    "that a product of two hyperparameters explains so much, shared among the pairs",
  ),
  fixTrials: judgement(32, "trials before one may say that a hyperparameter can be fixed"),
  fixChance: significance(0.02, "of a hyperparameter's effect, above which it is taken to have none"),
  fixTogether: significance(0.1, "of its product with another, shared among them, below which it may interact"),
  fixRange: judgement(1.5, "retraining standard deviations between its best and worst fitted value"),
  importantShare: judgement(0.1, "of the explained variance, below which a hyperparameter's effect is small"),
  saturatedGoals: judgement(3, "goals in a row"),
  saturatedChance: significance(0.02, "of such a gain by retraining noise alone, above which there was none"),
  saturatedError: judgement(
    1,
    "retraining standard deviations: with a larger error of the gain, its absence shows nothing",
  ),
} as const satisfies Record<string, Threshold>

export type ThresholdName = keyof typeof thresholds

export const limit = (name: ThresholdName): number => thresholds[name].value
