import type { Seeds, Value } from "@tanren/terms"
import type { CampaignSpec } from "./campaign.ts"

/** The names in an argument that are to be filled: `{lr}`, `{use_dropout?--use-dropout}`; as `fillArgv` reads them. */
export const placesNamed = (argument: string): ReadonlyArray<string> =>
  [...argument.matchAll(/\{([A-Za-z_][\w./-]*)\}|^\{([A-Za-z_][\w./-]*)\?[^:{}]*(?::[^{}]*)?\}$/g)].map(
    ([, name, chosen]) => name ?? chosen ?? "",
  )

/** A program that reads nothing but its arguments promises by them that the seed reaches it. */
export const handsSeeds = (command: ReadonlyArray<string>): boolean =>
  command.flatMap(placesNamed).some((name) => SEED_PLACES.has(name))

const SEED_PLACES: ReadonlySet<string> = new Set(["seeds.init", "seeds.data", "seeds.dropout"])

/**
 * What a command can name beside hyperparameters, for programs that read nothing but their arguments:
 * `--seed {seeds.init} --epochs {maxTrainSteps}`. A hyperparameter of the same name comes first.
 */
export const commandPlaces = (
  { maxTrainSteps, evalEverySteps }: Pick<CampaignSpec, "maxTrainSteps" | "evalEverySteps">,
  seeds: Seeds,
): Readonly<Record<string, Value>> => ({
  maxTrainSteps,
  evalEverySteps,
  "seeds.init": seeds.init,
  "seeds.data": seeds.data,
  "seeds.dropout": seeds.dropout,
})
