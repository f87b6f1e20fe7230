import type { Measurement } from "@tanren/terms"
import { expect, it } from "vitest"
import { analyse } from "../src/index.ts"
import { inputOf, inside, trialsOf } from "./fixture.ts"

/** More than the arguments that one call may have: about 125,000 in Node. */
const evaluations = 200_000

const curve = (length: number): ReadonlyArray<Measurement> =>
  Array.from({ length }, (_, i) => ({
    step: i + 1,
    metrics: {
      "valid/error": 0.5 / (1 + (9 * i) / length),
      "train/loss": 1 / (1 + (99 * i) / length),
      grad_norm: 1 + 0.1 * Math.sin(i),
    },
  }))

it("a curve of 200,000 evaluations is judged like others, in no call with as many arguments", () => {
  const [long, short] = [curve(evaluations), curve(25)]
  const trials = trialsOf({ cost: inside, trials: 16 })
  const best = trials.reduce((a, b) => (b.value! < a.value! ? b : a))
  const findings = analyse(inputOf(trials.map((trial) => ({ ...trial, measurements: trial === best ? long : short }))))
  const found = (question: string) => findings.find((finding) => finding.question === question)!
  expect(found("overfitting").trials).toEqual([best.id])
  expect(found("optimisation").evidence).toMatchObject({ gradientNormSpikes: 0 })
  for (const question of ["overfitting", "step-variance", "still-improving", "saturated-early", "training-loss-rising"])
    expect(found(question).verdict, question).not.toBe("too-few-data")
})
