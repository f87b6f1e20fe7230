import { type Duty, missingDuties } from "@tanren/contract"
import { type CampaignSpec, handsSeeds } from "@tanren/playbook"
import type { Purpose, TrialRow } from "@tanren/record"
import type { Training } from "@tanren/terms"

/**
 * What a study needs of the program beyond level 0. What is not honoured is refused where it is needed, before it
 * starts, and never assumed. The baseline needs nothing: it is there to learn what the program promises.
 */
const NEEDED: Readonly<Record<Purpose, ReadonlyArray<Duty>>> = {
  baseline: [],
  search: [],
  repeats: ["seeds"],
}

/** The duties that studies of this purpose would lack, as the program declared itself when it ran the baseline. */
export const missingFor = (
  purpose: Purpose,
  { trainer }: Pick<CampaignSpec, "trainer">,
  runs: ReadonlyArray<TrialRow>,
): ReadonlyArray<Duty> => {
  const byCommand: ReadonlyArray<Duty> = trainer.type === "program" && handsSeeds(trainer.command) ? ["seeds"] : []
  const needed = NEEDED[purpose].filter((duty) => !byCommand.includes(duty))
  return undeclared(needed, runs)
}

/** The duties that training in this way would lack: what is absent from it is the program's own, and asks for nothing. */
export const missingForTraining = (
  { schedule, warmupSteps, clipNorm }: Training,
  runs: ReadonlyArray<TrialRow>,
): ReadonlyArray<Duty> =>
  undeclared(
    [
      ...(schedule === undefined ? [] : ["schedule" as const]),
      ...(warmupSteps === undefined || warmupSteps === 0 ? [] : ["warmup" as const]),
      ...(clipNorm === undefined ? [] : ["clip" as const]),
    ],
    runs,
  )

/** Those of the needed that a completed run did not declare. */
export const undeclared = (needed: ReadonlyArray<Duty>, runs: ReadonlyArray<TrialRow>): ReadonlyArray<Duty> => {
  const declared = runs.filter(({ status }) => status === "completed").map(({ started }) => started)
  return needed.filter((duty) => declared.some((one) => missingDuties([duty], one ?? undefined).length > 0))
}
