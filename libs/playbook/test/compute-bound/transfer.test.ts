import type { Noise } from "@tanren/insight"
import { sd } from "@tanren/statistics"
import { type Hyperparameter, randomOf, type Trial } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { carriedOf, laterRound, ranPoints } from "../../src/compute-bound/carried.ts"
import { isTransfer } from "../../src/compute-bound/recorded.ts"
import { expectationsOf, type Pair, transferOf } from "../../src/compute-bound/transfer.ts"
import { expectationCaveats, transferText } from "../../src/compute-bound/transfer.words.ts"
import { describeOutcome } from "../../src/describe.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const space: ReadonlyArray<Hyperparameter> = [
  { name: "learning_rate", type: "float", low: 1e-3, high: 1, scale: "log" },
  { name: "width", type: "discrete", values: [16, 64] },
  { name: "init_std", type: "float", low: 0.1, high: 1 },
  { name: "warmup_steps", type: "int", low: 0, high: 100 },
  { name: "decay_factor", type: "float", low: 0, high: 1, meaning: "schedule" },
  { name: "dropout", type: "float", low: 0, high: 1 },
  { name: "shuffle", type: "boolean" },
]

const pair = (learning_rate: number, width: number, short: number, long: number): Pair => ({
  hyperparameters: { learning_rate, width },
  short,
  long,
  stands: learning_rate === 0.1,
})

/** As a baseline of five runs knows it. */
const noiseOf = (sd: number) => ({ sd, degreesOfFreedom: 4 })

const judged = (pairs: ReadonlyArray<Pair>, noise: Noise | undefined = noiseOf(0.001)) =>
  transferOf({ round: 1, from: 800, to: 3200, pairs, lost: 0, hyperparameters: space, metric, noise })

test("the playbook's confidence in each kind of hyperparameter, most likely first", () => {
  const told = expectationsOf(space).map(({ name, confidence }) => `${name}: ${confidence}`)
  expect(told).toEqual([
    "init_std: very-likely",
    "warmup_steps: very-likely",
    "width: likely",
    "learning_rate: perhaps",
    "dropout: perhaps",
    "decay_factor: unlikely",
    "shuffle: not-said",
  ])
})

describe("the order of the points that ran at both lengths", () => {
  const kept = [1, 2, 3, 4, 5, 6].map((place) => pair(0.01 * place, 16, 0.1 + 0.01 * place, 0.05 + 0.01 * place))

  test("six in the same order: it carries over", () => {
    const transfer = judged(kept)
    expect(transfer).toMatchObject({ verdict: "agrees", agreement: { tau: 1, points: 6 }, same: true, best: "stayed" })
    expect(transfer.text).toContain("The order carries over: Kendall's τ 1.00")
    expect(transfer.text).toContain("The best point stayed")
  })

  test("runs that share their seeds agree the more for it: nothing is claimed, and the text says why", () => {
    const shares = (pairs: ReadonlyArray<Pair>) => judged(pairs.map((one) => ({ ...one, continued: true })))
    const transfer = shares(kept)
    expect(transfer).toMatchObject({ verdict: "cannot-tell", agreement: { tau: 1 }, same: true, best: "cannot-tell" })
    expect(transfer.text).toContain("Whether the order carries over cannot be told: Kendall's τ 1.00")
    expect(transfer.text).toContain("6 of the longer runs went on from the shorter ones with the same seeds")
    expect(transfer.text).not.toMatch(/stayed|points cannot tell/)
    expect(transferText.ja(transfer)).toContain("運も共有しています")
    // That it turned around, or that another point is best now, holds against the shared luck.
    const turned = kept.map((one) => ({ ...one, long: 1 - one.long }))
    expect(shares(turned)).toMatchObject({ verdict: "disagrees", best: "moved" })
    expect(isTransfer(JSON.parse(JSON.stringify(transfer)))).toBe(true)
    expect(isTransfer({ ...transfer, rule: "transfer@1" })).toBe(true)
  })

  test("turned around: it does not", () => {
    const turned = kept.map((one) => ({ ...one, long: 1 - one.long }))
    expect(judged(turned)).toMatchObject({ verdict: "disagrees", agreement: { tau: -1 } })
  })

  test("five with one pair swapped cannot tell, and the text says so", () => {
    const swapped = kept.slice(0, 5).map((one, at) => (at === 4 ? { ...one, long: 0.085 } : one))
    const transfer = judged(swapped)
    expect(transfer.verdict).toBe("cannot-tell")
    expect(transfer.text).toContain("5 points cannot tell")
  })

  test("one point, or none, is no order", () => {
    for (const pairs of [[], kept.slice(0, 1)]) {
      const transfer = judged(pairs)
      expect(transfer).toMatchObject({ agreement: null, verdict: "cannot-tell", ahead: null })
      expect(transfer.text).toContain("is not known")
    }
  })
})

describe("the best point", () => {
  const pairs = [pair(0.01, 16, 0.1, 0.09), pair(0.5, 64, 0.12, 0.05), pair(0.012, 16, 0.13, 0.095)]

  test("moved by more than chance makes of the best; what differs is listed, and no cause is named", () => {
    const transfer = judged(pairs)
    expect(transfer).toMatchObject({ best: "moved", same: false })
    expect(transfer.ahead).toBeCloseTo(0.04, 12)
    expect(transfer.rechecks).toMatchObject([
      { name: "width", short: 16, long: 64 },
      { name: "learning_rate", short: 0.01, long: 0.5 },
    ])
    expect(transfer.text).toContain("differ in width 16 → 64, learning_rate 0.01 → 0.5; which of these made")
    expect(transferText.ja(transfer)).toContain("このうちどれが差を生んだかは分かりません")
    const alone = judged([pair(0.01, 16, 0.1, 0.09), pair(0.5, 16, 0.12, 0.05)])
    expect(alone.text).toContain("The two differ in learning_rate 0.01 → 0.5 alone.")
  })

  test("cannot be told where noise is larger, or not known", () => {
    expect(judged(pairs, noiseOf(0.02)).best).toBe("cannot-tell")
    expect(judged(pairs, noiseOf(0)).best).toBe("cannot-tell")
    const asked = { round: 1, from: 800, to: 3200, pairs, lost: 0, hyperparameters: space, metric }
    const unknown = transferOf({ ...asked, noise: undefined })
    expect(unknown).toMatchObject({ best: "cannot-tell", noise: null })
    expect(unknown.text).toContain("trial variance is not known")
  })

  test("the same one at both lengths has not stayed for that alone", () => {
    const still = [pair(0.01, 16, 0.1, 0.05), pair(0.5, 64, 0.12, 0.0501), pair(0.012, 16, 0.13, 0.0502)]
    expect(judged(still)).toMatchObject({ same: true, best: "cannot-tell" })
    expect(judged(still).text).toContain("whether the best point moved cannot be told")
  })

  test("six points, five runs of the baseline: Student's t at 0.995 with 4 degrees of freedom", () => {
    const six = [1, 2, 3, 4, 5, 6].map((place) => pair(0.01 * place, 16, 0.1, 0.1))
    const { noise, level } = judged(six)
    expect(level).toBeCloseTo(0.99, 12)
    // 4.6041 in any table.
    expect((noise ?? 0) / (Math.SQRT2 * 0.001)).toBeCloseTo(4.6041, 4)
  })

  test("among equals, moved and stayed are said in at most 5 % of cases together", () => {
    const { normal } = randomOf("equal points")
    let said = 0
    const worlds = 2000
    for (let world = 0; world < worlds; world++) {
      const equal = [1, 2, 3, 4, 5, 6].map((place) => pair(0.01 * place, 16, normal(), normal()))
      const baseline = Array.from({ length: 5 }, () => normal())
      if (judged(equal, noiseOf(sd(baseline))).best !== "cannot-tell") said += 1
    }
    expect(said / worlds).toBeLessThan(0.05)
    expect(said).toBeGreaterThan(0)
  })
})

test("the playbook's caveats, of the hyperparameters at hand", () => {
  const en = expectationCaveats.en(expectationsOf(space))
  expect(en).toContain("no guarantee, and further research is needed")
  expect(en).toContain("many counter-examples")
  expect(en).toContain("regularisation may help little")
  expect(expectationCaveats.ja(expectationsOf(space))).toMatch(/保証はなく.*反例.*正則化/)
  expect(expectationCaveats.en([{ meaning: "learning-rate" }])).not.toMatch(/counter|regularisation/)
})

test("a recorded transfer is told in Japanese from its numbers, and one with gaps is not taken for one", () => {
  const stored = JSON.parse(JSON.stringify(judged([pair(0.01, 16, 0.1, 0.09), pair(0.5, 64, 0.12, 0.05)])))
  expect(isTransfer(stored)).toBe(true)
  expect(transferText.ja(stored)).toMatch(/判断できません.*ケンドール/)
  expect(isTransfer({ ...stored, verdict: "perhaps" })).toBe(false)
  expect(isTransfer({ ...stored, rechecks: [{}] })).toBe(false)
  // As the rule's first days recorded it: no verdict on the point.
  const { best: _, same: __, level: ___, ...older } = stored
  expect(isTransfer(older)).toBe(false)
  expect(describeOutcome(older, "ja")).toBeUndefined()
})

describe("the points that go on", () => {
  const trial = (id: string, learning_rate: number, value: number | null): Trial => ({
    id,
    hyperparameters: { learning_rate, width: 16 },
    status: value === null ? "infeasible" : "completed",
    ...(value === null ? {} : { value }),
  })
  const trials = [
    trial("a/0", 0.3, 0.2),
    trial("a/1", 0.1, 0.1),
    trial("a/2", 0.2, null),
    trial("a/3", 0.05, 0.08),
    trial("a/4", 0.05, 0.16),
    trial("a/5", 0.4, 0.05),
    trial("a/6", 0.4, null),
  ]

  test("are the best by the mean of their runs; one that ever diverged is none", () => {
    const points = ranPoints(trials, metric)
    expect(points.map(({ hyperparameters, value }) => [hyperparameters.learning_rate, value])).toEqual([
      [0.1, 0.1],
      [0.05, 0.12],
      [0.3, 0.2],
    ])
    expect(points[1]?.trials).toEqual(["a/3", "a/4"])
  })

  test("a run that failed or was cancelled says nothing of its point", () => {
    const trouble = (["failed", "cancelled", "running"] as const).map(
      (status, at): Trial => ({ id: `b/${at}`, hyperparameters: { learning_rate: 0.1, width: 16 }, status }),
    )
    expect(ranPoints([...trouble, ...trials], metric)).toEqual(ranPoints(trials, metric))
    expect(ranPoints(trouble, metric)).toEqual([])
  })

  test("a winner of a goal's re-runs goes on beside luckier single trials", () => {
    const points = ranPoints(trials, metric).map((one) =>
      one.value === 0.2 ? { ...one, wonRerun: true as const } : one,
    )
    const carried = carriedOf(points, { width: 16, learning_rate: 9 }, 2)
    expect(carried.map(({ value }) => value)).toEqual([0.1, 0.2])
    expect(carriedOf(ranPoints(trials, metric), { width: 16, learning_rate: 9 }, 2).map(({ value }) => value)).toEqual([
      0.1, 0.12,
    ])
  })

  test("what stands goes on whatever it came to, and is not counted among the best", () => {
    const stands = { width: 16, learning_rate: 0.1 }
    const carried = carriedOf(ranPoints(trials, metric), stands, 5)
    expect(carried.map(({ hyperparameters }) => hyperparameters.learning_rate)).toEqual([0.05, 0.3])
    const study = laterRound({ place: 2, round: 2, training: { maxTrainSteps: 9 }, stands, carried, searched: [] })
    expect(study).toMatchObject({
      id: "g2.round-2",
      trials: 3,
      points: [stands, carried[0]?.hyperparameters, carried[1]?.hyperparameters],
    })
  })
})
