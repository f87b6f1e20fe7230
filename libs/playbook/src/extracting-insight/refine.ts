import { type StudyDesign, studyTrials } from "@tanren/search"
import { contains, flatName, keysOf, type Reshaped, restrict, restrictValues, widen } from "@tanren/space"
import type { Action, Hyperparameter, Hyperparameters } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { refinedId } from "../creating-studies/study-id.ts"
import { unlessCut } from "./refinement-bounds.ts"
import { notTakenText, reasonToStop, trialsOfRound } from "./refinement-limits.ts"

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

const NO_SPACE_CHANGE = "is not a change of the search space: for a person, or for a goal of its own"
const PERSON_LISTS = "which values are worth listing is for a person to say, in a goal of its own"

type SpaceChange = Extract<Action, { type: "widen" | "cut" | "cut-values" }>

/**
 * Playbook, "Extracting insight from experimental results": the next studies of a goal, changed as the findings say.
 * Every scientific value gets the same changes and the same number of trials, also where only one of them showed the
 * problem: equal effort. The sequence goes on where each study stopped. A round spends a part of what is left, so that
 * what it shows can be acted on. Where something has to be cured first, nothing is spent unless a person says so.
 *
 * @param design the goal's design, or it with the studies of the last of so many refinements
 * @param remainingTrials of the goal's budget, over all studies
 * @param earlier trials run so far, to say which lie inside the new spaces, and where a space was cut before
 * @param policy the campaign's: whether it refines, and whether a person is asked first
 */
export function refineDesign(
  design: Pick<GoalDesign, "studies" | "roles"> & { readonly refinements?: number },
  actions: ReadonlyArray<Action>,
  remainingTrials: number,
  earlier: ReadonlyArray<Earlier> = [],
  policy: CampaignSpec["policy"]["refine"] = "auto",
): Refinement {
  const round = 1 + (design.refinements ?? 0)
  const flat = actions.flatMap(flattened)
  const notTaken: Array<Refinement["notTaken"][number]> = []
  const changes: string[] = []
  let spaces = design.studies.map(({ searched }) => searched)

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
  const listed = design.studies.some(({ algorithm }) => algorithm === "listed")
  const stop = policy === "never" || listed || leftEach === 0 ? null : reasonToStop(flat)
  const why = whyNot({ studies: design.studies.length, listed, policy, changes, remainingTrials, leftEach, stop })
  const perStudy = why === null ? trialsOfRound(leftEach, round) : 0
  const wanted = perStudy === 0 ? [] : refined(design.studies, spaces, round, perStudy).map(gridded)
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
  studies: ReadonlyArray<StudyDesign>,
  spaces: ReadonlyArray<ReadonlyArray<Hyperparameter>>,
  round: number,
  trials: number,
): ReadonlyArray<StudyDesign> =>
  studies.map((study, index) => ({
    ...study,
    id: refinedId(study.id, round),
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

const isWidening = ({ type }: Action): boolean => type === "widen"

const isSpaceChange = (action: Action): action is SpaceChange =>
  action.type === "widen" || action.type === "cut" || action.type === "cut-values"

/** One change made in every study that searches the hyperparameter, or why it cannot be made. */
function changed(
  design: Pick<GoalDesign, "roles">,
  spaces: ReadonlyArray<ReadonlyArray<Hyperparameter>>,
  action: SpaceChange,
  earlier: ReadonlyArray<Earlier>,
): { readonly spaces: Array<ReadonlyArray<Hyperparameter>>; readonly text: string } | string {
  const name = flatName(action.hyperparameter)
  const compared = design.roles.some(
    ({ role, key, name: flat }) =>
      role === "scientific" && (key === action.hyperparameter || flat === action.hyperparameter),
  )
  if (compared) return `${action.hyperparameter} is scientific: its values are what the goal compares`
  const distinct = [...new Map(spaces.flat().map((one) => [JSON.stringify(one), one])).values()]
  const keys = keysOf(distinct)
  const meant = new Set(
    distinct
      .filter((one, index) =>
        action.hyperparameter === name ? one.name === name : keys[index] === action.hyperparameter,
      )
      .map((one) => JSON.stringify(one)),
  )
  if (meant.size === 0) return `${action.hyperparameter} is searched in no study of this goal`
  let refusal: string | undefined
  let made: Hyperparameter | undefined
  const after = spaces.map((searched) =>
    searched.map((one, index) => {
      if (!meant.has(JSON.stringify(one))) return one
      const open = action.type === "widen" ? unlessCut(action, searched, index, earlier) : action
      const result: Reshaped = typeof open === "string" ? { ok: false, reason: open } : reshaped(one, open)
      if (result.ok) made = result.hyperparameter
      else refusal = result.reason
      return result.ok ? result.hyperparameter : one
    }),
  )
  if (made === undefined) return refusal ?? `${action.hyperparameter} is left as it is`
  return { spaces: after, text: described(action, made) }
}

function reshaped(hyperparameter: Hyperparameter, action: SpaceChange): Reshaped {
  if (action.type === "widen") return widen(hyperparameter, action)
  return action.type === "cut" ? restrict(hyperparameter, action) : restrictValues(hyperparameter, action.keep)
}

function described({ type, hyperparameter }: SpaceChange, made: Hyperparameter): string {
  if ("low" in made) return `${hyperparameter} ${type === "widen" ? "widened" : "cut"} to ${made.low} … ${made.high}`
  return `${hyperparameter} cut to ${"values" in made ? made.values.join(", ") : "its values"}`
}

/**
 * The trials that lie in the space of one of the studies, as if they had been run there: what it searches, and what it
 * holds still. Playbook, "Identifying bad search space boundaries": points outside a cut space are judged already.
 */
export function trialsInside<T extends Pick<Earlier, "hyperparameters">>(
  studies: ReadonlyArray<StudyDesign>,
  trials: ReadonlyArray<T>,
): ReadonlyArray<T> {
  const spaces = studies.map(({ searched, held }) => [
    ...searched,
    ...Object.entries(held).map(([name, value]): Hyperparameter => ({ name, type: "categorical", values: [value] })),
  ])
  return trials.filter(({ hyperparameters }) => spaces.some((space) => contains(space, hyperparameters).ok))
}
