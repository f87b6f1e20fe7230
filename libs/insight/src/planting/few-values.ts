import type { Hyperparameter, Random, Trial, Value } from "@tanren/terms"
import { between, noiseSd } from "./landscape.ts"
import type { Planting, Setting } from "./scenario.ts"

/** A nuisance hyperparameter of few values, and what each of them adds to the cost. */
export interface FewValued {
  readonly hyperparameter: Hyperparameter
  readonly values: ReadonlyArray<Value>
  readonly worse: ReadonlyArray<number>
}

/** One retraining standard deviation to sixty of them. */
const worth = (random: Random): number => noiseSd * 10 ** between(random, 0, 1.8)

/** Each other value worse than the best by its own worth, or all by the same. */
const listed = (random: Random, values: ReadonlyArray<Value>): ReadonlyArray<number> => {
  const best = random.below(values.length)
  const [alike, common] = [random.uniform() < 0.5, worth(random)]
  return values.map((_, i) => (i === best ? 0 : alike ? common : worth(random)))
}

/** Worse with every step from the best, which is not the outermost: no edge that one should widen. */
const inOrder = (random: Random, count: number): ReadonlyArray<number> => {
  const best = 1 + random.below(count - 2)
  const [step, power] = [worth(random), between(random, 0.7, 2)]
  return Array.from({ length: count }, (_, i) => step * Math.abs(i - best) ** power)
}

/** Small integers or listed numbers, better with every step towards an end that is not natural; `worth` of the last. */
export const towardsEnd = (random: Random, name: string, worth: number): FewValued => {
  const count = 3 + random.below(4)
  const power = between(random, 1, 2)
  // Further steps are worth less, as where the optimum lies a few steps beyond.
  const beyond = between(random, 1, 2)
  const last = (1 + beyond) ** power - beyond ** power
  const up = Array.from(
    { length: count },
    (_, i) => (worth * ((count - 1 - i + beyond) ** power - beyond ** power)) / last,
  )
  const high = random.uniform() < 0.5
  const worse = high ? up : up.toReversed()
  if (random.uniform() < 0.5) {
    const values = Array.from({ length: count }, (_, i) => 3 + i)
    return { hyperparameter: { name, type: "int", low: 3, high: 2 + count }, values, worse }
  }
  const values = Array.from({ length: count }, (_, i) => 16 * 2 ** i)
  return { hyperparameter: { name, type: "discrete", values }, values, worse }
}

/** A switch, a choice, a small integer, a coarse grid: one value is merely worse than another. */
const fewValued = (random: Random, name: string): FewValued => {
  const kind = random.below(4)
  if (kind === 0) {
    const values = [false, true]
    return { hyperparameter: { name, type: "boolean" }, values, worse: listed(random, values) }
  }
  if (kind === 1) {
    const values = ["a", "b", "c", "d"].slice(0, 2 + random.below(3))
    return { hyperparameter: { name, type: "categorical", values }, values, worse: listed(random, values) }
  }
  const count = 3 + random.below(3)
  const worse = inOrder(random, count)
  const values = Array.from({ length: count }, (_, i) => (kind === 2 ? 1 + i : 10 ** (i - 4)))
  return kind === 2
    ? { hyperparameter: { name, type: "int", low: 1, high: count }, values, worse }
    : { hyperparameter: { name, type: "float", low: 1e-4, high: values.at(-1) as number, scale: "log" }, values, worse }
}

/** The study with one or two such nuisances more, drawn apart from what it searches already. */
export const withFewValues = (random: Random, planting: Planting): Planting => {
  const more = Array.from({ length: 1 + random.below(2) }, (_, i) => fewValued(random, `few_${i}`))
  return withMore(random, planting, more)
}

export const withMore = (random: Random, { input, ...rest }: Planting, more: ReadonlyArray<FewValued>): Planting => {
  // Each value equally often, as a low-discrepancy sequence takes them.
  const orders = more.map(({ values }) => random.shuffled(input.trials.map((_, k) => k % values.length)))
  const trials = input.trials.map((trial, k): Trial => {
    const drawn = more.map((one, j) => ({ one, i: orders[j]![k]! }))
    const hyperparameters = drawn.map(({ one, i }) => [one.hyperparameter.name, one.values[i]!] as const)
    const worse = drawn.reduce((total, { one, i }) => total + one.worse[i]!, 0)
    return {
      ...trial,
      hyperparameters: { ...trial.hyperparameters, ...Object.fromEntries(hyperparameters) },
      ...(trial.value === undefined ? {} : { value: trial.value + worse }),
    }
  })
  const hyperparameters = [...input.hyperparameters, ...more.map(({ hyperparameter }) => hyperparameter)]
  return { ...rest, input: { ...input, trials, hyperparameters } }
}

/** In one of three studies there are nuisance hyperparameters of few values, too, some of them far worse than others. */
export const perhapsFewValued = (setting: Setting, planting: Planting): Planting =>
  setting.random.uniform() < 1 / 3 ? withFewValues(setting.random, planting) : planting
