import { test } from "vitest"
import { shortCampaign } from "./campaign-run.ts"
import { killedEverywhere } from "./killed-everywhere.ts"

const tune = {
  ...{ kind: "final-tuning", question: "Best?", trials: 6, parallel: 3, top: 2, repeats: 3 },
  fixed: ["regularise"],
}
const campaign = shortCampaign({ goals: [tune] })

/** More at once: the batches are the same. */
const wider = { ...campaign, policy: { ...campaign.policy, parallel: 3 } }

test("training worker, control worker, server and the command killed in the middle of final tuning: the same outcome, also with more trials at once", () =>
  killedEverywhere(
    campaign,
    ["g1.batch-1/0", "g1.batch-2/1", "g1.candidate-a.reruns/0", "g1.candidate-b.reruns/1"],
    wider,
  ))
