import type { CampaignSpec, Goal } from "./campaign.ts"
import { unlistedNote } from "./goal.ts"
import { rolesOf } from "./roles.ts"

/** What was assumed where a file says nothing; `plan` shows it. */
export function notesOf(spec: CampaignSpec, from = 0): ReadonlyArray<string> {
  const unlisted = spec.goals.flatMap((goal: Goal, index) =>
    index < from ? [] : (unlistedNote(spec, index, rolesOf(spec.hyperparameters, goal)) ?? []),
  )
  return [...unlisted, ...unfilledPlaces(spec)]
}

/** `{word}` in a command that no hyperparameter fills: perhaps meant so, perhaps misspelt. */
function unfilledPlaces({ trainer, hyperparameters }: CampaignSpec): ReadonlyArray<string> {
  if (trainer.type !== "program") return []
  const names = new Set(hyperparameters.map(({ name }) => name))
  return trainer.command.flatMap((argument) =>
    [...argument.matchAll(/\{([A-Za-z_][\w./-]*)\}/g)]
      .filter(([, name]) => name !== undefined && !names.has(name))
      .map(([place]) => `trainer.command: ${place} names no hyperparameter and is handed on as it is`),
  )
}
