import type { StudyDesign } from "@tanren/search"
import type { Training } from "@tanren/terms"
import type { RoundsWork } from "../campaign/campaign.ts"
import type { RanPoint } from "./carried.ts"
import { type RoundsLayout, searches } from "./rounds.ts"

export const CONTINUING_RULE = "continuing@1"

export const continuingReasons = [
  "no-trials-of-its-own",
  "own-schedule",
  "stretched",
  "decays-at-once",
  "not-longer",
  "duties-undeclared",
] as const

/** Whether the runs of the next round may go on from this one's, and from which step. */
export interface Continuing {
  readonly rule: typeof CONTINUING_RULE
  /** That of the checkpoint that each run keeps; null where the longer runs begin at their first step. */
  readonly step: number | null
  readonly because: (typeof continuingReasons)[number] | null
  /** Duties of the program that this takes and that it does not declare. */
  readonly lacking: ReadonlyArray<string>
}

/** What a program has to declare for it, beside the schedule. */
export const CONTINUING_DUTIES = ["seeds", "checkpoint", "resume", "prolong"] as const

const none = (because: Continuing["because"], lacking: Continuing["lacking"] = []): Continuing => ({
  rule: CONTINUING_RULE,
  step: null,
  because,
  lacking,
})

/**
 * From which step of a shorter run a longer one may go on and be the run that it would have been from its first step:
 * only from before the decay began, and only where the schedule is ours, for then the longer run has the same rates up to
 * there. Playbook, "Deciding how long to train when training is compute-bound", round 2: the decay keeps its length, and
 * the constant part before it grows. A cosine is laid over the longer training, so that its rates differ from the start.
 *
 * The step is that of the last evaluation before the decay: there every program has a checkpoint to keep, and what it
 * sums up between two evaluations begins anew. Never the last step, at which more may be measured than at others.
 *
 * @param lacking the duties that the program does not declare
 */
export const mayContinue = (
  short: Training,
  long: Training,
  evalEverySteps: number,
  lacking: ReadonlyArray<string>,
): Continuing => {
  if (long.maxTrainSteps <= short.maxTrainSteps) return none("not-longer")
  const alike = alikeUntil(short, long)
  if (typeof alike === "string") return none(alike)
  const most = Math.min(alike, short.maxTrainSteps - 1)
  const step = Math.floor(most / evalEverySteps) * evalEverySteps
  if (step < 1) return none("decays-at-once")
  return lacking.length > 0
    ? none("duties-undeclared", lacking)
    : { rule: CONTINUING_RULE, step, because: null, lacking: [] }
}

/** Updates that the two make at the same rates; or why there are none. */
const alikeUntil = (short: Training, long: Training): number | "own-schedule" | "stretched" => {
  const [one, other] = [short.schedule, long.schedule]
  if (one === undefined || other === undefined) return "own-schedule"
  const warmup = short.warmupSteps ?? 0
  if (one.type === "cosine" || one.type !== other.type || warmup !== (long.warmupSteps ?? 0)) return "stretched"
  if (short.clipNorm !== long.clipNorm) return "stretched"
  if (one.type === "constant" || other.type !== "linear") return Number.POSITIVE_INFINITY
  return warmup + Math.min(one.decayStart ?? 0, other.decayStart ?? 0)
}

/** Of that round, in a layout; null where nothing of the kind is asked, or no round comes after it. */
export const continuingOf = (
  work: Pick<RoundsWork, "continues">,
  layout: RoundsLayout,
  round: number,
  evalEverySteps: number,
  lacking: ReadonlyArray<string>,
): Continuing | null => {
  const [short, long] = [layout.rounds[round - 1], layout.rounds[round]]
  if (work.continues !== true || short === undefined || long === undefined) return null
  if (round === 1 && !searches(layout)) return none("no-trials-of-its-own")
  return mayContinue(short.training, long.training, evalEverySteps, lacking)
}

/**
 * The study of that round with the checkpoints that its runs keep. Only those that may yet be among the points that go
 * on keep theirs: the best so far, and what stands, which is a later round's first point.
 */
export const keeping = (
  study: StudyDesign,
  round: number,
  layout: RoundsLayout,
  made: Continuing | null,
): StudyDesign => {
  const next = layout.rounds[round]
  if (made === null || made.step === null || next === undefined) return study
  return { ...study, keeps: { step: made.step, best: next.trials - 1, always: round > 1 ? [0] : [] } }
}

/** Of each point of a later round, the run of the round before that it goes on from; null where it begins anew. */
export const goingOn = (
  points: ReadonlyArray<RanPoint | undefined>,
  before: StudyDesign | null,
): ReadonlyArray<NonNullable<StudyDesign["goesOn"]>[number]> | undefined => {
  const keeps = before?.keeps
  if (before === null || keeps === undefined) return undefined
  return points.map((point) => {
    const own = point?.trials.find((id) => id.slice(0, id.lastIndexOf("/")) === before.id)
    return own === undefined
      ? null
      : { study: before.id, index: Number(own.slice(own.lastIndexOf("/") + 1)), step: keeps.step }
  })
}
