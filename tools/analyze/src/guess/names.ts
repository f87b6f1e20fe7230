import type { Metric } from "@tanren/space"

/** `train/gradNorm` -> `train_grad_norm`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9#]+/g, "_")
    .replace(/^_(?=.)|_$/g, "")

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

/** Where a measurement was taken, by the first part of its name. */
export type Split = "validation" | "test" | "none" | "training"
export const splitOf = (name: string): Split => {
  const words = snakeCase(name).split("_")
  if (words.some((word) => /^(val|valid|validation|dev|eval|evaluation|cv|heldout|oof)$/.test(word)))
    return "validation"
  if (words.some((word) => /^test(ing)?$/.test(word))) return "test"
  return words.some((word) => /^(train|training)$/.test(word)) ? "training" : "none"
}

const lower =
  /^(loss|losses|error|errors|err|nll|bce|ce|crossentropy|xent|perplexity|ppl|m?se|rmse|rmsle|mae|mape|smape|wer|cer|eer|fid|kl|kld|divergence|logloss|regret|cost|bpc|bpd|bpb|brier|ece|distance|deviance|misclassification)$/
const higher =
  /^(acc|accuracy|auc|auroc|auprc|roc|ap|map|f1|fscore|precision|recall|sensitivity|specificity|bleu|rouge|rougel|meteor|chrf|iou|miou|dice|jaccard|r2|reward|return|score|psnr|ssim|ndcg|mrr|top1|top5|kappa|mcc|correlation|spearman|pearson|likelihood|elbo|em|success|winrate|elo|gain)$/
/** Such words turn a metric's name into a setting: `loss_weight`, `score_threshold`. */
const setting =
  /^(weight|weights|type|fn|func|function|scale|scaling|scaler|coef|coeff|coefficient|alpha|lambda|margin|threshold|reduction|smoothing|every|steps|epochs|batch|size|split|ratio|freq|frequency|interval|patience|monitor|mode|delta|temperature|name|kind|term|clip|penalty|factor)$/

/** A spread or a duration beside the metric: `val_acc_std`, `mean_score_time`. */
const besideMetric = /^(std|stdev|stddev|stderr|sem|ci|ci95|time)$/
export const isBesideMetric = (name: string): boolean => {
  const words = snakeCase(name).split("_")
  return words.some((word) => besideMetric.test(word)) && words.some((word) => lower.test(word) || higher.test(word))
}

export type MetricKind = "rate" | "quality" | "loss"

export interface MetricName {
  readonly goal: Metric["goal"]
  readonly kind: MetricKind
  readonly split: Split
}

/** What a name says of a metric; undefined for names that say nothing, or that name a setting. */
export const metricName = (name: string): MetricName | undefined => {
  const words = snakeCase(name).split("_")
  if (words.some((word) => setting.test(word) || besideMetric.test(word))) return undefined
  const said = words.filter((word) => lower.test(word) || higher.test(word))
  const last = said.at(-1)
  if (last === undefined) return undefined
  // scikit-learn negates what is to be minimised: `neg_mean_squared_error`, `mean_test_neg_log_loss`.
  const negated =
    words[0] === "neg" || words.includes("negative") || /_neg_(mean|root|median|log|max|brier)_/.test(snakeCase(name))
  const goal = lower.test(last) === negated ? "maximize" : "minimize"
  const kind = /^(acc|accuracy|error|errors|err|top1|misclassification)$/.test(last)
    ? "rate"
    : /loss|nll|ce$|xent|crossentropy/.test(last)
      ? "loss"
      : "quality"
  return {
    goal,
    kind: words.includes("squared") || words.includes("absolute") ? "quality" : kind,
    split: splitOf(name),
  }
}

/** `train/…`, `val/…`: programs log under these, and nobody names a setting so. */
export const isLogged = (name: string): boolean =>
  /^(train|training|valid|val|validation|eval|test|dev)[/.]/i.test(name)
