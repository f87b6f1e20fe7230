import { type Issue, showFound } from "@tanren/terms"
import { plural } from "@tanren/words"
import { startOf } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../campaign/campaign.ts"
import { asGoal, unrefined } from "../choosing-the-goal/as-goal.ts"
import { goalIssues, OVERRIDABLE, plainIssues } from "../choosing-the-goal/goal-issues.ts"
import { layOutRounds, type RoundsLayout, searches } from "./rounds.ts"
import { SCHEDULE_EXTENSION } from "./schedule-extension.ts"
import { stunted } from "./tiny-rate.ts"

const overridable = [...OVERRIDABLE, SCHEDULE_EXTENSION]

/** What is wrong with one work in rounds, everything that can be said at once. */
export const roundsIssues = (
  spec: CampaignSpec,
  work: RoundsWork,
  index: number,
  baselineSound: boolean,
): ReadonlyArray<Issue> => {
  const here = `goals[${index}]`
  const budget = [...budgetIssues(work, here), ...listedBestIssues(work, here), ...continuesIssues(work, here)]
  if (budget.length > 0) return [...budget, ...plainIssues(asGoal(work, 1), here, overridable)]
  const layout = layOutRounds(work, startOf(spec))
  const lengths = [...lengthIssues(spec, work, layout, here), ...scheduleIssues(layout, here)]
  const searched = searches(layout) || work.steps !== undefined
  return [
    ...lengths,
    ...trialIssues(spec, work, layout, index),
    ...(searched
      ? goalIssues(unrefined(spec), asGoal(work, Math.max(1, firstTrials(layout))), index, baselineSound, overridable)
      : plainIssues(asGoal(work, 1), here, overridable)),
    ...(lengths.length > 0 ? [] : stuntedIssues(spec, work, layout, here)),
  ]
}

/** Issues that need nothing of the space. */
export const plainRoundsIssues = (work: RoundsWork, here: string): ReadonlyArray<Issue> => [
  ...budgetIssues(work, here),
  ...listedBestIssues(work, here),
  ...continuesIssues(work, here),
  ...plainIssues(asGoal(work, 1), here, overridable),
]

const firstTrials = ({ rounds }: RoundsLayout): number => rounds[0]?.trials ?? 0

/** Numbers of trials are given once: in a list of rounds, as round 1's trials, or by the steps in all. */
const budgetIssues = ({ rounds, trials, steps }: RoundsWork, here: string): ReadonlyArray<Issue> => {
  const given = [
    ...(typeof rounds === "number" ? [] : ["a list of rounds"]),
    ...(trials === undefined ? [] : ["trials"]),
    ...(steps === undefined ? [] : ["steps"]),
  ]
  if (given.length === 1) return []
  const allowed = "one of: trials (of round 1), steps (in all), a list of rounds with trials"
  const message = given.length === 0 ? "does not say how many trials there are" : "says twice how many trials there are"
  return [{ path: `${here}.trials`, message, found: given.join(" and ") || "nothing", allowed }]
}

/** The trials of listed rounds say how many points each takes over. */
const listedBestIssues = ({ rounds, best }: RoundsWork, here: string): ReadonlyArray<Issue> => {
  if (typeof rounds === "number" || best === undefined) return []
  const message = "says nothing beside a list of rounds, whose trials are what stands and the points that go on"
  return [{ path: `${here}.best`, message, found: String(best), allowed: "nothing" }]
}

const continuesIssues = ({ rounds, continues }: RoundsWork, here: string): ReadonlyArray<Issue> => {
  if (continues !== true || (typeof rounds === "number" ? rounds : rounds.length) > 1) return []
  const message = "there is only one round, and none after it whose runs could go on"
  return [{ path: `${here}.continues`, message, found: "true", allowed: "false, or more rounds" }]
}

const lengthIssues = (
  spec: CampaignSpec,
  { rounds, maxTrainSteps }: RoundsWork,
  layout: RoundsLayout,
  here: string,
): ReadonlyArray<Issue> => {
  const issues: Array<Issue> = []
  const listed = typeof rounds !== "number"
  const lengths = layout.rounds.map(({ training }) => training.maxTrainSteps)
  const last = lengths.at(-1) ?? 0
  if (listed && last !== maxTrainSteps) {
    const message = "the last round trains another length than the full one"
    issues.push({ path: `${here}.rounds`, message, found: String(last), allowed: `${maxTrainSteps}, as maxTrainSteps` })
  }
  if (!listed && rounds > 1 && maxTrainSteps <= spec.maxTrainSteps) {
    const message = "is no longer than what is trained already, so there is nothing to grow to"
    // One round of a smaller length would train shorter, which is not what is wanted here.
    const single = maxTrainSteps === spec.maxTrainSteps ? ", or rounds: 1" : ""
    const allowed = `more than ${spec.maxTrainSteps}, which is the campaign's maxTrainSteps${single}`
    issues.push({ path: `${here}.maxTrainSteps`, message, found: String(maxTrainSteps), allowed })
  } else if (lengths.some((length, at) => at > 0 && length <= (lengths[at - 1] ?? 0))) {
    const message = "each round has to train longer than the one before"
    issues.push({ path: `${here}.rounds`, message, found: lengths.join(", "), allowed: "lengths that grow" })
  }
  const first = lengths[0] ?? 0
  if (first < spec.evalEverySteps) {
    const message = "the first round ends before its first evaluation"
    const allowed = `at least ${spec.evalEverySteps}, which is evalEverySteps`
    issues.push({ path: `${here}.rounds`, message, found: String(first), allowed })
  }
  return issues
}

/** A schedule that has to begin behind the end of training cannot be carried out. */
const scheduleIssues = ({ rounds }: RoundsLayout, here: string): ReadonlyArray<Issue> => {
  const [first] = rounds
  if (first === undefined) return []
  const { maxTrainSteps, warmupSteps = 0, schedule } = first.training
  const left = maxTrainSteps - warmupSteps
  if (left <= 0) {
    const message = "warmup takes all of the first round"
    return [{ path: `${here}.warmupSteps`, message, found: String(warmupSteps), allowed: `below ${maxTrainSteps}` }]
  }
  if (schedule?.type !== "linear" || (schedule.decayStart ?? 0) < left) return []
  const message = "the decay would begin when the first round is over"
  const found = String(schedule.decayStart)
  return [{ path: `${here}.schedule.decayStart`, message, found, allowed: `below ${left}` }]
}

const trialIssues = (
  spec: CampaignSpec,
  work: RoundsWork,
  layout: RoundsLayout,
  index: number,
): ReadonlyArray<Issue> => {
  const here = `goals[${index}]`
  const issues: Array<Issue> = []
  const few = layout.rounds.slice(1).findIndex(({ trials }) => trials < 2)
  if (few >= 0) {
    const message = "a later round runs what stands and at least one point of the round before"
    const found = String(layout.rounds[few + 1]?.trials)
    issues.push({ path: `${here}.rounds[${few + 1}].trials`, message, found, allowed: "at least 2" })
  }
  if (searches(layout) || work.steps === undefined) issues.push(...pointIssues(spec, work, layout, index))
  if (searches(layout)) return issues
  if (work.steps !== undefined) {
    const needed = layout.steps + (layout.rounds[0]?.training.maxTrainSteps ?? 0)
    const message = "leaves nothing for round 1 once the later rounds and the re-runs have theirs"
    const allowed = `at least ${needed}, or smaller best, top or repeats`
    return [...issues, { path: `${here}.steps`, message, found: String(work.steps), allowed }]
  }
  const path = typeof work.rounds === "number" ? `${here}.trials` : `${here}.rounds[0].trials`
  if (!spec.goals.slice(0, index).some(({ kind }) => kind === "goal")) {
    const message = "no goal before this one has explored anything that could be round 1"
    issues.push({ path, message, found: "0", allowed: "at least 1, or a goal before it" })
  }
  const [own] = (["schedule", "warmupSteps", "clipNorm"] as const).filter((name) => work[name] !== undefined)
  if (own !== undefined || work.fixed.length > 0) {
    const message =
      "the goals before were trained, and fixed what they fixed, without it; round 1 has no trials of its own"
    const name = own ?? "fixed"
    issues.push({ path: `${here}.${name}`, message, found: showFound(work[name]), allowed: "nothing, or trials" })
  }
  const first = layout.rounds[0]?.training.maxTrainSteps
  if (first !== spec.maxTrainSteps) {
    const message = "the goals before trained another length; round 1 has no trials of its own"
    issues.push({ path: `${here}.rounds`, message, found: String(first), allowed: String(spec.maxTrainSteps) })
  }
  return issues
}

/** No round takes over more points than the one before runs; nor are more run again than the last one has. */
const pointIssues = (
  spec: CampaignSpec,
  work: RoundsWork,
  layout: RoundsLayout,
  index: number,
): ReadonlyArray<Issue> => {
  const here = `goals[${index}]`
  const explored = searches(layout) ? firstTrials(layout) : triedBefore(spec, index)
  // What stands is among a later round's trials, and is none of the points.
  const points = layout.rounds.map(({ trials }, at) => (at === 0 ? explored : trials - 1))
  const at = points.findIndex((wanted, round) => round > 0 && wanted > (points[round - 1] ?? 0))
  // That no goal came before is an issue of its own.
  if (explored === 0) return []
  if (at > 0) {
    const [wanted, has] = [points[at] ?? 0, points[at - 1] ?? 0]
    const listed = typeof work.rounds !== "number"
    const path = listed ? `${here}.rounds[${at}].trials` : `${here}.best`
    const message = `takes over more points than the ${plural(has, "point")} that round ${at} has`
    const found = String(listed ? wanted + 1 : wanted)
    return [{ path, message, found, allowed: `at most ${listed ? has + 1 : has}` }]
  }
  const last = points.at(-1) ?? 0
  if (work.top <= last) return []
  const message = `runs more points again than the ${plural(last, "point")} that the last round has`
  return [{ path: `${here}.top`, message, found: String(work.top), allowed: `at most ${last}` }]
}

/** Trials of the work before; as many as anyone wants where their number follows from steps or a list. */
const triedBefore = ({ goals }: CampaignSpec, index: number): number =>
  goals.slice(0, index).reduce((sum, { trials = Number.POSITIVE_INFINITY }) => sum + trials, 0)

const stuntedIssues = (
  spec: CampaignSpec,
  work: RoundsWork,
  layout: RoundsLayout,
  here: string,
): ReadonlyArray<Issue> => {
  if (work.overrides.some(({ rule }) => rule === SCHEDULE_EXTENSION)) return []
  const found = stunted(spec, layout, startOf(spec), heldBy(spec, work))
  if (found === null) return []
  const way = `or overrides: [{"rule": "${SCHEDULE_EXTENSION}", "reason": "…"}]`
  if (found.because === "length-not-handed-over") {
    const message =
      "longer rounds would train no longer: the program reads its arguments alone, and the length is not among them"
    return [
      {
        path: "trainer.command",
        message,
        found: "no {maxTrainSteps}",
        allowed: `{maxTrainSteps} in the command, ${way}`,
      },
    ]
  }
  return [
    {
      path: `${here}.maxTrainSteps`,
      message: `every step beyond ${layout.rounds.length > 1 ? "round 1" : "what is trained now"} would be spent at the learning rate that the decay ends with: ${found.hyperparameter} ends it at step ${found.by} at the latest, however long training is`,
      found: String(work.maxTrainSteps),
      allowed: `a schedule that we set (schedule: {"type": "linear", "endFactor": 0.01}), ${way}`,
    },
  ]
}

/** What the work fixes, by flat name: at its own value, or at what stands. */
const heldBy = ({ baseline }: CampaignSpec, { fixed }: RoundsWork) =>
  Object.assign(
    {},
    ...fixed.map((entry) => {
      if (typeof entry !== "string") return entry
      const value = baseline[entry]
      return value === undefined ? {} : { [entry]: value }
    }),
  )
