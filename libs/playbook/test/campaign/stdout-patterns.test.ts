import { expect, test } from "vitest"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"

const campaignWith = (fromStdout: unknown, command = ["python3", "train.py", "--lr", "{lr}"]) =>
  decodeCampaign({
    name: "plain",
    trainer: { type: "program", command, metrics: { fromStdout } },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: { lr: { type: "float", low: 0.001, high: 1, scale: "log" } },
    baseline: { lr: 0.1 },
    goals: [{ question: "How low?", trials: 8 }],
  })

test("patterns for a program that only prints", () => {
  const patterns = { step: "epoch (\\d+)", "valid/loss": "val (\\S+)" }
  expect(campaignWith(patterns)).toMatchObject({ ok: true, spec: { trainer: { metrics: { fromStdout: patterns } } } })
})

test.each([
  ["no group", "val_loss=.*"],
  ["two groups", "(val|test)_loss=(.*)"],
  ["no regular expression", "val_loss=("],
  ["no text", 3],
])("%s: refused with its place", (_, pattern) => {
  const decoded = campaignWith({ "valid/loss": pattern })
  expect(decoded.ok ? [] : decoded.issues.map(({ path }) => path)).toEqual(["trainer.metrics.fromStdout.valid/loss"])
})
