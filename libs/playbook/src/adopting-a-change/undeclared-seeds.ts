import type { Goal } from "../campaign/campaign.ts"

/**
 * The rule that refuses re-runs; a goal may override it by this name, with a reason.
 *
 * Playbook, "Determining whether to adopt a training pipeline change": trial variance is had by training the same
 * point again with other seeds. A program that neither declares `seeds` nor is handed one promises no such thing, and
 * what is not promised is not assumed: its goals explore, nothing is run again, nothing is launched.
 */
export const UNDECLARED_SEEDS = "undeclared-seeds"

/** A person may say that a program varies by itself and that its re-runs count all the same. */
export const seedsOverridden = (goal: Pick<Goal, "overrides">): boolean =>
  goal.overrides.some(({ rule }) => rule === UNDECLARED_SEEDS)
