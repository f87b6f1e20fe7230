import { baselineStudy } from "@tanren/playbook"
import { type DecisionKey, ExperimentRecord, keys, readStanding } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters } from "@tanren/terms"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { campaignOf } from "../src/decisions/campaign.ts"
import { proposeLaunch, settleLaunch } from "../src/decisions/launch.ts"
import { whatStandsAt } from "../src/decisions/what-stands.ts"
import { answer } from "../src/decisions/work/final-tuning/answer.ts"
import { designBatch } from "../src/decisions/work/final-tuning/batch.ts"
import { designCandidateReruns } from "../src/decisions/work/final-tuning/candidates.ts"
import { refine } from "../src/decisions/work/final-tuning/space.ts"
import { studiesAlike } from "../src/decisions/work/final-tuning/trials.ts"
import { answer as answerGoal } from "../src/decisions/work/goal/answer.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { decodedSpec, runStudy, simulatedRecord } from "./simulated-runs.ts"

const run = simulatedRecord()

const explore = { question: "Where is it good?", trials: 20 }
const tune = { kind: "final-tuning", question: "What is best?", trials: 12, parallel: 4 }

const specOf = (goals: ReadonlyArray<object>) =>
  decodedSpec({
    name: "final",
    trainer: { type: "program", command: ["python3", "train.py", "{seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 24,
    evalEverySteps: 1,
    hyperparameters: [
      { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" },
      { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
    ],
    baseline: { learning_rate: 0.001, weight_decay: 1e-5 },
    goals,
    policy: { refine: "never" },
  })

type Truth = (point: Hyperparameters) => number | null

/** Best at 0.01 and 1e-4; diverges above 0.3. */
const bowl: Truth = ({ learning_rate, weight_decay }) =>
  Number(learning_rate) > 0.3
    ? null
    : 0.5 + 0.1 * Math.log10(Number(learning_rate) / 0.01) ** 2 + 0.02 * Math.log10(Number(weight_decay) / 1e-4) ** 2

const decisionOf = <A>(id: string, key: DecisionKey<A>) =>
  Effect.gen(function* () {
    const found = yield* (yield* ExperimentRecord).decision(id, key)
    if (found === null) throw new Error(`${key.text} is not decided`)
    return found.outcome
  })

/** Runs everything; each decision is asked for twice, as it is when a worker dies after it was made. */
const carriedOut = (id: string, goals: ReadonlyArray<object>, truth: Truth) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const spec = specOf(goals)
    const place = goals.length
    const ran: Array<StudyDesign> = []
    const train = (tickets: ReadonlyArray<{ readonly study: string }>) =>
      Effect.forEach(tickets, ({ study }) =>
        Effect.gen(function* () {
          const { design } = (yield* record.study(id, study))!
          ran.push(design)
          yield* runStudy(id, design, truth)
        }),
      )
    yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
    yield* designBaseline(id)
    yield* runStudy(id, baselineStudy(spec), truth)
    yield* judgeTheBaseline(id)
    for (let earlier = 1; earlier < place; earlier++) yield* train(yield* designStudies(id, earlier))
    yield* refine(id, place)
    yield* refine(id, place)
    for (let batch = 1; ; batch++) {
      yield* designBatch(id, place, batch)
      const { studies, last } = yield* designBatch(id, place, batch)
      yield* train(studies)
      if (last) break
    }
    yield* designCandidateReruns(id, place)
    yield* train(yield* designCandidateReruns(id, place))
    yield* answer(id, place)
    yield* answer(id, place)
    yield* proposeLaunch(id, place)
    yield* settleLaunch(id, place, null)
    const { standing } = yield* readStanding({ id, spec })
    return { ran, standing, stands: yield* whatStandsAt(yield* campaignOf(id), place + 1) }
  })

describe("final tuning", () => {
  test("searches around what exploration found, batch by batch, and launches the best candidate", async () => {
    const id = "whole"
    const { ran, stands, space, batches, answered, chosen } = await run(
      Effect.gen(function* () {
        const done = yield* carriedOut(id, [explore, tune], bowl)
        const batches = yield* Effect.forEach([1, 2], (batch) => decisionOf(id, keys.batch(2, batch)))
        return {
          ...done,
          batches,
          space: yield* decisionOf(id, keys.refinedSpace(2)),
          answered: yield* decisionOf(id, keys.answers["final-tuning"](2)),
          chosen: yield* decisionOf(id, keys.modelCandidates(2)),
        }
      }),
    )
    const ids = ran.map((study) => study.id).filter((name) => name.startsWith("g2."))
    expect(ids.slice(0, 2)).toEqual(["g2.batch-1", "g2.batch-2"])
    expect(ids.slice(-3)).toEqual(["g2.candidate-a.reruns", "g2.candidate-b.reruns", "g2.candidate-c.reruns"])
    for (const study of ran) expect(study.training).toEqual({ maxTrainSteps: 24 })
    const [rate] = space.ranges.filter(({ hyperparameter }) => hyperparameter === "learning_rate")
    expect(rate!.refined[0]).toBeLessThan(0.01)
    expect(rate!.refined[1]).toBeGreaterThan(0.01)
    expect(rate!.refined[1] / rate!.refined[0]).toBeLessThan(1e4)
    // Exploration inside the space and the runs of the baseline are known from the start.
    expect(batches[0]!.observed).toBeGreaterThan(5)
    expect(batches[1]!.observed).toBe(batches[0]!.observed + 4)
    expect(batches[0]!.noise).toBeGreaterThan(0)
    expect(answered.verdict).not.toBe("undecided")
    expect(answered.candidates.candidates).toHaveLength(3)
    expect(answered.luckiest).toEqual(chosen.luckiest)
    expect(answered.edges).toEqual([])
    expect(stands.launchedBy).toBe(2)
    expect(Number(stands.hyperparameters.learning_rate)).toBeGreaterThan(0.003)
    expect(Number(stands.hyperparameters.learning_rate)).toBeLessThan(0.03)
  })

  test("the search is told its batches in the order in which they ran", async () => {
    const order = await run(
      Effect.gen(function* () {
        yield* carriedOut("order", [{ ...tune, trials: 11, parallel: 1, top: 1 }], bowl)
        const campaign = yield* campaignOf("order")
        return (yield* studiesAlike(campaign, 1, yield* whatStandsAt(campaign, 1))).map((study) => study.id)
      }),
    )
    expect(order).toEqual(["baseline", ...Array.from({ length: 11 }, (_, at) => `g1.batch-${at + 1}`)])
  })

  test("a best candidate at the end of its range is a caveat", async () => {
    const up: Truth = ({ learning_rate }) => 1 - 0.1 * Math.log10(Number(learning_rate))
    const answered = await run(
      Effect.gen(function* () {
        yield* carriedOut("edge", [explore, { ...tune, trials: 8 }], up)
        return yield* decisionOf("edge", keys.answers["final-tuning"](2))
      }),
    )
    expect(answered.edges).toEqual(["learning_rate"])
    expect(answered.text).toContain("Caveat: the best candidate lies at the end of the searched range of learning_rate")
  })

  test("ends early where nothing more is to be gained, and says so", async () => {
    const id = "early"
    const flat: Truth = () => 0.5
    const { ran, answered } = await run(
      Effect.gen(function* () {
        const done = yield* carriedOut(id, [explore, { ...tune, trials: 40 }], flat)
        return { ...done, answered: yield* decisionOf(id, keys.answers["final-tuning"](2)) }
      }),
    )
    expect(answered.search.left).toBeGreaterThan(0)
    expect(answered.text).toContain("trials left")
    const searched = ran.filter((study) => study.id.startsWith("g2.batch"))
    expect(searched.reduce((sum, { trials }) => sum + trials, 0)).toBe(40 - answered.search.left)
  })

  test("quasi-random search is one study in the refined space, and its candidates are chosen alike", async () => {
    const id = "halton"
    const { ran, answered } = await run(
      Effect.gen(function* () {
        const done = yield* carriedOut(id, [explore, { ...tune, algorithm: "halton", top: 2 }], bowl)
        return { ...done, answered: yield* decisionOf(id, keys.answers["final-tuning"](2)) }
      }),
    )
    const [study] = ran.filter(({ id: name }) => name === "g2.search")
    expect(study).toMatchObject({ algorithm: "halton", trials: 12 })
    expect(answered.search).toMatchObject({ algorithm: "halton", batches: 1, trials: 12, left: 0 })
    expect(answered.candidates.candidates).toHaveLength(2)
  })

  test("without exploration the declared space is searched", async () => {
    const { space, standing } = await run(
      Effect.gen(function* () {
        const done = yield* carriedOut("alone", [tune], bowl)
        return { ...done, space: yield* decisionOf("alone", keys.refinedSpace(1)) }
      }),
    )
    expect(space.ranges).toEqual([])
    expect(space.unrefined).toEqual(["learning_rate", "weight_decay"])
    expect(standing.phase).toEqual({ at: "finished" })
  })

  test("where everything diverges it looks on, and proposes nothing", async () => {
    const onlyBaseline: Truth = ({ learning_rate }) => (learning_rate === 0.001 ? 0.5 : null)
    const { answered, stands } = await run(
      Effect.gen(function* () {
        const done = yield* carriedOut("diverged", [explore, tune], onlyBaseline)
        return { ...done, answered: yield* decisionOf("diverged", keys.answers["final-tuning"](2)) }
      }),
    )
    expect(answered).toMatchObject({ verdict: "undecided", candidates: { because: "no-candidate" }, luckiest: null })
    expect(stands.launchedBy).toBe(0)
  })

  test("a value that a goal established as worse is left out", async () => {
    const worse: Truth = (point) => (point.kind === "b" ? 0.9 : bowl(point))
    const id = "worse"
    const space = await run(
      Effect.gen(function* () {
        const record = yield* ExperimentRecord
        const base = specOf([explore, tune])
        const spec = decodedSpec({
          ...base,
          hyperparameters: [...base.hyperparameters, { name: "kind", type: "categorical", values: ["a", "b"] }],
          baseline: { ...base.baseline, kind: "a" },
          goals: [{ question: "Which kind?", scientific: ["kind"], trials: 24 }, tune],
        })
        yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
        yield* designBaseline(id)
        yield* runStudy(id, baselineStudy(spec), worse)
        yield* judgeTheBaseline(id)
        for (const { study } of yield* designStudies(id, 1)) {
          yield* runStudy(id, (yield* record.study(id, study))!.design, worse)
        }
        for (const { study } of yield* designReruns(id, 1)) {
          yield* runStudy(id, (yield* record.study(id, study))!.design, worse)
        }
        yield* answerGoal(id, 1)
        yield* proposeLaunch(id, 1)
        yield* settleLaunch(id, 1, null)
        yield* refine(id, 2)
        return yield* decisionOf(id, keys.refinedSpace(2))
      }),
    )
    expect(space.dropped).toEqual([{ name: "kind", value: "b", goal: 1 }])
    expect(space.text).toContain("kind b is left out")
  })
})
