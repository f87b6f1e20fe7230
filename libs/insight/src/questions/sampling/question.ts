import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { doubling } from "./words.ts"

export const sampling = question({
  id: "sampling",
  title: { en: "Were enough points sampled?", ja: "十分な数の点をサンプルしたか？" },
  name: { en: "sampling", ja: "サンプリングの密度" },
  section: "Not sampling enough points in the search space",
  docs: {
    problem:
      "doubling the trials is expected to gain more than 0.95 noises (1.2 below 24 trials): best-of-k without replacement up to k = n/2, carried on by k^(-2/d) with d = 4",
    action: "`add-trials`, or `smaller-goal`",
  },
  needsNoise: true,
  tellings: [doubling],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
