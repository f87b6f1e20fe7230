import type { Meaning } from "@tanren/terms"

/** Playbook, "How should Adam's hyperparameters be tuned?": trials a study from which each is tuned as well. */
const ADAM_TRIALS = {
  beta1: 10,
  epsilon: 25,
  /** "Substantially more than 25" in the original; 50 is our reading. */
  beta2: 50,
} as const

/**
 * Playbook, "How should Adam's hyperparameters be tuned?": which of Adam's hyperparameters a study of so many trials
 * tunes beside the base learning rate.
 */
function tunedWithAdam(trials: number): ReadonlyArray<Meaning> {
  const tuned: Meaning[] = ["learning-rate"]
  if (trials >= ADAM_TRIALS.beta1) tuned.push("beta1")
  if (trials >= ADAM_TRIALS.epsilon) tuned.push("epsilon")
  if (trials >= ADAM_TRIALS.beta2) tuned.push("beta2")
  return tuned
}

/** Whether a hyperparameter of this meaning, its role left open, is fixed in a study of so many trials. */
export const fixedByAdamRule = (meaning: Meaning, trials: number): boolean =>
  (meaning === "beta1" || meaning === "beta2" || meaning === "epsilon") && !tunedWithAdam(trials).includes(meaning)

export const adamReason = (meaning: Meaning, trials: number): string =>
  `${trials} trials per study are too few to tune ${meaning}: Adam's rule tunes it from ${
    meaning === "beta1" ? ADAM_TRIALS.beta1 : meaning === "epsilon" ? ADAM_TRIALS.epsilon : ADAM_TRIALS.beta2
  } trials on${meaning === "beta2" ? ' ("substantially more than 25"; 50 is our reading)' : ""}`
