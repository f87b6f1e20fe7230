import type { CampaignSpec } from "@tanren/playbook"
import {
  type DecisionKey,
  type DecisionRow,
  decisionIn,
  keys,
  type StudyRow,
  Tracking,
  type TrialRow,
} from "@tanren/record"
import { mixedBackendsText, type Progress, progressLine } from "@tanren/report"
import { Console, Duration, Effect } from "effect"
import { backendsOf } from "./backends.ts"

const LOOK_EVERY = Duration.millis(500)
/** Where the output is no terminal, a line this often is enough. */
const LINE_EVERY_MS = 10_000
/** Empties the line that the cursor stands in. */
const CLEAR = "\r\x1b[2K"

/** Where a campaign stands, from its record alone. */
export const progressOf = (
  spec: CampaignSpec,
  studies: ReadonlyArray<StudyRow>,
  trials: ReadonlyArray<TrialRow>,
  decisions: ReadonlyArray<DecisionRow>,
  goals: number,
): Progress => {
  const count = (status: TrialRow["status"]) => trials.filter((trial) => trial.status === status).length
  const values = trials.flatMap(({ value }) => (value === null ? [] : [value]))
  const done = count("completed") + count("infeasible") + count("failed")
  const planned = Math.max(plannedTrials(spec, studies, goals), done)
  const seconds = trials.flatMap(({ seconds: taken }) => (taken === null ? [] : [taken]))
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length
  const minimize = spec.metric.goal === "minimize"
  const phase = phaseOf(spec, studies, decisions, goals)
  return {
    phase,
    done,
    total: planned,
    metric: spec.metric,
    running: count("running"),
    infeasible: count("infeasible"),
    failed: count("failed"),
    best: values.length === 0 ? null : values.reduce((a, b) => (minimize === a < b ? a : b)),
    secondsLeft: seconds.length === 0 || phase === "finished" ? null : ((planned - done) * mean) / spec.policy.parallel,
  }
}

/** Studies as designed, and goals to come by their budgets: each scientific value is re-run at the answer. */
const plannedTrials = (spec: CampaignSpec, studies: ReadonlyArray<StudyRow>, goals: number): number => {
  const known = studies.reduce((sum, study) => sum + study.trials, 0)
  const started = Math.max(0, ...studies.map(({ goal }) => goal))
  const rerunning = studies.some(({ goal, purpose }) => goal === started && purpose === "repeats")
  const toCome = spec.goals
    .slice(started, goals)
    .reduce(
      (sum, goal) => sum + goal.trials + 2 * goal.repeats,
      rerunning || started === 0 ? 0 : 2 * (spec.goals[started - 1]?.repeats ?? 5),
    )
  return known + toCome
}

const phaseOf = (
  { policy }: CampaignSpec,
  studies: ReadonlyArray<StudyRow>,
  decisions: ReadonlyArray<DecisionRow>,
  goals: number,
): string => {
  const decided = (key: DecisionKey<unknown>) => decisionIn(decisions, key) !== undefined
  if (!decided(keys.baseline)) return "baseline"
  const goal = Array.from({ length: goals }, (_, at) => at + 1).find((one) => !decided(keys.launch(one)))
  if (goal === undefined) return "finished"
  const of = `goal ${goal} of ${goals}`
  if (decided(keys.proposal(goal))) return `${of}: waiting for approval of the launch`
  if (decided(keys.reruns(goal))) return `${of}: re-running the best with fresh seeds`
  const refined = studies.some((study) => study.goal === goal && study.round > 0)
  if (policy.refine === "ask" && refinementWaits(decisions, goal)) return `${of}: waiting for a word on the refinement`
  return refined ? `${of}: refined studies` : `${of}: studies`
}

/** Whether studies were proposed that nobody has said a word on. */
const refinementWaits = (decisions: ReadonlyArray<DecisionRow>, goal: number): boolean => {
  for (let round = 1; ; round++) {
    const refinement = decisionIn(decisions, keys.refinement(goal, round))
    if (refinement === undefined) return false
    const { studies } = refinement.outcome
    if (studies.length > 0 && decisionIn(decisions, keys.refinementWord(goal, round)) === undefined) return true
  }
}

/** Shows progress until the campaign has ended. */
export const showProgress = Effect.fn("showProgress")(function* (id: string, spec: CampaignSpec) {
  const tracking = yield* Tracking
  const live = process.stdout.isTTY === true
  let said = ""
  let saidAt = 0
  let warned: string | undefined
  for (;;) {
    const row = yield* tracking.campaign(id)
    if (row !== null) {
      const trials = yield* tracking.trials(id)
      const progress = progressOf(
        spec,
        yield* tracking.studies(id),
        trials,
        yield* tracking.decisions(id),
        (yield* tracking.goals(id)).length,
      )
      const warning = mixedBackendsText(backendsOf(trials))
      if (warning !== undefined && warning !== warned) {
        yield* Console.log(`${live ? CLEAR : ""}${warning}`)
        warned = warning
      }
      const line = progressLine(progress, live ? { width: (process.stdout.columns ?? 80) - 1 } : {})
      const now = Date.now()
      if (live) process.stdout.write(`${CLEAR}${line}`)
      else if (line !== said && now - saidAt >= LINE_EVERY_MS) {
        yield* Console.log(line)
        saidAt = now
      }
      said = line
      if (row.status !== "running") {
        if (live) process.stdout.write(CLEAR)
        return
      }
    }
    yield* Effect.sleep(LOOK_EVERY)
  }
})
