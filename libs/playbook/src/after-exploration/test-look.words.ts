import { metricDifference, metricValue } from "@tanren/words"
import type { Told } from "../told.ts"
import type { TestLook } from "./test-look.ts"

/** The number first; then how sure it is, and what looking again takes from it. */
export const testLookText: Told<Omit<TestLook, "text">> = {
  en: ({ trial, step, metric, value, validation, samplingError, look, ofCampaign }) =>
    [
      `${metric.name} of the checkpoint that stands (${trial}, step ${step}) is ${metricValue(value, metric)}.`,
      validation === null
        ? ""
        : `On the validation set, which chose it, it measured ${metricValue(validation, metric)}.`,
      samplingError === null
        ? ""
        : `One standard error from its ${samplingError.examples} test examples is ±${metricDifference(samplingError.sd, metric, "en")}.`,
      look === 1
        ? ""
        : `This is look ${look} at the same checkpoint: if anything was decided by the one before, the number flatters.`,
      look > 1 || ofCampaign === 1
        ? ""
        : `It is look ${ofCampaign} of this campaign at the test set: what was changed after the one before may have been fitted to it.`,
    ]
      .filter((one) => one !== "")
      .join(" "),
  ja: ({ trial, step, metric, value, validation, samplingError, look, ofCampaign }) =>
    [
      `現在のチェックポイント（${trial}，ステップ ${step}）の ${metric.name} は ${metricValue(value, metric)} です．`,
      validation === null ? "" : `選択に使ったバリデーションセットでは ${metricValue(validation, metric)} でした．`,
      samplingError === null
        ? ""
        : `テスト例 ${samplingError.examples} 件による標準誤差は ±${metricDifference(samplingError.sd, metric, "ja")}です．`,
      look === 1
        ? ""
        : `同じチェックポイントに対する ${look} 回目の評価です．前回の値をもとに何かを決めた場合，この値は楽観的です．`,
      look > 1 || ofCampaign === 1
        ? ""
        : `このキャンペーンがテストセットを見るのは ${ofCampaign} 回目です．前回の後の変更はテストセットに合わせたものかもしれません．`,
    ].join(""),
}
