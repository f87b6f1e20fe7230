import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { analyseResults, readResults } from "@tanren/analyze"
import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, lineageOf } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { readSearchSpace } from "@tanren/space/schema"
import type { Hyperparameter } from "@tanren/terms"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { command, folder, written } from "./command-run.ts"

const rate = (high: number): Hyperparameter => ({ name: "learning_rate", type: "float", low: 0.01, high, scale: "log" })
const study = (id: string, high: number): StudyDesign => ({
  id,
  scientific: {},
  searched: [rate(high)],
  held: {},
  algorithm: "halton",
  seed: 1,
  from: 0,
  trials: 4,
})

/** A campaign whose goal searched twice, the second time a wider range; the last trial diverged. */
const recorded = async (): Promise<string> => {
  const place = folder()
  const state = join(place, ".tanren")
  mkdirSync(state)
  const metric = { name: "valid/error", goal: "minimize" }
  const spec = { metric, hyperparameters: [rate(0.1)], goals: [] } as unknown as CampaignSpec
  await Effect.gen(function* () {
    const record = yield* ExperimentRecord
    yield* record.openCampaign({ id: "c1", name: "c", directory: ".", file: "campaign.ts", spec }, [])
    for (const [goal, design] of [study("g1", 0.1), study("g1.r1", 1)].entries()) {
      const { id, trials } = design
      const lineage = lineageOf(undefined, design, goal)
      yield* record.addStudy("c1", { id, goal: 1, purpose: "search", ...lineage, design, trials })
      for (let index = 0; index < trials; index++) {
        const key = { campaign: "c1", study: id, index }
        const value = 0.4 - 0.1 * goal - index / 100
        const lost = goal === 1 && index === 3
        const claim = yield* record.claim(key, { learning_rate: 0.02 + index / 100 }, { init: index })
        if (!claim.claimed) throw new Error("ran before")
        const outcome = lost
          ? ({ status: "infeasible", reason: "diverged at step 10" } as const)
          : ({ status: "completed", value, bestStep: 5 } as const)
        const last = { "valid/error": value + 0.05, "valid/loss": lost ? Number.NaN : value * 2 }
        const curve = [
          { step: 5, metrics: { "valid/error": value, "valid/loss": value * 3 } },
          { step: 10, metrics: last },
        ]
        yield* record.finish(key, claim.fence, outcome, curve, 1)
      }
    }
  }).pipe(Effect.provide(ExperimentRecord.layer(join(state, "record.sqlite"))), Effect.runPromise)
  return place
}

test("a campaign's trials are read again by another metric and by the last evaluation", async () => {
  const place = await recorded()
  const space = join(place, "space.json")
  const { out } = await command("trials", [place, "--goal", "1", "--space", space])
  expect(out).toHaveLength(8)
  const file = written("trials.jsonl", out.join("\n"))
  const declared = readSearchSpace(JSON.parse(readFileSync(space, "utf8")))
  if (!declared.ok) throw new Error(JSON.stringify(declared.issues))
  expect(declared.space.hyperparameters).toEqual([expect.objectContaining({ low: 0.01, high: 1 })])

  const valuesBy = async (metric: string, final: boolean) => {
    const read = await readResults([file], { space: declared.space, metric, goal: "minimize", final })
    if (!read.ok) throw new Error(JSON.stringify(read))
    const results = read.value
    expect(analyseResults(results).length).toBeGreaterThan(0)
    return results.trials.map(({ value }) => value)
  }
  const best = [0.4, 0.39, 0.38, 0.37, 0.3, 0.29, 0.28].map((value) => expect.closeTo(value, 9))
  expect(await valuesBy("valid/error", false)).toEqual([...best, undefined])
  const final = [0.8, 0.78, 0.76, 0.74, 0.6, 0.58, 0.56].map((value) => expect.closeTo(value, 9))
  expect(await valuesBy("valid/loss", true)).toEqual([...final, undefined])
})

test("what is meant by nothing is refused with what there is", async () => {
  const { refused } = await command("trials", [await recorded(), "--study", "g2"])
  expect(refused?.join()).toMatch(/campaign c1 has no such study; it holds g1 \(goal 1\), g1\.r1 \(goal 1\)/)
})
