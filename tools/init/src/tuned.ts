import type { Meaning } from "@tanren/terms"
import { meaningOfOption } from "./meanings.ts"
import { areOptimizers } from "./per-optimizer.ts"
import type { ScriptOption } from "./read-options.ts"

const part = (...words: ReadonlyArray<string>): RegExp => new RegExp(`(^|[_.])(${words.join("|")})([_.]|$)`, "i")

/** About the machine, the data, the output or how a result is looked at, not about the model. */
const NOT_TUNED = part(
  "(num_|n_)?(worker|thread|process|proc|cpu|gpu|device|node)(s|es)?|cuda|(local_)?rank|port|host|world_size|dist|backend|sync_?bn",
  "log|logging|print|save|load|ckpt|checkpoint|eval|interval|freq|frequency|every|verbose|debug|resume|profile",
  "data|dataset|root|path|dir|folder|file|filename|in|out|input|output|url|project|run|tags?|cache|download|name",
  "amp|fp16|bf16|precision|dtype|compile|deterministic|pin_memory|prefetch|wandb|mlflow|tensorboard|push|hub|export",
  "classes|(image|img|input|vocab|world|block|context)_?size|max_len(gth)?|seq_len(gth)?|limit|dry|quick|test|help",
  "from|no_cuda|mps|patience|min_delta|tol(erance)?|threshold|timeout|memory_format|channels_last",
  // Of a normalisation layer: nothing to do with the optimizer's.
  "(bn|(batch|layer|group|rms)?_?norm)[_.](eps|epsilon|momentum)",
  // They change what is measured: results would not compare.
  "splits?|holdout|folds?|subset|(val|valid|validation|dev|train)_?(size|frac|fraction|ratio|percent(age)?|pct|share)",
  // Another end of the same schedule, not a second learning rate.
  "(min|final|end|start|init(ial)?)_(lr|learning_rate)",
  // Lengths of that schedule: they follow the length of training.
  "(decay|cooldown|milestone|anneal(ing)?)_(epochs?|steps|iters?)",
)

/** Whatever else they switch, it is a part of the model or of how it is optimised. */
const SWITCHES = part(
  "nesterov|amsgrad|centered|ema|swa|sam|cosine|anneal(ing)?|schedule(r)?|decay(_lr)?|lr_decay|tie(d)?(_\\w+)?",
  "bias|residual|skip(_connections?)?|shortcut|rezero|(pre|post)_?norm|(batch|layer|group|weight|spectral)_?norm|bn",
  "attention|gat(e|ed|ing)|clip(ping)?|activation|hidden",
)
/** A switch whose name says nothing may say in its help that it is one of those. */
const SWITCHES_BY_HELP =
  /\b(features?|hidden|activations?|normali[sz]ation|regulari[sz]ation|dropout|nesterov|residual)\b/i
const NO_SWITCHES =
  /^(do|no|disable|skip|freeze|freezing|show|plot|dump|overwrite|force|dummy)_(?!bias|bn|\w*norm|connections?$)/i

const KNOWN_CHOICES: ReadonlyArray<Meaning> = ["optimizer", "architecture", "schedule", "regulariser"]
const FURTHER_CHOICES = part("arch", "act", "nonlinearity", "init(iali[sz](er|ation))?", "optim", "pool(ing)?")

/**
 * Whether a campaign should vary the option. A switch or a choice is varied only where its meaning is known: one that
 * picks the accelerator or a way of reading data answers no scientific question, and a space pays for it all the same.
 */
export const isTuned = (option: ScriptOption): boolean => {
  const { name, kind, several, computed, choices, required } = option
  if (several || computed || required || kind === "other" || NOT_TUNED.test(name)) return false
  const meaning = meaningOfOption(option)
  // The playbook does not tune these for validation performance; warmup has a procedure of its own.
  if (meaning === "batch-size" || meaning === "training-steps" || meaning === "warmup") return false
  if (kind === "bool") return isKnownSwitch(option)
  if (choices !== null && areOptimizers(choices)) return true
  if (choices !== null) return KNOWN_CHOICES.includes(meaning) || FURTHER_CHOICES.test(name)
  return kind === "int" ? meaning === "architecture" : kind === "float"
}

/** Its flag says what it is by default already (`store_true` with `default=True`): nothing in a command changes it. */
export const cannotChange = ({ kind, on, off, default: value }: ScriptOption): boolean =>
  kind === "bool" && (on !== null || off !== null) && (value === true ? off : on) === null

const isKnownSwitch = (option: ScriptOption): boolean => {
  if (NO_SWITCHES.test(option.name) || cannotChange(option)) return false
  return (
    meaningOfOption(option) === "regulariser-switch" || SWITCHES.test(option.name) || SWITCHES_BY_HELP.test(option.help)
  )
}
