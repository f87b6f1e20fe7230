import type { LaunchSide } from "@tanren/playbook"
import { normalQuantile } from "@tanren/statistics"
import type { Random } from "@tanren/terms"

/**
 * Classifiers on the same validation examples. How hard an example is for all, for one configuration and for one run of it
 * adds up; above a limit the answer is wrong. Configurations of equal population error differ on so few examples all the
 * same, in every one of their runs.
 */
const OF_ALL = 0.6
const OF_CONFIGURATION = 0.25
const OF_RUN = 1 - OF_ALL - OF_CONFIGURATION

/**
 * Two configurations' runs on one draw of examples, each wrong in `rate` of the population.
 *
 * @param known whether the answers to each example are told beside the errors
 */
export const onSharedExamples = (
  rates: readonly [number, number],
  examples: number,
  repeats: number,
  { normal }: Random,
  known = false,
): readonly [LaunchSide, LaunchSide] => {
  const forAll = Array.from({ length: examples }, () => Math.sqrt(OF_ALL) * normal())
  const side = (name: string, rate: number): LaunchSide => {
    const limit = -normalQuantile(rate)
    const hard = forAll.map((one) => one + Math.sqrt(OF_CONFIGURATION) * normal())
    const right = Array.from({ length: repeats }, () =>
      hard.map((one) => (one + Math.sqrt(OF_RUN) * normal() > limit ? "0" : "1")).join(""),
    )
    const errors = right.map((run) => run.split("0").length - 1).map((wrong) => wrong / examples)
    return {
      hyperparameters: { configuration: name },
      repeats: errors,
      ids: errors.map((_, at) => `${name}/${at}`),
      ...(known ? { right } : {}),
    }
  }
  return [side("candidate", rates[0]), side("baseline", rates[1])]
}
