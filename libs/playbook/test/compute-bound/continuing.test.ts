import type { Schedule, Training } from "@tanren/terms"
import { courseOf, overTraining } from "@tanren/training"
import { grouped } from "@tanren/words"
import { describe, expect, test } from "vitest"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import type { RanPoint } from "../../src/compute-bound/carried.ts"
import { mayContinue } from "../../src/compute-bound/continuing.ts"
import { isRound } from "../../src/compute-bound/recorded.ts"
import { decideFirstRound, decideLaterRound } from "../../src/compute-bound/round-decision.ts"
import { roundText } from "../../src/compute-bound/round-decision.words.ts"
import { extended } from "../../src/compute-bound/schedule-extension.ts"
import { describeContinuing } from "../../src/describe.ts"
import { planCampaign } from "../../src/informative-and-affordable/plan.ts"
import { planText } from "../../src/informative-and-affordable/plan.words.ts"
import { digits } from "../campaigns.ts"

const linear = (decayStart: number): Schedule => ({ type: "linear", decayStart, endFactor: 0.01 })

const from = (short: Training, { every = 25, to = 4 * short.maxTrainSteps } = {}) =>
  mayContinue(short, extended(short, to), every, [])

describe("from which step a longer run may go on", () => {
  test("that of the last evaluation before the decay begins, warmup before it included", () => {
    expect(from({ maxTrainSteps: 800, schedule: linear(300) })).toMatchObject({ step: 300, because: null })
    expect(from({ maxTrainSteps: 800, schedule: linear(310) })).toMatchObject({ step: 300 })
    expect(from({ maxTrainSteps: 800, schedule: linear(299) })).toMatchObject({ step: 275 })
    expect(from({ maxTrainSteps: 800, warmupSteps: 60, schedule: linear(290) })).toMatchObject({ step: 350 })
  })

  test("of a constant rate the last evaluation before the end, where more may be measured", () => {
    const constant: Schedule = { type: "constant" }
    expect(from({ maxTrainSteps: 800, schedule: constant })).toMatchObject({ step: 775 })
    expect(from({ maxTrainSteps: 790, schedule: constant })).toMatchObject({ step: 775 })
  })

  test("up to there both make every update at the same rate; the shorter one's next evaluation lies in its decay", () => {
    for (const [decayStart, warmupSteps, every] of [
      [300, 0, 25],
      [311, 40, 7],
      [7, 3, 5],
    ] as const) {
      const short: Training = { maxTrainSteps: 800, warmupSteps, schedule: linear(decayStart) }
      const long = extended(short, 3200)
      const { step } = mayContinue(short, long, every, [])
      const [one, other] = [short, long].map(({ maxTrainSteps, schedule }) =>
        overTraining(courseOf(schedule as Schedule), maxTrainSteps, warmupSteps),
      )
      const alike = (update: number) => one?.(update) === other?.(update)
      expect(step).toBeGreaterThan(0)
      for (let update = 0; update < (step ?? 0); update++) expect(alike(update)).toBe(true)
      expect(alike((step ?? 0) + every)).toBe(false)
    }
  })

  test.each([
    ["own-schedule", { maxTrainSteps: 800 }],
    ["own-schedule", { maxTrainSteps: 800, warmupSteps: 100 }],
    ["stretched", { maxTrainSteps: 800, schedule: { type: "cosine" } }],
    ["decays-at-once", { maxTrainSteps: 800, schedule: { type: "linear", endFactor: 0 } }],
    ["decays-at-once", { maxTrainSteps: 800, schedule: linear(24) }],
    ["decays-at-once", { maxTrainSteps: 25, schedule: { type: "constant" } }],
  ] as const)("none: %s, %j", (because, short) => {
    expect(from(short)).toMatchObject({ step: null, because })
  })

  test("none where the next round trains no longer, clips otherwise, or warms up otherwise", () => {
    const short: Training = { maxTrainSteps: 800, schedule: linear(300) }
    expect(mayContinue(short, short, 25, [])).toMatchObject({ step: null, because: "not-longer" })
    const long = extended(short, 3200)
    expect(mayContinue(short, { ...long, clipNorm: 1 }, 25, [])).toMatchObject({ because: "stretched" })
    expect(mayContinue(short, { ...long, warmupSteps: 9 }, 25, [])).toMatchObject({ because: "stretched" })
  })

  test("none where the program does not promise what it takes, which is named", () => {
    const short: Training = { maxTrainSteps: 800, schedule: linear(300) }
    const lacking = ["resume", "prolong"]
    expect(mayContinue(short, extended(short, 3200), 25, lacking)).toMatchObject({
      step: null,
      because: "duties-undeclared",
      lacking,
    })
  })
})

const work = { kind: "rounds", question: "Longer?", maxTrainSteps: 3200, trials: 20, best: 3, schedule: linear(300) }

const decodedOf = (changes: object) => decodeCampaign({ ...digits, goals: [{ ...work, ...changes }] })

const specOf = (changes: object = {}): CampaignSpec => {
  const found = decodedOf({ continues: true, ...changes })
  if (!found.ok) throw new Error(JSON.stringify(found.issues))
  return found.spec
}

const first = (spec: CampaignSpec, lacking: ReadonlyArray<string> = []) =>
  decideFirstRound(spec, spec.goals[0] as RoundsWork, 1, startOf(spec), () => [], lacking)

const ran = (study: string, ...indexes: ReadonlyArray<number>): ReadonlyArray<RanPoint> =>
  indexes.map((index) => ({
    hyperparameters: { ...digits.baseline, learning_rate: 0.2 + index / 100 },
    value: index / 100,
    trials: [`${study}/${index}`],
  }))

describe("rounds whose long runs go on from short ones", () => {
  test("the search keeps the checkpoints of as many as go on; each of those goes on from its own run", () => {
    const spec = specOf()
    const one = first(spec)
    expect(one.study?.keeps).toEqual({ step: 300, best: 3, always: [] })
    const points = ran("g1.round-1", 4, 7, 2, 9)
    const two = decideLaterRound(spec, spec.goals[0] as RoundsWork, 1, one, startOf(spec), points)
    expect(two.study?.goesOn).toEqual([null, ...[4, 7, 2].map((index) => ({ study: "g1.round-1", index, step: 300 }))])
    expect(two.study?.keeps).toBeUndefined()
    expect(two.text).toContain(
      "3 of its 4 runs go on from step 300 of their shorter runs, with the same seeds; that is expected to save 900 steps",
    )
    expect(roundText.ja(two)).toContain("900 ステップの節約が見込まれ")
  })

  test("of three rounds, what stands runs in the second, and goes on from there in the third", () => {
    const spec = specOf({ rounds: 3 })
    const one = first(spec)
    const points = ran("g1.round-1", 4, 7, 2)
    const two = decideLaterRound(spec, spec.goals[0] as RoundsWork, 1, one, startOf(spec), points)
    expect(two.study?.keeps).toEqual({ step: 1100, best: 3, always: [0] })
    const standing: RanPoint = { hyperparameters: digits.baseline, value: 0.5, trials: ["baseline/0", "g1.round-2/0"] }
    const longer = [...ran("g1.round-2", 2, 3, 1), standing]
    const three = decideLaterRound(spec, spec.goals[0] as RoundsWork, 1, two, startOf(spec), longer)
    expect(three.study?.goesOn?.map((one) => one?.index)).toEqual([0, 2, 3, 1])
  })

  test("where it is not asked for nothing is kept, and nothing is said of it", () => {
    const spec = specOf({ continues: false })
    const one = first(spec)
    expect(one).not.toHaveProperty("continuing")
    expect(one.study).not.toHaveProperty("keeps")
    expect(describeContinuing(one, "en")).toBe("")
  })

  test("where it cannot be, nothing is kept, and the round says why", () => {
    const spec = specOf()
    const one = first(spec, ["prolong"])
    expect(one.study).not.toHaveProperty("keeps")
    expect(one.text).toContain("begin at their first step: the program declares no `prolong`.")
    expect(describeContinuing(one, "ja")).toContain("`prolong` を宣言していません")
    const points = ran("g1.round-1", 4, 7, 2)
    const two = decideLaterRound(spec, spec.goals[0] as RoundsWork, 1, one, startOf(spec), points)
    expect(two.study).not.toHaveProperty("goesOn")
    const { schedule: _, ...own } = work
    const unscheduled = decodeCampaign({ ...digits, goals: [{ ...own, continues: true }] })
    expect(unscheduled.ok && first(unscheduled.spec).text).toContain("the program's own")
  })

  test("a recorded round is told from the record, one of before it was kept as well", () => {
    const one = JSON.parse(JSON.stringify(first(specOf())))
    expect(isRound(one)).toBe(true)
    expect(describeContinuing(one, "ja")).toContain(grouped(300))
    const { continuing: _, ...before } = one
    expect(isRound(before)).toBe(true)
    expect(isRound({ ...one, continuing: { step: "300" } })).toBe(false)
  })

  test("one round alone cannot go on from anything: the file is refused", () => {
    const found = decodedOf({ continues: true, rounds: 1, schedule: undefined })
    expect(found.ok ? [] : found.issues).toMatchObject([{ path: "goals[0].continues" }])
  })
})

describe("the plan", () => {
  const planOf = (changes: object) => planText(planCampaign(specOf(changes)))

  test("tells from which step and what that is expected to save", () => {
    const text = planOf({})
    expect(text).toContain("Runs of round 2 go on from step 300 of their shorter runs, with the same seeds")
    expect(text).toContain("`seeds`, `checkpoint`, `resume`, `prolong`")
    expect(text).toContain("Expected to save 900 steps")
  })

  test("tells what it could save where it is not asked for, and why nothing where it cannot", () => {
    expect(planOf({ continues: false })).toContain("Every run begins at its first step.")
    expect(planOf({ schedule: { type: "cosine" } })).toContain("has other learning rates from its start on")
    expect(planOf({ continues: false, schedule: { type: "cosine" } })).not.toContain("first step")
  })
})
