import { randomOf } from "@tanren/terms"
import { ask, readStudy } from "../src/index.ts"
import { truths } from "../src/planting/index.ts"
import type { InsightInput } from "../src/study/input.ts"

const found = (asKnown: (input: InsightInput) => InsightInput) =>
  Object.entries(truths).flatMap(([name, { question, scenario }]) =>
    [8, 64].flatMap((trials) =>
      [true, false].flatMap((planted) => {
        const random = randomOf(`insight tests/${name}/${trials}/${planted}`)
        const { input } = scenario[planted ? "present" : "absent"]({ family: "tuning", random, trials, effect: 4 })
        return ask(question, readStudy(asKnown(input)))
      }),
    ),
  )

/** The same, where nothing tells the retraining noise, not even the re-runs of earlier goals. */
export const plantedWithoutNoise = found(({ noise, goals, ...input }) => ({
  ...input,
  ...(goals === undefined ? {} : { goals: goals.map(({ sd, ...goal }) => goal) }),
}))

/** What each question finds where its problem is planted, and where it is not: with the noise known, and without. */
export const plantedFindings = [...found((input) => input), ...plantedWithoutNoise]
