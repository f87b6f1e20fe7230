import { snakeCase } from "@tanren/terms"

export {
  isBesideMetric,
  type MetricKind,
  type MetricName,
  metricName,
  type Split,
  snakeCase,
  splitOf,
} from "@tanren/terms"

const lastPart = (name: string): string => snakeCase(name.split(/[./:]/).at(-1) ?? name)

/** Columns that name the trial, the surest first. */
const idNames = [
  /^(id|uid|uuid)$/,
  /^(trial|run|config|job|trial_?job)_?(id|uuid)$/,
  /^(trial|run|#|number)$/,
  /^(trial|run)_?(number|name|index|no|nr)$/,
  /^name$/,
  /^index$/,
]
/** Smaller is surer; undefined for other names. */
export const idRank = (name: string): number | undefined => {
  const rank = idNames.findIndex((pattern) => pattern.test(snakeCase(name)))
  return rank === -1 ? undefined : rank
}

const stepNames = [
  /^(global_step|trainer_global_step|train(ing)?_step)$/,
  /^step$/,
  /^(iteration|iter|training_iteration)$/,
  /^epoch$/,
]
export const stepRank = (name: string): number | undefined => {
  const rank = stepNames.findIndex((pattern) => pattern.test(lastPart(name)) || pattern.test(snakeCase(name)))
  return rank === -1 ? undefined : rank
}

export const isStatusName = (name: string): boolean => /^((trial|run)_)?(status|state)$/.test(snakeCase(name))
export const isSeedName = (name: string): boolean =>
  /^(rng_|random_|init_|data_|train(ing)?_)?seed$|^random_state$/.test(lastPart(name))
/** Counters of repetitions stand for seeds. */
export const isRepeatName = (name: string): boolean =>
  /^(run|trial|rep|repeat|repetition|replicate|restart)$/.test(snakeCase(name))
export const isReasonName = (name: string): boolean =>
  /^((infeasible_)?reason|failure|exception|message|error_message)$/.test(snakeCase(name))
export const isBestStepName = (name: string): boolean => /^best_(step|epoch|iteration)$/.test(snakeCase(name))
/** The objective under no name of its own. */
export const isObjectiveName = (name: string): boolean =>
  /^(value|objective(_value)?|target|y|fitness)$/.test(snakeCase(name))

const bookkeeping =
  /^(created|updated|started|ended|finished)(_(at|on))?$|(^|_)(time|date|datetime|timestamp|duration|runtime|elapsed|walltime|hostname|username)(_.*)?$|^(user|tags?|notes?|comments?|sweep|group|host|device|project|entity|url|uri|artifact_uri|experiment(_(id|name|tag))?|job_type|git_.*|commit|pid|node_ip|logdir|log_dir|output_dir|path|done|unnamed_.*|wandb.*|lifecycle_stage|arm_name|generation_(node|method)|generator_run.*|iterations_since_restore)$|^checkpoint|^tags_|_(seconds|secs|hours|minutes|ms)$/
export const isBookkeeping = (name: string): boolean => bookkeeping.test(snakeCase(name)) || /^_/.test(name)

/** What a run has rather than what was chosen or aimed at. */
export const isProperty = (name: string): boolean =>
  /^(n_|num_|total_)?(params|parameters|flops|macs)$|throughput|_per_sec|memory|utili[sz]ation|(gpu|cpu)_util$|^grad(ient)?_norm$/.test(
    lastPart(name),
  )

/** `train/…`, `val/…`: programs log under these, and nobody names a setting so. */
export const isLogged = (name: string): boolean =>
  /^(train|training|valid|val|validation|eval|test|dev)[/.]/i.test(name)
