import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters, Value } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { BASELINE_REPEATS } from "../thresholds.ts"

/** The same point again and again, each time with fresh seeds: the trial's index is its repeat. */
const repeated = (
  id: string,
  point: Hyperparameters,
  repeats: number,
  scientific: Readonly<Record<string, Value>>,
): StudyDesign => ({
  id,
  scientific,
  searched: [],
  held: point,
  algorithm: "listed",
  seed: 0,
  from: 0,
  trials: repeats,
  points: Array.from({ length: repeats }, () => ({})),
})

/**
 * The baseline, run before anything else (playbook, "Choosing the initial configuration"): it proves the program,
 * prices the plan and measures trial variance.
 */
export const baselineStudy = (spec: CampaignSpec, repeats = BASELINE_REPEATS): StudyDesign =>
  repeated("baseline", spec.baseline, repeats, {})

/**
 * The best trial of one scientific value once more with fresh seeds (playbook, "Determining whether to adopt a training
 * pipeline change"): the value that made it the best of its study flatters it.
 *
 * @param of the first study of this scientific value
 */
export const rerunStudy = (of: StudyDesign, best: Hyperparameters, repeats: number): StudyDesign =>
  repeated(`${of.id.replace(/\.r\d+$/, "")}.reruns`, best, repeats, of.scientific)
