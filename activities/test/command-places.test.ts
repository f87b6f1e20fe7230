import { decodeCampaign } from "@tanren/playbook/schema"
import fc from "fast-check"
import { expect, test } from "vitest"
import { commandFor } from "../src/index.ts"

const decoded = (command: ReadonlyArray<string>) =>
  decodeCampaign({
    name: "plain",
    trainer: { type: "program", command },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: [
      { name: "use_dropout", type: "boolean" },
      { name: "rate", type: "float", low: 0, high: 1, when: { use_dropout: [true] } },
    ],
    baseline: { use_dropout: false },
    goals: [{ question: "How low?", trials: 8 }],
  })
const point = { hyperparameters: { use_dropout: false }, seeds: { init: 1, data: 2, dropout: 3 } }
const device = { name: "cpu-0", variables: {}, threads: 1 }

/** Whether a decoded command can be started at the baseline. */
const starts = (command: ReadonlyArray<string>): boolean => {
  const spec = decoded(["train"])
  if (!spec.ok) throw new Error("the campaign itself is unsound")
  const trainer = { ...spec.spec.trainer, type: "program", command } as const
  return commandFor({ ...spec.spec, trainer }, "/", point, { trial: "t", events: "e" }, device).ok
}

test("a command is decoded where it can be started, and refused where it cannot", () => {
  const pieces = ["{", "}", "?", ":", "=", "--", " ", '"', "use_dropout", "rate", "ratio", "seeds.init", "1"]
  const argument = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join(""))
  fc.assert(
    fc.property(argument, (part) => {
      expect(decoded(["train", part]).ok).toBe(starts(["train", part]))
    }),
    { numRuns: 200, examples: [["{rate}"], ["{ratio}"], ["{ratio?--x}"], ["{rate?--x:--y}"], ["--r={rate}{ratio}"]] },
  )
})
