import type { CampaignSpec, Work } from "@tanren/playbook"
import { expect, test } from "vitest"
import { standingOf } from "../src/index.ts"

test("work of a kind that only a newer version knows stands on the agenda, and no trials are planned for it", () => {
  const spec = {
    policy: { refine: "auto", launch: { ask: false, then: "keep" } },
    baseline: {},
    baselineRepeats: 5,
    goals: [],
  } as unknown as CampaignSpec
  const standing = standingOf({ spec, goals: [{ kind: "sweep" } as unknown as Work], decisions: [], trials: [] })
  expect(standing.goals.map(({ goal }) => goal.kind)).toEqual(["sweep"])
  expect(standing.trials.planned).toBe(standingOf({ spec, goals: [], decisions: [], trials: [] }).trials.planned)
})
