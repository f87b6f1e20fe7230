import { type Cause, causeOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { askOne, inputOf, saturating, training, withCurves } from "./fixture.ts"

/** The best learning rates lie right below those at which no trial completes, for one reason or another. */
const studyWith = (cause: Cause | undefined) =>
  inputOf(
    withCurves((unit) => ({
      valid: (done) => saturating(done) + 0.12 * (unit[0]! - 1.1) ** 2 - 0.1 * (unit[0]! - 0.5) ** 2,
      loss: training,
    })).map((trial) =>
      Number(trial.hyperparameters.learning_rate) > 1e-4 * 1000 ** 0.7
        ? {
            id: trial.id,
            hyperparameters: trial.hyperparameters,
            status: "infeasible",
            ...(cause === undefined ? {} : { cause }),
          }
        : trial,
    ),
  )

const verdictsOf = (cause: Cause | undefined) =>
  (["instability-wall", "optimisation"] as const).map(
    (question) => askOne(question, studyWith(cause), "learning_rate").verdict,
  )

describe("a cause is read in one way, whichever question asks", () => {
  it.each([undefined, "diverged", "other", causeOf("loss exploded"), causeOf("sigma has no root")] as const)(
    "%s: diverged",
    (cause) => {
      expect(verdictsOf(cause)).toEqual(["problem", "problem"])
    },
  )

  it.each(["memory", "constraint", causeOf("needs 90 GB")] as const)("%s: nothing to do with stability", (cause) => {
    expect(verdictsOf(cause)).toEqual(["fine", "fine"])
  })
})
