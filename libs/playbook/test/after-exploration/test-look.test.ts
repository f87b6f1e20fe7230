import { describeOutcome, testLook } from "@tanren/playbook"
import { expect, test } from "vitest"

const error = { name: "valid/error", goal: "minimize" } as const
const about = { trial: "g1.reruns/2", step: 20, validation: 0.09, look: 1, ofCampaign: 1 }

test("a look tells the number, what chose it and how many examples measured it", () => {
  const looked = testLook(error, { "test/error": 0.1, "test/count": 900, "valid/error": 0.01 }, about)
  if (!looked.ok) throw new Error("no look")
  expect(looked.look.text).toBe(
    "test/error of the checkpoint that stands (g1.reruns/2, step 20) is 10.00 %. On the validation set, which chose it, it measured 9.00 %. One standard error from its 900 test examples is ±1.00 points.",
  )
  expect(looked.look.metrics).toEqual({ "test/error": 0.1, "test/count": 900 })
  expect(describeOutcome(looked.look, "ja")).toContain("10.00 %")
})

test("a further look is marked as one, be it at the checkpoint or of the campaign", () => {
  const reported = { "test/error": 0.1 }
  const textOf = (changes: object) => {
    const looked = testLook(error, reported, { ...about, ...changes })
    return looked.ok ? looked.look.text : ""
  }
  expect(textOf({ look: 2, ofCampaign: 2 })).toContain("look 2 at the same checkpoint")
  expect(textOf({ look: 1, ofCampaign: 3 })).toContain("look 3 of this campaign at the test set")
  expect(textOf({})).not.toContain("look")
})

test("the metric itself is wanted, by its name on the test set", () => {
  expect(testLook(error, { "test/loss": 1, "valid/error": 0.1 }, about)).toEqual({
    ok: false,
    wanted: "test/error",
    reported: ["test/loss"],
  })
  expect(testLook(error, { "test/error": Number.NaN }, about).ok).toBe(false)
  expect(testLook({ ...error, name: "error" }, { "test/error": 0.5 }, about).ok).toBe(true)
})
