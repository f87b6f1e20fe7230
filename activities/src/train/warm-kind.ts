import { stat } from "node:fs/promises"
import { isAbsolute, join } from "node:path"
import { EVENTS_VARIABLE, TRIAL_VARIABLE } from "@tanren/contract"
import type { CampaignSpec } from "@tanren/playbook"
import type { Command } from "./command.ts"

/**
 * What a trial's process must have in common with the next trial's to be handed on; undefined where every trial has a
 * process of its own. That is the default for foreign programs; and under a memory limit, which would be judged by
 * what earlier trials left. An edited script is another one.
 */
export const warmKind = async (
  { trainer, limits }: Pick<CampaignSpec, "trainer" | "limits">,
  directory: string,
  { argv, environment }: Command,
): Promise<string | undefined> => {
  if (trainer.type !== "tensorflow" || limits.memoryMb !== undefined) return undefined
  const script = isAbsolute(trainer.script) ? trainer.script : join(directory, trainer.script)
  const edited = await stat(script).then(
    ({ mtimeMs, size }) => [mtimeMs, size],
    () => [],
  )
  const { [TRIAL_VARIABLE]: _, [EVENTS_VARIABLE]: __, ...rest } = environment
  return JSON.stringify([argv, directory, rest, edited, limits.graceSeconds])
}
