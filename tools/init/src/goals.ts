import type { GoalFile } from "@tanren/playbook/author"
import { type Hyperparameter, type Metric, meaningOf } from "@tanren/terms"
import type { Proposal } from "./propose.ts"

const TRIALS_A_VALUE = 16
const EXPLOIT_TRIALS = 24
const MOST_VALUES = 4
/** More dimensions than these would starve a first study. */
export const MOST_NUISANCE = 4

/** Optimizer hyperparameters interact most with everything else. Playbook, "Nuisance hyperparameters". */
const nuisanceOrder = [
  "learning-rate",
  "momentum",
  "beta1",
  "regulariser",
  "schedule",
  "epsilon",
  "beta2",
  "clipping",
  "other",
]

/**
 * A first goal: what a regulariser, an optimizer or another choice does, if the script has such a switch; otherwise how
 * low the metric goes. Architectures stay fixed at the baseline at first.
 */
export const firstGoal = (
  { hyperparameters, baseline, defaults }: Pick<Proposal, "hyperparameters" | "baseline" | "defaults">,
  metric: Metric,
): GoalFile => {
  const meaning = (one: Hyperparameter) => meaningOf(one, hyperparameters)
  const subject = scientific(hyperparameters)
  const children = (one: Hyperparameter) => subject !== undefined && one.when !== undefined && subject.name in one.when
  // What the baseline's fixed values leave without effect takes no part.
  const takesPart = (one: Hyperparameter) => one.when === undefined || children(one) || one.name in baseline
  const nuisance = hyperparameters
    .filter((one) => one !== subject && ("low" in one || meaning(one) === "schedule") && takesPart(one))
    .filter((one) => meaning(one) !== "architecture")
    .toSorted((a, b) => nuisanceOrder.indexOf(meaning(a)) - nuisanceOrder.indexOf(meaning(b)))
    .map(({ name }) => name)
    .filter(first)
    .slice(0, MOST_NUISANCE)
  const fixed = hyperparameters
    .filter(({ name }, at) => hyperparameters.findIndex((one) => one.name === name) === at)
    .filter((one) => one !== subject && takesPart(one) && !nuisance.includes(one.name))
    // The baseline has no value for what is active only under another scientific one.
    .map(({ name }) => (name in baseline ? name : { [name]: defaults[name]! }))
  if (subject === undefined) {
    const way = metric.goal === "minimize" ? "low" : "high"
    const question = `How ${way} does ${metric.name} go when these are tuned together?`
    return { question, direction: "exploit", nuisance, fixed, trials: EXPLOIT_TRIALS }
  }
  const values = "values" in subject ? subject.values.length : 2
  const question =
    subject.type === "boolean"
      ? `Does ${subject.name} improve ${metric.name}?`
      : `Which ${subject.name} is best for ${metric.name}?`
  return { question, scientific: [subject.name], nuisance, fixed, trials: TRIALS_A_VALUE * values }
}

/** One name may be several hyperparameters, under several values of another. */
const first = (name: string, at: number, all: ReadonlyArray<string>): boolean => all.indexOf(name) === at

const scientific = (hyperparameters: ReadonlyArray<Hyperparameter>): Hyperparameter | undefined => {
  const few = hyperparameters.filter(
    (one) =>
      one.when === undefined &&
      // The schedule's best value changes with the next change: nuisance. Playbook, the same section.
      meaningOf(one, hyperparameters) !== "schedule" &&
      (one.type === "boolean" || ("values" in one && one.values.length <= MOST_VALUES)),
  )
  const by = (wanted: string) => few.find((one) => meaningOf(one, hyperparameters) === wanted)
  return by("regulariser-switch") ?? by("optimizer") ?? by("architecture") ?? few[0]
}
