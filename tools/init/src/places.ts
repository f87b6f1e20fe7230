import type { ScriptOption } from "./read-options.ts"

/** Options that a campaign sets by itself, and the place in the command that stands for each. */
export interface Places {
  readonly length: ScriptOption | undefined
  readonly cadence: ScriptOption | undefined
  readonly unit: "step" | "epoch"
  readonly seeds: ReadonlyArray<ScriptOption>
  readonly named: ReadonlyArray<{ readonly option: ScriptOption; readonly place: string }>
}

const LENGTH =
  /^(max_|num_|total_|n_|nb_|no_of_)?(train(ing)?_)?(n_?)?(time)?(steps|epochs?|iterations|iters?|updates)$/
const CADENCE =
  /^(check_)?(eval|evaluate|evaluation|valid(ate|ation)?|val|test)_?(every|interval|freq(uency)?|steps)(_n)?(_(steps|epochs?|iters))?$/
const SEED = /(^|_)(seed|random_state)(_value)?$/
/** Other splits and folds would be other validation data: results would not compare. */
const OTHER_DATA = /split|fold|val|test|eval/

/** @param free options that nobody gave by hand */
export const placesOf = (free: ReadonlyArray<ScriptOption>): Places => {
  const lengths = free.filter(({ name }) => LENGTH.test(lastPart(name)))
  // Of `--num_train_epochs 3` and `--max_train_steps None` the one that is in force.
  const length = lengths.find((option) => wholeOf(option) !== null) ?? lengths[0]
  const unit = /epoch/.test(lastPart(length?.name ?? "")) ? "epoch" : "step"
  const cadence = free.find((option) => CADENCE.test(lastPart(option.name)) && isCountedAs(option, unit, length))
  const seeds = free.filter(({ name, kind }) => {
    const last = lastPart(name)
    return kind !== "bool" && SEED.test(last) && !OTHER_DATA.test(last)
  })
  const named = (option: ScriptOption | undefined, place: string) => (option === undefined ? [] : [{ option, place }])
  return {
    length,
    cadence,
    unit,
    seeds,
    named: [
      ...named(length, "maxTrainSteps"),
      ...named(cadence, "evalEverySteps"),
      ...seeds.map((option) => ({ option, place: `seeds.${seedOf(lastPart(option.name))}` })),
    ],
  }
}

/** `--epochs 10 --eval-every 500`: the cadence is counted in something else, and stays as it is. */
const isCountedAs = (option: ScriptOption, unit: "step" | "epoch", length: ScriptOption | undefined): boolean => {
  const name = lastPart(option.name)
  const [most, every] = [wholeOf(length), wholeOf(option)]
  if (unit === "epoch" && /step|iter/.test(name)) return false
  if (unit === "step" && /epoch/.test(name)) return false
  return most === null || every === null || every <= most
}

const seedOf = (name: string): "init" | "data" | "dropout" =>
  /data|shuffle|loader/.test(name) ? "data" : /drop_?out/.test(name) ? "dropout" : "init"

/** Of Hydra's `trainer.max_epochs` the end tells. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

export const wholeOf = (option: ScriptOption | undefined): number | null =>
  typeof option?.default === "number" && Number.isInteger(option.default) && option.default > 0 ? option.default : null
