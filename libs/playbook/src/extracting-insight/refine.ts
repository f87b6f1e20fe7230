import { type StudyDesign, studyTrials } from "@tanren/search"
import type { Action, Hyperparameter, Hyperparameters } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { refinedId } from "../creating-studies/study-id.ts"
import { NO_SPACE_CHANGE, notTakenText, PERSON_LISTS } from "./refinement.words.ts"
import { reasonToStop, trialsOfRound } from "./refinement-limits.ts"
import { changed, isSpaceChange, isWidening } from "./space-changes.ts"
import { trialsInside } from "./trials-inside.ts"

const REFINE_RULE = "refinement@2"

/** A trial that ran already. */
export interface Earlier {
  readonly id: string
  readonly hyperparameters: Hyperparameters
}

export interface Refinement {
  readonly rule: typeof REFINE_RULE
  /** 1, 2, … */
  readonly round: number
  /** Empty where nothing changes or no trial is left for each study. */
  readonly studies: ReadonlyArray<StudyDesign>
  readonly changes: ReadonlyArray<string>
  /** Actions that a refinement cannot take, and why: for a person, or for a later goal. */
  readonly notTaken: ReadonlyArray<{ readonly action: Action; readonly reason: string }>
  /** Earlier trials inside each new space: they count there as if they had been run in it. */
  readonly reuse: ReadonlyArray<{ readonly study: string; readonly trials: ReadonlyArray<string> }>
  /** Trials that the refinement leaves unspent. */
  readonly left: number
  /** Why trials that are left should not be spent before something is cured; null where nothing speaks against it. */
  readonly stop: string | null
  readonly text: string
}

/** A goal's studies as they were designed, and as the last round made them. */
export interface Refinable extends Pick<GoalDesign, "studies" | "roles"> {
  readonly latest?: Pick<Refinement, "round" | "studies">
}

/**
 * Playbook, "Extracting insight from experimental results": the next studies of a goal, changed as the findings say.
 * Every scientific value gets the same changes and the same number of trials, also where only one of them showed the
 * problem: equal effort. The sequence goes on where each study stopped. A round spends a part of what is left, so that
 * what it shows can be acted on. Where something has to be cured first, nothing is spent unless a person says so.
 *
 * @param design the goal's design, with its latest refinement where there was one
 * @param remainingTrials of the goal's budget, over all studies
 * @param earlier trials run so far, to say which lie inside the new spaces, and where a space was cut before
 * @param policy the campaign's: whether it refines, and whether a person is asked first
 */
export function refineDesign(
  design: Refinable,
  actions: ReadonlyArray<Action>,
  remainingTrials: number,
  earlier: ReadonlyArray<Earlier> = [],
  policy: CampaignSpec["policy"]["refine"] = "auto",
): Refinement {
  const { round: before, studies: newest } = design.latest ?? { round: 0, studies: design.studies }
  const round = before + 1
  const flat = actions.flatMap(flattened)
  const notTaken: Array<Refinement["notTaken"][number]> = []
  const changes: string[] = []
  let spaces = newest.map(({ searched }) => searched)

  // Widening goes first: a cut that another finding asks for is meant for the space as it will be.
  for (const action of [...flat.filter(isWidening), ...flat.filter((one) => !isWidening(one))]) {
    if (action.type === "add-trials") continue
    if (!isSpaceChange(action)) {
      notTaken.push({ action, reason: action.type === "add-values" ? PERSON_LISTS : NO_SPACE_CHANGE })
      continue
    }
    const taken = changed(design, spaces, action, earlier)
    if (typeof taken === "string") notTaken.push({ action, reason: taken })
    else {
      spaces = taken.spaces
      changes.push(taken.text)
    }
  }
  if (flat.some(({ type }) => type === "add-trials")) changes.push("more trials in the same space")

  const leftEach = design.studies.length === 0 ? 0 : Math.floor(remainingTrials / design.studies.length)
  const listed = newest.some(({ algorithm }) => algorithm === "listed")
  const stop = policy === "never" || listed || leftEach === 0 ? null : reasonToStop(flat)
  const why = whyNot({ studies: design.studies.length, listed, policy, changes, remainingTrials, leftEach, stop })
  const perStudy = why === null ? trialsOfRound(leftEach, round) : 0
  const wanted = perStudy === 0 ? [] : refined(design.studies, newest, spaces, round, perStudy).map(gridded)
  const gridless = wanted.some(({ trials }) => trials === 0)
  const refusal = gridless ? `no grid can be made of ${perStudy} trials` : why
  const studies = gridless ? [] : wanted
  const made = `${changes.join("; ")}: ${perStudy} more trials for each of ${design.studies.length} studies`
  const caution = stop === null || refusal !== null ? "" : `Before you spend: ${stop}.`
  // A smaller question is the other way out of too few trials: with more of them it is not one that was left aside.
  const aside = refusal === null ? notTaken.filter(({ action }) => action.type !== "smaller-goal") : notTaken
  return {
    rule: REFINE_RULE,
    round,
    studies,
    changes,
    notTaken,
    reuse: studies.map((study) => ({ study: study.id, trials: trialsInside([study], earlier).map(({ id }) => id) })),
    left: remainingTrials - studies.reduce((sum, { trials }) => sum + trials, 0),
    stop,
    text: [`${refusal ?? made}.`, caution, notTakenText(aside)].filter((part) => part !== "").join(" "),
  }
}

const refined = (
  designed: ReadonlyArray<StudyDesign>,
  newest: ReadonlyArray<StudyDesign>,
  spaces: ReadonlyArray<ReadonlyArray<Hyperparameter>>,
  round: number,
  trials: number,
): ReadonlyArray<StudyDesign> =>
  newest.map((study, index) => ({
    ...study,
    id: refinedId(designed[index]?.id ?? study.id, round),
    searched: spaces[index] ?? study.searched,
    from: study.from + study.trials,
    trials,
  }))

/** A grid has as many trials as it has points; none where it cannot be made of so few. */
const gridded = (study: StudyDesign): StudyDesign => {
  if (study.algorithm !== "grid") return study
  const made = studyTrials(study)
  return { ...study, trials: made.ok ? made.trials : 0 }
}

/** Why there is no next round, or null. */
function whyNot(of: {
  readonly studies: number
  readonly listed: boolean
  readonly policy: CampaignSpec["policy"]["refine"]
  readonly changes: ReadonlyArray<string>
  readonly remainingTrials: number
  readonly leftEach: number
  readonly stop: string | null
}): string | null {
  const { studies, listed, policy, changes, remainingTrials, leftEach, stop } = of
  if (policy === "never") return "the policy never refines"
  if (listed) return "listed points are not refined"
  if (stop !== null && policy === "auto")
    return `${stop}: the ${remainingTrials} trials left are not spent before that is cured`
  if (changes.length === 0) return "no finding asks for a change"
  if (leftEach === 0) return `${remainingTrials} trial(s) left do not reach one for each of ${studies} studies`
  return null
}

const flattened = (action: Action): ReadonlyArray<Action> =>
  action.type === "several" ? action.actions.flatMap(flattened) : [action]
