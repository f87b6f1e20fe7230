import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters } from "@tanren/terms"
import { repeated } from "../creating-studies/repeated.ts"

/**
 * The best trial of one scientific value once more with fresh seeds (playbook, "Determining whether to adopt a training
 * pipeline change"): the value that made it the best of its study flatters it.
 *
 * @param of the first study of this scientific value
 */
export const rerunStudy = (of: StudyDesign, best: Hyperparameters, repeats: number): StudyDesign =>
  repeated(`${of.id}.reruns`, best, repeats, of.scientific, of.training)
