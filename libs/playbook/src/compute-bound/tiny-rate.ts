import { isRanged } from "@tanren/space"
import { type Hyperparameter, meaningOf, type Training, type Value } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { placesNamed } from "../campaign/command-places.ts"
import type { RoundsLayout } from "./rounds.ts"

/** Why longer training would not be what it is taken for, where that can be known before it runs. */
export type Stunted =
  /** All that the program reads are its arguments, and the length is not among them. */
  | { readonly because: "length-not-handed-over" }
  /** A hyperparameter of the program's own schedule ends the decay at a fixed step. */
  | { readonly because: "decay-ends-early"; readonly hyperparameter: string; readonly by: number }

/**
 * Playbook, "Deciding how long to train when training is compute-bound": "a common pitfall when adjusting learning rate
 * schedules between rounds is spending all the extra training steps at a learning rate that is too small". A schedule
 * that we set never does; one of the program's own does where its decay ends at a step that does not move.
 *
 * @param stands how what stands is trained: the short length where there is one round
 * @param held values that the search holds still, by flat name
 */
export const stunted = (
  { trainer, hyperparameters }: Pick<CampaignSpec, "trainer" | "hyperparameters">,
  { rounds }: Pick<RoundsLayout, "rounds">,
  stands: Pick<WhatStands, "training">,
  held: Readonly<Record<string, Value>>,
): Stunted | null => {
  if (trainer.type === "program" && trainer.metrics !== undefined) {
    const handed = trainer.command.flatMap(placesNamed)
    if (!handed.includes("maxTrainSteps")) return { because: "length-not-handed-over" }
  }
  const [first, second] = rounds
  if (first === undefined || !isOwn(first.training)) return null
  // One round alone is longer than what stands, if than anything.
  const reached = second === undefined ? stands.training.maxTrainSteps : first.training.maxTrainSteps
  if (second === undefined && first.training.maxTrainSteps <= reached) return null
  for (const one of hyperparameters) {
    if (meaningOf(one, hyperparameters) !== "schedule" || !COUNTS_STEPS.test(one.name)) continue
    const by = lastStep(one, held[one.name])
    // The whole decay lies within the short length: every step beyond it would be trained at what is left.
    if (by !== null && by <= reached) return { because: "decay-ends-early", hyperparameter: one.name, by }
  }
  return null
}

const isOwn = ({ schedule }: Training): boolean => schedule === undefined

/** Epochs are no steps, and how many steps one has is not known here. */
const COUNTS_STEPS = /steps$|iter(ation)?s$/i

/** The latest that it can be; null where it is no number of steps. */
const lastStep = (one: Hyperparameter, held: Value | undefined): number | null => {
  if (held !== undefined) return typeof held === "number" && held > 1 ? held : null
  if (isRanged(one)) return one.high > 1 ? one.high : null
  return "values" in one && one.values.every((value) => typeof value === "number")
    ? Math.max(...one.values.map(Number))
    : null
}
