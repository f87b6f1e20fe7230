import type { Subject } from "@tanren/conformance"
import type { CampaignSpec } from "@tanren/playbook"
import type { Look } from "./look.ts"
import { type Shown, stepsWith } from "./observe.ts"
import type { OtherCount } from "./other-count.ts"

/**
 * What level 0 is checked with once the campaign is written: a short run, as far as its second evaluation, where the
 * program can be told its length; else the one run that it makes.
 *
 * @param ran the subject of the first run
 * @param start the interpreter and the script
 * @param short how it is run for a moment, where it counts otherwise than its length
 * @param toldLength whether a run can be made shorter, by its command or the trial file
 */
export const checkOf = (
  ran: Subject,
  { trainer, hyperparameters, metric, maxTrainSteps, evalEverySteps, stepUnit }: CampaignSpec,
  start: ReadonlyArray<string>,
  short: OtherCount["short"] | undefined,
  toldLength: boolean,
  { killed }: Pick<Look, "killed">,
  { curve }: Pick<Shown, "curve">,
): { readonly checked: Subject; readonly scope: "level-0" | "first-run" } => {
  const asWritten = { ...ran, startable: { ...ran.startable, trainer, hyperparameters }, metric, stepUnit }
  if (short !== undefined && trainer.type === "program") {
    const { args, ...length } = short
    const startable = { ...asWritten.startable, trainer: { ...trainer, command: [...start, ...args] } }
    return { checked: { ...asWritten, ...length, startable }, scope: "level-0" }
  }
  if (!toldLength) {
    return { checked: { ...asWritten, steps: maxTrainSteps, every: evalEverySteps }, scope: "first-run" }
  }
  const [first, second] = stepsWith(curve, metric)
  const steps = Math.min(ran.steps, second ?? (killed ? first : undefined) ?? ran.steps)
  return { checked: { ...asWritten, steps, every: Math.min(ran.every, steps) }, scope: "level-0" }
}
