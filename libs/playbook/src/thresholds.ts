/**
 * Every number that a rule of this package turns on, with its ground. "Our reading" marks what the playbook leaves
 * open. Changing one changes decisions to come, never those recorded (each carries its rule's version).
 */

/** Playbook, "Creating a set of studies": one study a value "in the simplest case". Six is our reading of few. */
export const SEPARATE_STUDIES = 6

/** Our reading: a whole-numbered range with more values than this is not taken apart value by value. */
export const LISTED_LEVELS = 64

/** Playbook, "How should Adam's hyperparameters be tuned?": trials a study from which each is tuned as well. */
export const ADAM_TRIALS = {
  beta1: 10,
  epsilon: 25,
  /** "Substantially more than 25" in the original; 50 is our reading. */
  beta2: 50,
} as const

/** β1, β2, ε: Kingma and Ba 2015 (arXiv 1412.6980); momentum: the value in common use. For a fixed hyperparameter
 * that the baseline lacks, because it is inactive there. */
export const CONVENTIONAL: Readonly<Record<string, number>> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentum: 0.9 }

/** Our reading: a third of a goal is kept for refinement, where the policy refines and the rest still is a study. */
export const REFINEMENT_SHARE = 1 / 3

/** Our reading: below this many trials for each scientific value nothing is kept back for refinement; so a study that
 * is cut down to keep some has at least 16 trials left. */
export const REFINEMENT_FROM = 24

/** Our reading: fewer trials than this for each study, in a round of refinement, are no round of their own. */
export const LEAST_REFINED = 8

/** Our reading: rounds of refinement in a goal; halving what is left, the fourth would get an eighth of it. */
export const REFINEMENT_ROUNDS = 4

/** Our reading of narrow scope ("Choosing the goal for the next round"): more questions at once mix their effects. */
export const SCIENTIFIC_AT_ONCE = 2

/** Our reading of density: fewer distinct positions than this along each searched axis (trials^(1/dimensions)). */
export const POSITIONS_PER_AXIS = 1.6

/** Our reading: a log-scaled range of a nuisance hyperparameter below one decade is narrow. */
export const NARROW_DECADES = 1

/** Our reading of even coverage: no scientific value (or tenth of a range) below half of its fair share of trials. */
export const COVERAGE_SHARE = 0.5

/** Runs of the baseline before anything else. Five: the true standard deviation then lies between 0.60 and 2.87
 * times the measured one at 95 % (chi-squared with 4 degrees of freedom). */
export const BASELINE_REPEATS = 5

/** Two-sided level of every interval that a verdict rests on. */
export const CONFIDENCE = 0.95

/** Fewer repeats than this on a side carry no verdict: a standard deviation of two is hardly one. */
export const LEAST_REPEATS = 3

/** Power at which "how many repeats would show it" is answered: four times of five, the usual convention. */
export const POWER = 0.8

/**
 * Our reading of equal effort: the share of a value's trials (of one more than there were) that may fail before nothing
 * is decided. The best of n random trials ranks at 1 / (n + 1) of the space on average: up to here, failures make that
 * worse by a third at most. Of 16 trials 4 may fail, not 5.
 */
export const FAILED_SHARE = 0.25
