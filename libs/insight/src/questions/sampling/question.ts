import { shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { doubling } from "./words.ts"

const limit = limitsOf({ ...inStudies, ...thresholds })

export const sampling = question({
  id: "sampling",
  title: { en: "Were enough points sampled?", ja: "十分な数の点をサンプルしたか？" },
  name: { en: "sampling", ja: "サンプリングの密度" },
  section: "Not sampling enough points in the search space",
  docs: {
    problem: `doubling the trials is expected to gain more than ${shortNumber(limit("samplingGain"))} noises (${shortNumber(limit("samplingGainUnclear"))} below ${shortNumber(limit("unclearPoints"))} trials): best-of-k without replacement up to k = n/2, carried on by k^(-2/d) with d = ${shortNumber(limit("samplingDimensions"))}. With a noise of fewer than ${shortNumber(limit("noiseFreedom"))} degrees of freedom: \`watch\``,
    action: "`add-trials`, or `smaller-goal`",
  },
  needsNoise: true,
  tellings: [doubling],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
