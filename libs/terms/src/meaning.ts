import type { Hyperparameter, Meaning } from "./hyperparameter.ts"

/**
 * Names that the playbook's rules understand without being told, first match first. Compared in snake case; of a
 * dotted or slashed name (`optimizer.lr`) the last part counts.
 */
const documentedNames: ReadonlyArray<readonly [Meaning, RegExp]> = [
  ["warmup", /(^|_)warm_?up(_|$)/],
  ["clipping", /(^|_)clip(ping|_norm|_value|_threshold)?(_|$)|^max_grad(ient)?_norm$/],
  ["batch-size", /(^|_)batch_?size$|^bs$|^batch$/],
  ["training-steps", /^(max_|num_|total_|n_)?(train(ing)?_)?(steps|epochs|iterations|iters)$/],
  ["schedule", /(^|_)schedule(r)?(_|$)|^(lr|learning_rate)_decay|^decay(_|$)|_decay_(steps|factor|rate)$|^end_factor$/],
  ["learning-rate", /(^|_)(lr|learning_?rate)$|^eta$|^step_size$/],
  ["momentum", /(^|_)momentum$/],
  ["beta1", /(^|_)(beta_?1|b_?1)$/],
  ["beta2", /(^|_)(beta_?2|b_?2)$/],
  ["epsilon", /(^|_)(eps|epsilon)$/],
  ["optimizer", /^optimi[sz]er(_(name|type))?$|^opt$/],
  [
    "regulariser",
    /^wd$|weight_decay|drop_?out|label_smoothing|stochastic_depth|drop_?path|mix_?up|cut_?mix|cut_?out|^l[12](_|$)|_l[12]$|regulari[sz]|augment/,
  ],
  [
    "architecture",
    /(^|_)(width|depth|layers?|units|hidden|channels?|filters?|kernel(_size)?|heads?|blocks?|activation|embedding|d_model|ff|mlp_dim|hidden_(size|dim)|embed_dim|architecture|model|norm(alization|alisation)?)(_size|_dim)?$/,
  ],
  ["initialisation", /(^|_)init(iali[sz](er|ation))?(_(std|scale|gain|range|variance|method|mode|type))?$/],
]

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
}

function meaningOfName(name: string): Meaning | undefined {
  const last = name.split(/[./]/).at(-1) ?? name
  const snake = snakeCase(last)
  return documentedNames.find(([, pattern]) => pattern.test(snake))?.[0]
}

/**
 * What the playbook's rules take a hyperparameter for: as given, or guessed from its name.
 *
 * @param hyperparameters the whole space: a `use_…` switch is a regulariser's where a regulariser depends on it
 */
export function meaningOf(
  hyperparameter: Hyperparameter,
  hyperparameters: ReadonlyArray<Hyperparameter> = [],
): Meaning {
  if (hyperparameter.meaning !== undefined) return hyperparameter.meaning
  return (isRegulariserSwitch(hyperparameter, hyperparameters) && "regulariser-switch") || named(hyperparameter)
}

function named(hyperparameter: Hyperparameter): Meaning {
  const meaning = meaningOfName(hyperparameter.name)
  return meaning === "regulariser" && hyperparameter.type === "boolean" ? "regulariser-switch" : (meaning ?? "other")
}

function isRegulariserSwitch(hyperparameter: Hyperparameter, hyperparameters: ReadonlyArray<Hyperparameter>): boolean {
  if (!/^(use|with|enable|has)_/.test(snakeCase(hyperparameter.name))) return false
  const subject = meaningOfName(snakeCase(hyperparameter.name).replace(/^(use|with|enable|has)_/, ""))
  if (subject !== undefined) return subject === "regulariser"
  return hyperparameters.some(
    (other) =>
      other.when !== undefined &&
      Object.hasOwn(other.when, hyperparameter.name) &&
      (other.meaning ?? meaningOfName(other.name)) === "regulariser",
  )
}
