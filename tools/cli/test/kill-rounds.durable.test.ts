import { test } from "vitest"
import { shortCampaign } from "./campaign-run.ts"
import { killedEverywhere } from "./killed-everywhere.ts"

const campaign = shortCampaign({
  maxTrainSteps: 20,
  goals: [
    { kind: "rounds", question: "Longer?", maxTrainSteps: 60, trials: 6, best: 2, repeats: 3, fixed: ["regularise"] },
  ],
})

const goesOn = shortCampaign({
  trainer: { type: "program", command: [process.execPath, "steps.mjs", "prolong"], env: ["PACE_MS"] },
  maxTrainSteps: 20,
  goals: [
    {
      kind: "rounds",
      question: "Longer?",
      maxTrainSteps: 60,
      trials: 6,
      best: 2,
      repeats: 3,
      fixed: ["regularise"],
      schedule: { type: "linear", decayStart: 10, endFactor: 0.1 },
      continues: true,
    },
  ],
})

test("the same where long runs go on from short ones", () =>
  killedEverywhere(goesOn, ["g1.round-1/0", "g1.round-2/1", "g1.round-2/2", "g1.candidate-b.reruns/1"]))

test("training worker, control worker, server and the command killed in the middle of rounds: the same outcome", () =>
  killedEverywhere(campaign, ["g1.round-1/0", "g1.round-2/1", "g1.candidate-a.reruns/0", "g1.candidate-b.reruns/1"]))
