import type { StudyDesign } from "@tanren/search"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { repeated } from "../creating-studies/repeated.ts"

/**
 * Runs of the baseline before anything else. Five: the true standard deviation then lies between 0.60 and 2.87 times the
 * measured one at 95 % (chi-squared with 4 degrees of freedom).
 */
export const BASELINE_REPEATS = 5

/** The id of that study. */
export const BASELINE_STUDY = "baseline"

/**
 * The baseline, run before anything else (playbook, "Choosing the initial configuration"): it proves the program,
 * prices the plan and measures trial variance.
 */
export const baselineStudy = (spec: CampaignSpec): StudyDesign =>
  repeated(BASELINE_STUDY, spec.baseline, BASELINE_REPEATS, {}, { maxTrainSteps: spec.maxTrainSteps })
