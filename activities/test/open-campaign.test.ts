import { Effect } from "effect"
import { expect, test } from "vitest"
import { openCampaign } from "../src/decisions/agenda.ts"
import { simulatedRecord } from "./simulated-runs.ts"

const runPromise = simulatedRecord()

test("a workflow whose campaign is in no row of the record is refused, for good", async () => {
  const refused = await runPromise(Effect.flip(openCampaign("brought-along")))
  expect(refused).toMatchObject({ _tag: "Misuse", message: "the record holds no campaign brought-along" })
})
