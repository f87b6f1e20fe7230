import { keysOf, type Reshaped, restrict, restrictValues, widen } from "@tanren/space"
import type { Action, Hyperparameter } from "@tanren/terms"
import type { GoalDesign } from "../creating-studies/studies.ts"
import type { Earlier } from "./refine.ts"
import { changeText } from "./refinement.words.ts"
import { unlessCut } from "./refinement-bounds.ts"

export type SpaceChange = Extract<Action, { type: "widen" | "cut" | "cut-values" }>

export const isWidening = ({ type }: Action): boolean => type === "widen"

export const isSpaceChange = (action: Action): action is SpaceChange =>
  action.type === "widen" || action.type === "cut" || action.type === "cut-values"

/** One change made in every study that searches the hyperparameter, or why it cannot be made. */
export function changed(
  design: Pick<GoalDesign, "roles">,
  spaces: ReadonlyArray<ReadonlyArray<Hyperparameter>>,
  action: SpaceChange,
  earlier: ReadonlyArray<Earlier>,
): { readonly spaces: Array<ReadonlyArray<Hyperparameter>>; readonly text: string } | string {
  const compared = design.roles.some(
    ({ role, key, name: flat }) =>
      role === "scientific" && (key === action.hyperparameter || flat === action.hyperparameter),
  )
  if (compared) return `${action.hyperparameter} is scientific: its values are what the goal compares`
  const distinct = [...new Map(spaces.flat().map((one) => [JSON.stringify(one), one])).values()]
  const keys = keysOf(distinct)
  const meant = new Set(
    distinct
      // Names hold no "=", so that no name is another declaration's key.
      .filter((one, index) => one.name === action.hyperparameter || keys[index] === action.hyperparameter)
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
  return { spaces: after, text: changeText(action, made) }
}

function reshaped(hyperparameter: Hyperparameter, action: SpaceChange): Reshaped {
  if (action.type === "widen") return widen(hyperparameter, action)
  return action.type === "cut" ? restrict(hyperparameter, action) : restrictValues(hyperparameter, action.keep)
}
