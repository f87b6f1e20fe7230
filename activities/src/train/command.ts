import { isAbsolute, join } from "node:path"
import { EVENTS_VARIABLE, fillArgv, type Parsed, TRIAL_VARIABLE } from "@tanren/contract"
import { type CampaignSpec, commandPlaces, shareOf } from "@tanren/playbook"
import type { Hyperparameters, Seeds } from "@tanren/terms"
import type { Device } from "../devices.ts"
import { togetherArgv } from "../guarded/together.ts"
import type { attemptFiles } from "./attempts.ts"
import { environmentFor } from "./environment.ts"

export interface Command {
  readonly argv: ReadonlyArray<string>
  readonly environment: Readonly<Record<string, string>>
}

/** The part of a campaign that starts its program. */
export type Startable = Pick<CampaignSpec, "trainer" | "hyperparameters" | "maxTrainSteps" | "evalEverySteps">

/** How the campaign's training program is started for one trial. */
export const commandFor = (
  spec: Startable,
  directory: string,
  point: { readonly hyperparameters: Hyperparameters; readonly seeds: Seeds },
  files: Pick<ReturnType<typeof attemptFiles>, "trial" | "events">,
  device: Device,
): Parsed<Command> => {
  const { trainer } = spec
  const argv = argvOf(spec, directory, point)
  if (!argv.ok) return argv
  const { processes } = shareOf(trainer)
  const each = { ...device, threads: Math.max(1, Math.floor(device.threads / processes)) }
  const environment = {
    ...environmentFor(process.env, trainer.env, each),
    ...(trainer.type === "tensorflow" && trainer.backend !== undefined ? { TANREN_BACKEND: trainer.backend } : {}),
    // A pipe makes Python hold back what it prints, and metrics with it.
    ...(trainer.type === "program" && trainer.metrics !== undefined ? { PYTHONUNBUFFERED: "1" } : {}),
    [TRIAL_VARIABLE]: files.trial,
    [EVENTS_VARIABLE]: files.events,
  }
  return { ok: true, value: { argv: processes > 1 ? togetherArgv(argv.value, processes) : argv.value, environment } }
}

const argvOf = (
  spec: Startable,
  directory: string,
  { hyperparameters, seeds }: { readonly hyperparameters: Hyperparameters; readonly seeds: Seeds },
): Parsed<ReadonlyArray<string>> => {
  const { trainer } = spec
  if (trainer.type === "tensorflow") {
    const script = isAbsolute(trainer.script) ? trainer.script : join(directory, trainer.script)
    return { ok: true, value: [process.execPath, "--no-warnings", script] }
  }
  const inactive = spec.hyperparameters.map(({ name }) => name).filter((name) => !(name in hyperparameters))
  return fillArgv(trainer.command, { ...commandPlaces(spec, seeds), ...hyperparameters }, inactive)
}
