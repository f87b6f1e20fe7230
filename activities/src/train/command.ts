import { isAbsolute, join } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import type { Hyperparameters } from "@tanren/space"
import { EVENTS_VARIABLE, fillArgv, type Parsed, TRIAL_VARIABLE } from "@tanren/trainer"
import type { Device } from "../devices.ts"
import { environmentFor } from "../program/environment.ts"
import type { attemptFiles } from "./attempts.ts"

export interface Command {
  readonly argv: ReadonlyArray<string>
  readonly environment: Readonly<Record<string, string>>
}

/** How the campaign's training program is started for one trial. */
export const commandFor = (
  { trainer, hyperparameters: declared }: CampaignSpec,
  directory: string,
  hyperparameters: Hyperparameters,
  files: ReturnType<typeof attemptFiles>,
  device: Device,
): Parsed<Command> => {
  const argv = argvOf(
    trainer,
    directory,
    hyperparameters,
    declared.map((one) => one.name),
  )
  if (!argv.ok) return argv
  const environment = {
    ...environmentFor(process.env, trainer.env, device),
    ...(trainer.type === "tensorflow" && trainer.backend !== undefined ? { TANREN_BACKEND: trainer.backend } : {}),
    [TRIAL_VARIABLE]: files.trial,
    [EVENTS_VARIABLE]: files.events,
  }
  return { ok: true, value: { argv: argv.value, environment } }
}

const argvOf = (
  trainer: CampaignSpec["trainer"],
  directory: string,
  hyperparameters: Hyperparameters,
  declared: ReadonlyArray<string>,
): Parsed<ReadonlyArray<string>> => {
  if (trainer.type === "tensorflow") {
    const script = isAbsolute(trainer.script) ? trainer.script : join(directory, trainer.script)
    return { ok: true, value: [process.execPath, "--no-warnings", script] }
  }
  const inactive = declared.filter((name) => !(name in hyperparameters))
  return fillArgv(trainer.command, hyperparameters, inactive)
}
