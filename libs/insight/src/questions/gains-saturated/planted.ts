import { mean, sd } from "@tanren/statistics"
import { completed, inside, noiseSd, sample } from "../../planting/landscape.ts"
import { inputOf, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"
import { retraining } from "../../planting/shapes.ts"

const gains: Scenario = {
  effect: "true gain of each goal; where gains have saturated it is 0 in every column",
  present: (setting) => goalsGaining(setting, 0),
  absent: (setting) => goalsGaining(setting, setting.effect),
}

const goalsGaining = (setting: Setting, gain: number) => {
  const { family, random } = setting
  const landscape = inside(family, random, 1)
  const goals = Array.from({ length: 5 }, (_, i) => {
    // The first goal always gains; the last three are the question.
    const level = 0.2 - noiseSd * (i === 0 ? 0 : 5 + gain * Math.max(0, i - 1))
    const runs = Array.from({ length: 5 }, () => level + noiseSd * retraining(family, random))
    return { question: `goal ${i}`, value: mean(runs), repeats: 5, sd: sd(runs) }
  })
  return {
    input: inputOf(setting, landscape, {
      trials: completed(family, random, sample(landscape, random, setting.trials)),
      goals,
    }),
  }
}

export const planted: Truths = [{ scenario: gains }]
