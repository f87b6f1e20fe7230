/** The rule that refuses re-runs; a goal may override it by this name, with a reason. */
export const UNDECLARED_SEEDS = "undeclared-seeds"

/**
 * Playbook, "Determining whether to adopt a training pipeline change": trial variance is had by training the same
 * point again with other seeds. A program that neither declares `seeds` nor is handed one promises no such thing, and
 * what is not promised is not assumed: its goals explore, nothing is run again, nothing is launched.
 */
export const undeclaredSeedsText =
  "the program does not declare the duty `seeds` and its command hands none over, so re-runs with fresh seeds would prove nothing"

export const undeclaredSeedsCure = `declare it (tanren.started("seeds")), or hand a seed over in the command (--seed={seeds.init}); for a program that draws its own, override the rule "${UNDECLARED_SEEDS}" in the goal, with a reason`
