import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { recordedCampaign } from "../src/which-campaign.ts"

test("a record without a campaign is told of as a folder without one: nobody gave an id", async () => {
  const asked = Effect.flip(recordedCampaign("/here/.tanren", undefined)).pipe(
    Effect.provide(ExperimentRecord.layer(":memory:")),
  )
  expect(await Effect.runPromise(asked)).toMatchObject({
    message: "/here/.tanren: no campaign has run here; `tanren run <campaign file>` starts one",
  })
})
