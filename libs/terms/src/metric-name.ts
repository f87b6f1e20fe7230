import type { Metric } from "./hyperparameter.ts"

/** `train/gradNorm` -> `train_grad_norm`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9#]+/g, "_")
    .replace(/^_(?=.)|_$/g, "")

/** Where a measurement was taken, by the first part of its name. */
export type Split = "validation" | "test" | "none" | "training"
export const splitOf = (name: string): Split => {
  const words = snakeCase(name).split("_")
  if (words.some((word) => /^(val|valid|validation|dev|eval|evaluation|cv|heldout|oof)$/.test(word)))
    return "validation"
  if (words.some((word) => /^test(ing)?$/.test(word))) return "test"
  return words.some((word) => /^(train|training)$/.test(word)) ? "training" : "none"
}

/**
 * Measured on the test set by the contract's prefix: kept sealed until a launched checkpoint is tested, so that nothing
 * that searches or judges can see it. Playbook, "After exploration concludes".
 */
export const isSealed = (name: string): boolean => name.startsWith("test/")

const lower =
  /^(loss|losses|error|errors|err|nll|bce|ce|crossentropy|xent|perplexity|ppl|m?se|rmse|rmsle|mae|mape|smape|wer|cer|eer|fid|kl|kld|divergence|logloss|regret|cost|bpc|bpd|bpb|brier|ece|distance|deviance|misclassification|nmse|nrmse|wape|wmape|mase|crps|lpips|fvd|hausdorff|hd95|chamfer|mpjpe|fpr|fnr)$/
const higher =
  /^(acc|accuracy|auc|auroc|aucroc|auprc|aupr|roc|ap|map|f1|fscore|precision|recall|sensitivity|specificity|bleu|rouge|rougel|meteor|chrf|cider|bertscore|iou|miou|dice|jaccard|r2|reward|rew|return|score|psnr|ssim|ndcg|dcg|mrr|top\d+|kappa|mcc|matthews|correlation|corr|spearmanr?|pearsonr?|kendall|likelihood|elbo|em|exact|success|successes|hits|winrate|elo|gain|tpr|tnr|ppv|npv|ari|nmi|silhouette|pesq|stoi|sdr|snr)$/
/** Measurements where they end a name: `valid/correct`, but not `correct_bias`. */
const higherLast = /^(correct|similarity|agreement|hit|wins|pass)$/
/** Written with a count or a threshold behind them: `acc1`, `ap50`. */
const counted = /^(acc|accuracy|err|error|ap|map|iou|recall|precision|hits|rouge|bleu|ndcg)\d+$/
/** Such words turn a metric's name into a setting: `loss_weight`, `score_threshold`. */
const setting =
  /^(weight|weights|type|fn|func|function|scale|scaling|scaler|coef|coeff|coefficient|alpha|lambda|margin|threshold|reduction|smoothing|every|steps|epochs|batch|size|split|ratio|freq|frequency|interval|patience|monitor|mode|delta|temperature|name|kind|term|clip|penalty|factor)$/

/** A spread or a duration beside the metric: `val_acc_std`, `mean_score_time`. */
const besideMetric = /^(std|stdev|stddev|stderr|sem|ci|ci95|time)$/
export const isBesideMetric = (name: string): boolean => {
  const words = snakeCase(name).split("_")
  return words.some((word) => besideMetric.test(word)) && directionOf(words) !== undefined
}

export type MetricKind = "rate" | "quality" | "loss"

export interface MetricName {
  readonly goal: Metric["goal"]
  readonly kind: MetricKind
  readonly split: Split
}

/**
 * What a metric is usually called, and whether more of it is better then; undefined for names that say nothing, or that
 * name a setting. A wrong direction turns every verdict round: who finds none here asks a person.
 */
export const metricName = (name: string): MetricName | undefined => {
  const snake = snakeCase(name)
  const words = snake.split("_")
  if (words.some((word) => setting.test(word) || besideMetric.test(word))) return undefined
  // `mIoU` and `nDCG` in snake case are words that nobody knows.
  const said = directionOf(words) ?? directionOf(name.toLowerCase().split(/[^a-z0-9]+/))
  if (said === undefined) return undefined
  // scikit-learn negates what is to be minimised: `neg_mean_squared_error`, `mean_test_neg_log_loss`.
  const negated =
    words[0] === "neg" || words.includes("negative") || /_neg_(mean|root|median|log|max|brier)_/.test(snake)
  const kind = /^(acc|accuracy|error|errors|err|top1|misclassification)$/.test(said.word)
    ? "rate"
    : /loss|nll|ce$|xent|crossentropy/.test(said.word)
      ? "loss"
      : "quality"
  return {
    goal: said.lower === negated ? "maximize" : "minimize",
    kind: words.includes("squared") || words.includes("absolute") ? "quality" : kind,
    split: splitOf(name),
  }
}

/** The last word that tells. */
const directionOf = (words: ReadonlyArray<string>): { readonly word: string; readonly lower: boolean } | undefined => {
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at] ?? ""
    const crossed = word === "entropy" && words[at - 1] === "cross" ? "crossentropy" : word
    const ends = words.slice(at + 1).every((one) => /^\d+$/.test(one))
    for (const one of [crossed, counted.test(word) ? word.replace(/\d+$/, "") : ""]) {
      if (lower.test(one)) return { word: one, lower: true }
      if (higher.test(one) || (ends && higherLast.test(one))) return { word: one, lower: false }
    }
  }
  return undefined
}

/** What makes another thing of an error or an accuracy: no share of examples, whatever its values are. */
const noShare =
  /^(squared|square|sq|absolute|abs|mean|avg|average|averaged|median|relative|rel|root|log|balanced|macro|weighted|percentage)$/

/**
 * A share of wrong, or right, examples by its name: it is told in percent, and the number of examples says how finely it
 * is known. Whether its values are one is `metricUnit`'s.
 */
export const isRate = (metric: string): boolean =>
  /(^|[/_])(error|error_rate|accuracy|acc|top_?[15])$/i.test(metric) &&
  !snakeCase(metric)
    .split("_")
    .some((word) => noShare.test(word))
