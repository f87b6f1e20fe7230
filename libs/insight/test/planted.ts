import { randomOf } from "@tanren/terms"
import { ask, readStudy } from "../src/index.ts"
import { truths } from "../src/planting/index.ts"

/** What each question finds where its problem is planted, and where it is not: with the noise known, and without. */
export const plantedFindings = Object.entries(truths).flatMap(([name, { question, scenario }]) =>
  [8, 64].flatMap((trials) =>
    [true, false].flatMap((planted) => {
      const random = randomOf(`insight tests/${name}/${trials}/${planted}`)
      const { input } = scenario[planted ? "present" : "absent"]({ family: "tuning", random, trials, effect: 4 })
      return [input, { ...input, noise: undefined }].flatMap((one) => ask(question, readStudy(one)))
    }),
  ),
)
