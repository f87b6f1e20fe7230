import type { Action } from "@tanren/insight"
import type { StudyDesign } from "@tanren/search"
import {
  contains,
  flatName,
  type Hyperparameter,
  type Hyperparameters,
  keysOf,
  type Reshaped,
  restrict,
  restrictValues,
  widen,
} from "@tanren/space"
import type { GoalDesign } from "./studies.ts"
import { refinedId } from "./study-id.ts"

export const REFINE_RULE = "refinement@1"

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
  readonly text: string
}

type SpaceChange = Extract<Action, { type: "widen" | "cut" | "cut-values" }>

/**
 * Playbook, "Extracting insight from experimental results": the next studies of a goal, changed as the findings say.
 * Every scientific value gets the same changes and the same number of trials, also where only one of them showed the
 * problem: equal effort. The sequence goes on where each study stopped.
 *
 * @param design the goal's design, or it with the studies of the last refinement
 * @param remainingTrials of the goal's budget, over all studies
 * @param earlier trials run so far, to say which lie inside the new spaces
 */
export function refineDesign(
  design: Pick<GoalDesign, "studies" | "roles">,
  actions: ReadonlyArray<Action>,
  remainingTrials: number,
  earlier: ReadonlyArray<Earlier> = [],
): Refinement {
  const round = 1 + Math.max(0, ...design.studies.map(({ id }) => Number(/\.r(\d+)$/.exec(id)?.[1] ?? 0)))
  const flat = actions.flatMap(flattened)
  const notTaken: Array<Refinement["notTaken"][number]> = []
  const changes: string[] = []
  let spaces = design.studies.map(({ searched }) => searched)

  // Widening goes first: a cut that another finding asks for is meant for the space as it will be.
  for (const action of [...flat.filter(isWidening), ...flat.filter((one) => !isWidening(one))]) {
    if (action.type === "add-trials") continue
    if (!isSpaceChange(action)) {
      notTaken.push({ action, reason: "is not a change of the search space: for a person, or for a goal of its own" })
      continue
    }
    const taken = changed(design, spaces, action)
    if (typeof taken === "string") notTaken.push({ action, reason: taken })
    else {
      spaces = taken.spaces
      changes.push(taken.text)
    }
  }
  if (flat.some(({ type }) => type === "add-trials")) changes.push("more trials in the same space")

  const perStudy = design.studies.length === 0 ? 0 : Math.floor(remainingTrials / design.studies.length)
  const listed = design.studies.some(({ algorithm }) => algorithm === "listed")
  const studies =
    changes.length === 0 || perStudy === 0 || listed
      ? []
      : design.studies.map(
          (study, index): StudyDesign => ({
            ...study,
            id: refinedId(study.id, round),
            searched: spaces[index] ?? study.searched,
            from: study.from + study.trials,
            trials: perStudy,
          }),
        )
  const why = listed
    ? "listed points are not refined"
    : changes.length === 0
      ? "no finding asks for a change"
      : perStudy === 0
        ? `${remainingTrials} trial(s) left do not reach one for each of ${design.studies.length} studies`
        : `${changes.join("; ")}: ${perStudy} more trials for each of ${design.studies.length} studies`
  return {
    rule: REFINE_RULE,
    round,
    studies,
    changes,
    notTaken,
    reuse: studies.map((study) => ({ study: study.id, trials: trialsInside([study], earlier).map(({ id }) => id) })),
    left: remainingTrials - perStudy * studies.length,
    text: why,
  }
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
    searched.map((one) => {
      if (!meant.has(JSON.stringify(one))) return one
      const result = reshaped(one, action)
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
