import type { StudyDesign } from "@tanren/search"
import type { Metric, Trial } from "@tanren/terms"
import { expect, test } from "vitest"
import { decideBatch, type TuningBatch } from "../../src/after-exploration/batch.ts"
import { batchText } from "../../src/after-exploration/batch.words.ts"
import { modelCandidates } from "../../src/after-exploration/model-candidates.ts"
import { isBatch } from "../../src/after-exploration/recorded.ts"
import { stopOf } from "../../src/after-exploration/stop.ts"
import type { FinalTuningWork } from "../../src/campaign/campaign.ts"

const metric: Metric = { name: "valid/loss", goal: "minimize" }
const work: FinalTuningWork = {
  ...{ kind: "final-tuning", question: "Best?", trials: 10, parallel: 4, algorithm: "bayes", fixed: [] },
  ...{ top: 3, repeats: 5, overrides: [] },
}
const space: StudyDesign = {
  ...{ id: "g2.search", scientific: {}, held: { width: 16 }, algorithm: "halton", seed: 7, from: 0, trials: 10 },
  searched: [
    { name: "x", type: "float", low: 0, high: 1, scale: "linear" },
    { name: "y", type: "float", low: 0, high: 1, scale: "linear" },
  ],
}

const trial = (id: string, x: number, y: number, value: number | null): Trial => ({
  ...{ id, hyperparameters: { width: 16, x, y } },
  ...(value === null ? { status: "infeasible" } : { status: "completed", value }),
})

/** A bowl around (0.3, 0.6). */
const bowl = (x: number, y: number): number => 1 + (x - 0.3) ** 2 + (y - 0.6) ** 2

const grid = Array.from({ length: 25 }, (_, at) => {
  const [x, y] = [0.1 + 0.2 * (at % 5), 0.1 + 0.2 * Math.floor(at / 5)]
  return trial(`g1.all/${at}`, x, y, bowl(x, y))
})

const decide = (given: Partial<Parameters<typeof decideBatch>[0]>): TuningBatch =>
  decideBatch({
    ...{ campaignSeed: 1, place: 2, work, metric, space, trials: grid, trialVariance: null, before: [], ...given },
  })

test("batches take what is left, and each says what is expected of it", () => {
  const first = decide({})
  expect(first.study).toMatchObject({ id: "g2.batch-1", algorithm: "listed", trials: 4, held: { width: 16 } })
  expect(first).toMatchObject({ observed: 25, infeasible: 0, left: 6, last: false, showable: null })
  expect(first.suggestions).toHaveLength(4)
  expect(first.expectedImprovement).toBeGreaterThan(0)
  const third = decide({ before: [first, { ...first, batch: 2, left: 2 }] })
  expect(third).toMatchObject({ batch: 3, left: 0, last: true, study: { trials: 2 } })
})

test("a batch that is decided again is the same", () => {
  expect(decide({})).toEqual(decide({}))
})

test("a point whose program fails is not run in every batch, and teaches nothing", () => {
  const failing = (batch: TuningBatch): ReadonlyArray<Trial> =>
    (batch.study?.points ?? []).map((point, at) => ({
      ...{ id: `${batch.study?.id}/${at}`, hyperparameters: { width: 16, ...point }, status: "failed" },
    }))
  const first = decide({})
  const again = decide({ trials: [...grid, ...failing(first)] })
  expect(again.observed).toBe(25)
  const near = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean =>
    Math.hypot(Number(one.x) - Number(other.x), Number(one.y) - Number(other.y)) < 1e-3
  for (const one of again.study?.points ?? []) {
    for (const other of first.study?.points ?? []) expect(near(one, other)).toBe(false)
  }
})

test("what lies outside the space says nothing; what diverged says so", () => {
  const elsewhere: Trial = { id: "w", hyperparameters: { width: 128, x: 0.5, y: 0.5 }, status: "completed", value: 0 }
  expect(decide({ trials: [...grid, elsewhere] }).study).toEqual(decide({}).study)
  expect(decide({ trials: [...grid, trial("d", 0.31, 0.61, null)] })).toMatchObject({ observed: 26, infeasible: 1 })
})

test("a metric that is to grow is searched upwards", () => {
  const up = grid.map((one) => ({ ...one, value: -(one.value ?? 0) }))
  expect(decide({ metric: { ...metric, goal: "maximize" }, trials: up }).study?.points).toEqual(
    decide({}).study?.points,
  )
})

test("quasi-random search is one batch of all trials", () => {
  const only = decide({ work: { ...work, algorithm: "halton" } })
  expect(only).toMatchObject({ last: true, left: 0, study: { algorithm: "halton", trials: 10, id: "g2.search" } })
})

test("it ends where two batches in a row are expected to gain less than re-runs could show", () => {
  const noisy = { sd: 10, df: 4 }
  const first = decide({ trialVariance: noisy })
  expect(first).toMatchObject({ below: 1, stops: false, last: false })
  const second = decide({ trialVariance: noisy, before: [first] })
  expect(second).toMatchObject({ below: 2, stops: true, last: true, study: null, left: 6 })
  expect(second.text).toContain("6 trials left")
  expect(batchText.ja(second)).toContain("残り 6 試行")
})

test.each([
  [0.5, 0, { below: 0, stops: false }],
  [0.1, 0, { below: 1, stops: false }],
  [0.1, 1, { below: 2, stops: true }],
  [null, 1, { below: 0, stops: false }],
])("an expected improvement of %s after %s batches below", (expected, below, says) => {
  const stop = stopOf(expected, { sd: 0.5, df: 4 }, 5, 1, 10, { below })
  expect(stop).toMatchObject(says)
  expect(stop.showable).toBeCloseTo(0.5 * Math.sqrt(2 / 5), 12)
})

test("small gains add up: it is all batches left that have to promise less than could be shown", () => {
  // The re-runs could show 0.316.
  expect(stopOf(0.1, { sd: 0.5, df: 4 }, 5, 4, 10, { below: 1 })).toMatchObject({ below: 0, stops: false })
  expect(stopOf(0.1, { sd: 0.5, df: 4 }, 5, 3, 10, { below: 1 })).toMatchObject({ below: 2, stops: true })
})

test("a model of few points ends nothing", () => {
  expect(stopOf(1e-12, { sd: 0.5, df: 4 }, 5, 1, 9, { below: 1 })).toMatchObject({ below: 0, stops: false })
})

test("without a known noise only the trials end it", () => {
  expect(stopOf(1e-12, null, 5, 1, 10, { below: 1 })).toMatchObject({ showable: null, stops: false })
})

test("candidates are what the model expects most of, not the luckiest observation", () => {
  // One point of a bad corner came out far too good; its equal neighbours say that it was luck.
  const noise = { sd: 0.1, df: 8 }
  const corner = [0.86, 0.88, 0.9, 0.92, 0.94].flatMap((x) => [0.06, 0.1, 0.14].map((y) => [x, y] as const))
  const around = corner.map(([x, y], at) => trial(`g1.all/c${at}`, x, y, bowl(x, y)))
  const lucky = trial("g1.all/lucky", 0.9, 0.11, 0.95)
  const chosen = modelCandidates({
    ...{ space, seed: 3, trials: [...grid, ...around, lucky], trialVariance: noise, metric, top: 3 },
    stands: { width: 16, x: 0.3, y: 0.5 },
  })
  expect(chosen.candidates.map(({ label }) => label)).toEqual(["A", "B", "C"])
  expect(chosen.luckiest).toMatchObject({ trial: "g1.all/lucky", value: 0.95 })
  expect(chosen.luckiest!.rank).toBeGreaterThan(3)
  expect(chosen.candidates.map(({ from }) => from)).not.toContain("g1.all/lucky")
  for (const { hyperparameters } of chosen.candidates) {
    expect(bowl(Number(hyperparameters.x), Number(hyperparameters.y))).toBeLessThan(1.1)
  }
  expect(chosen.text).toContain("it chose nothing")
})

test("what stands, and a point that diverged once, are no candidates", () => {
  const best = grid.toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0))
  const diverged = trial("again", Number(best[1]!.hyperparameters.x), Number(best[1]!.hyperparameters.y), null)
  const chosen = modelCandidates({
    ...{ space, seed: 3, trials: [...grid, diverged], trialVariance: null, metric, top: 10 },
    stands: best[0]!.hyperparameters,
  })
  const named = chosen.candidates.map(({ from }) => from)
  expect(named).not.toContain(best[0]!.id)
  expect(named).not.toContain(best[1]!.id)
  expect(chosen.outOf).toBe(23)
})

test("a batch that version 1 recorded is told as before", () => {
  const decided = decide({})
  expect(isBatch(decided)).toBe(true)
  expect(isBatch({ ...decided, rule: "tuning-batch@1" })).toBe(true)
  expect(isBatch({ ...decided, rule: "tuning-batch@9" })).toBe(false)
})
