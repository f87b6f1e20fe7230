import { isConstant } from "@tanren/space"
import type { CampaignSpec } from "./campaign.ts"
import { commandPlaces } from "./command-places.ts"
import { unlistedNote } from "./goal.ts"
import { designGoal } from "./studies.ts"

/** What was assumed where a file says nothing; `plan` shows it. */
export function notesOf(spec: CampaignSpec, from = 0): ReadonlyArray<string> {
  const unlisted = spec.goals.flatMap((goal, goalIndex) => {
    if (goalIndex < from) return []
    const { roles, studies } = designGoal({ spec, goal, goalIndex, baseline: spec.baseline })
    const searched = studies.flatMap((study) => study.searched.filter((one) => !isConstant(one)))
    return unlistedNote(goalIndex, roles, new Set(searched.map(({ name }) => name))) ?? []
  })
  return [...unlisted, ...unfilledPlaces(spec)]
}

/** `{word}` in a command that nothing fills: perhaps meant so, perhaps misspelt. */
function unfilledPlaces(spec: CampaignSpec): ReadonlyArray<string> {
  const { trainer, hyperparameters } = spec
  if (trainer.type !== "program") return []
  const others = Object.keys(commandPlaces(spec, { init: 0, data: 0, dropout: 0 }))
  const names = new Set([...hyperparameters.map(({ name }) => name), ...others])
  return trainer.command.flatMap((argument) =>
    [...argument.matchAll(/\{([A-Za-z_][\w./-]*)\}/g)]
      .filter(([, name]) => name !== undefined && !names.has(name))
      .map(([place]) => `trainer.command: ${place} names no hyperparameter and is handed on as it is`),
  )
}
