import { existsSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import { Argument, Flag } from "effect/cli"
import { badInput } from "./bad-input.ts"
import { stateFlag } from "./state.ts"

/** How commands on a campaign that exists are told which one. */
export const campaignFlags = {
  where: Argument.String("campaign").pipe(
    Argument.withDescription("Campaign file, or its folder (default: this folder)"),
    Argument.withDefault("."),
  ),
  id: Flag.String("id").pipe(
    Flag.withMetavar("run-id"),
    Flag.withDescription("Run id (default: that of the newest campaign)"),
    Flag.optional,
  ),
  state: stateFlag,
}

interface Given {
  readonly where: string
  readonly id: { readonly _tag: "None" } | { readonly _tag: "Some"; readonly value: string }
  readonly state: { readonly _tag: "None" } | { readonly _tag: "Some"; readonly value: string }
}

export const whereFlags = Effect.fnUntraced(function* ({ where, id, state }: Given) {
  const place = resolve(where)
  if (!existsSync(place)) return yield* badInput(`${where}: no such file or folder`)
  const folder = statSync(place).isDirectory() ? place : dirname(place)
  const stateFolder = state._tag === "Some" ? resolve(state.value) : join(folder, ".tanren")
  if (!existsSync(join(stateFolder, "record.sqlite"))) {
    return yield* badInput(noneIn(stateFolder))
  }
  return { stateFolder, id: id._tag === "Some" ? id.value : undefined }
})

const noneIn = (stateFolder: string): string =>
  `${stateFolder}: no campaign has run here; \`tanren run <campaign file>\` starts one`

/** The campaign of that run id, or the newest. */
export const recordedCampaign = Effect.fnUntraced(function* (stateFolder: string, id: string | undefined) {
  const record = yield* ExperimentRecord
  const rows = yield* record.campaigns()
  const row = id === undefined ? rows[0] : rows.find((one) => one.id === id)
  if (row !== undefined) return row
  // A run that was refused at its start leaves a record that holds none.
  if (rows.length === 0) return yield* badInput(noneIn(stateFolder))
  return yield* badInput(
    `--id: ${id ?? ""} is not a campaign in ${stateFolder}; it holds ${rows.map((one) => one.id).join(", ")}`,
  )
})
