import type { Seeds, Value } from "@tanren/space"
import type { CampaignSpec } from "./campaign.ts"

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
