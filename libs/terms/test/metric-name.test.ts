import { describe, expect, it } from "vitest"
import { metricName } from "../src/index.ts"

const goalOf = (name: string) => metricName(name)?.goal

describe("which way a metric is better, by its name", () => {
  it.each([
    "test_acc1",
    "val_acc1",
    "valid/acc5",
    "valid/mAP50",
    "metrics/mAP50-95",
    "valid/dice",
    "valid/mIoU",
    "valid/ndcg",
    "valid/nDCG@10",
    "valid/mrr",
    "eval_matthews_correlation",
    "valid/pearson",
    "valid/spearmanr",
    "valid/kappa",
    "valAcc",
    "valid/accuracy_top1",
    "valid/balanced_accuracy",
    "valid/hits@10",
    "valid/success_rate",
    "valid/correct",
    "valid/exact_match",
    "valid/jaccard",
    "valid/elbo",
    "valid/log_likelihood",
    "valid/f1_macro",
    "valid/roc_auc",
    "rollout/ep_rew_mean",
    "neg_mean_squared_error",
  ])("%s: higher", (name) => {
    expect(goalOf(name)).toBe("maximize")
  })

  it.each([
    "valid/error",
    "val_loss",
    "valid/top5_error",
    "valid/ppl",
    "valid/wer",
    "valid/cross_entropy",
    "valid/negative_log_likelihood",
    "valid/lpips",
    "valid/RMSE",
  ])("%s: lower", (name) => {
    expect(goalOf(name)).toBe("minimize")
  })

  it.each(["valid/examples", "valid/epoch", "correct_bias", "loss_weight", "top_k", "hidden_layers", "temperature"])(
    "%s: not said",
    (name) => {
      expect(goalOf(name)).toBeUndefined()
    },
  )
})
