import type { Duty } from "@tanren/contract"
import { baselineStudy } from "@tanren/playbook"
import { type DecisionKey, ExperimentRecord, keys } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters } from "@tanren/terms"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { campaignOf } from "../src/decisions/campaign.ts"
import { proposeLaunch, settleLaunch } from "../src/decisions/launch.ts"
import { whatStandsAt } from "../src/decisions/what-stands.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { answer } from "../src/decisions/work/rounds/answer.ts"
import { designRoundsReruns } from "../src/decisions/work/rounds/reruns.ts"
import { designRound } from "../src/decisions/work/rounds/rounds.ts"
import { judgeRound } from "../src/decisions/work/rounds/transfer.ts"
import { decodedSpec, runStudy, simulatedRecord } from "./simulated-runs.ts"

const run = simulatedRecord()

const schedule = { type: "linear", endFactor: 0.01 }
const rounds = { kind: "rounds", question: "Longer?", maxTrainSteps: 96, trials: 24, schedule, top: 2 }

const specOf = (goals: ReadonlyArray<object>) =>
  decodedSpec({
    name: "rounds",
    trainer: { type: "program", command: ["python3", "train.py", "{seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 24,
    evalEverySteps: 1,
    hyperparameters: [
      { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" },
      { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
    ],
    baseline: { learning_rate: 0.001, weight_decay: 1e-4 },
    goals,
  })

/** Null where it diverges. */
type Truth = (point: Hyperparameters, steps: number) => number | null

/** Longer training helps everybody, and the best learning rate is 0.01 at any length. */
const carries = ({ learning_rate }: Hyperparameters, steps: number): number =>
  0.5 + 0.1 * Math.log10(Number(learning_rate) / 0.01) ** 2 - 0.1 * Math.log2(steps / 24)

const decisionOf = <A>(id: string, key: DecisionKey<A>) =>
  Effect.gen(function* () {
    const found = yield* (yield* ExperimentRecord).decision(id, key)
    if (found === null) throw new Error(`${key.text} is not decided`)
    return found.outcome
  })

/** Runs everything up to the answer; returns the designs of the studies in the order that they ran. */
const carriedOut = (
  id: string,
  goals: ReadonlyArray<object>,
  truth: Truth,
  honours: ReadonlyArray<Duty> = ["schedule"],
  rerunsGoals = false,
) =>
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
          yield* runStudy(id, design, (point) => truth(point, design.training?.maxTrainSteps ?? 0), honours)
        }),
      )
    yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
    yield* designBaseline(id)
    yield* runStudy(id, baselineStudy(spec), (point) => truth(point, 24), honours)
    yield* judgeTheBaseline(id)
    for (let earlier = 1; earlier < place; earlier++) {
      yield* train(yield* designStudies(id, earlier))
      if (rerunsGoals) yield* train(yield* designReruns(id, earlier))
    }
    for (let round = 1; ; round++) {
      const { studies, last } = yield* designRound(id, place, round)
      yield* train(studies)
      yield* judgeRound(id, place, round)
      if (last) break
    }
    yield* train(yield* designRoundsReruns(id, place))
    yield* answer(id, place)
    yield* proposeLaunch(id, place)
    yield* settleLaunch(id, place, null)
    return { ran, stands: yield* whatStandsAt(yield* campaignOf(id), place + 1) }
  })

describe("two rounds", () => {
  test("search short, run the best long, with what stands, and launch the best with its length and schedule", async () => {
    const id = "two"
    const seen = await run(
      Effect.gen(function* () {
        const { ran, stands } = yield* carriedOut(id, [rounds], carries)
        const answered = yield* decisionOf(id, keys.answers.rounds(1))
        return { ran, stands, answered, round: yield* decisionOf(id, keys.round(1, 2)) }
      }),
    )
    const long = { maxTrainSteps: 96, schedule: { ...schedule, decayStart: 72 } }
    expect(seen.ran.map(({ id: study, trials, training }) => [study, trials, training])).toEqual([
      ["g1.round-1", 24, { maxTrainSteps: 24, schedule }],
      ["g1.round-2", 6, long],
      ["g1.candidate-a.reruns", 5, long],
      ["g1.candidate-b.reruns", 5, long],
      ["g1.candidate-c.reruns", 5, long],
    ])
    expect(seen.ran[1]?.points?.[0]).toEqual({ learning_rate: 0.001, weight_decay: 1e-4 })
    expect(seen.round.carried.map(({ value }) => value)).toEqual(
      seen.round.carried.map(({ value }) => value).toSorted(),
    )
    expect(seen.round.outOf).toBe(24)
    // Truth: two doublings gain 0.2, and the learning rate 0.1 more.
    expect(seen.answered).toMatchObject({ verdict: "better", from: 24, to: 96 })
    expect(seen.answered.lengthAlone?.difference).toBeCloseTo(0.2, 2)
    expect(seen.answered.pointAlone?.difference).toBeCloseTo(0.1, 1)
    expect(seen.stands).toMatchObject({
      training: long,
      launchedBy: 1,
      study: seen.answered.candidates.candidates[0]?.study,
    })
  })

  test("the points that ran at both lengths are judged, what stands among them where it was trained the same", async () => {
    const { schedule: _, ...own } = rounds
    const judged = (id: string, work: object, truth: Truth) =>
      run(Effect.flatMap(carriedOut(id, [work], truth), () => decisionOf(id, keys.transfer(1, 1))))
    const same = await judged("own", own, carries)
    expect(same).toMatchObject({ from: 24, to: 96, lost: 0, agreement: { points: 6 } })
    expect(same.pairs.filter(({ stands }) => stands)).toMatchObject([{ hyperparameters: { learning_rate: 0.001 } }])
    // Round 1 was trained by a schedule of its own, which the baseline was not.
    const other = await judged("other", rounds, carries)
    expect(other.pairs.filter(({ stands }) => stands)).toEqual([])
    // At full length the order turns around: the best at 24 steps is the worst at 96.
    const turned = await judged("turned", { ...own, best: 8 }, (point, steps) =>
      steps === 24 ? carries(point, 24) : 1 - 20 * carries(point, 24),
    )
    expect(turned.verdict).toBe("disagrees")
  })
})

test("with no trials of its own, what earlier goals tried is round 1", async () => {
  const { schedule: _, ...own } = rounds
  const goal = { question: "How low?", trials: 12 }
  const { ran, round } = await run(
    Effect.gen(function* () {
      const { ran } = yield* carriedOut("zero", [goal, { ...own, trials: 0, rounds: 3 }], carries)
      return { ran, round: yield* decisionOf("zero", keys.round(2, 2)) }
    }),
  )
  expect(ran.map(({ id, trials, training }) => [id, trials, training?.maxTrainSteps])).toEqual([
    ["g1.all", 12, 24],
    ["g2.round-2", 6, 48],
    ["g2.round-3", 6, 96],
    ["g2.candidate-a.reruns", 5, 96],
    ["g2.candidate-b.reruns", 5, 96],
    ["g2.candidate-c.reruns", 5, 96],
  ])
  // The goal's twelve, and what stands.
  expect(round.outOf).toBe(13)
})

test("the winner of a goal's re-runs goes on, though single trials beside it were luckier", async () => {
  const { schedule: _, ...own } = rounds
  const goal = { question: "How low?", trials: 12 }
  const work = { ...own, trials: 0, best: 2, top: 1 }
  const round = await run(
    Effect.gen(function* () {
      yield* carriedOut("winner", [goal, work], () => 0.5, ["schedule", "seeds"], true)
      return yield* decisionOf("winner", keys.round(2, 2))
    }),
  )
  const [won] = round.carried.filter(({ wonRerun }) => wonRerun === true)
  // One single trial and five re-runs; its mean is behind that of the luckiest other.
  expect(won?.trials).toHaveLength(6)
  expect(round.carried).toHaveLength(2)
  expect(round.carried[0]?.wonRerun).toBeUndefined()
  expect(round.carried[0]?.value).toBeLessThan(won?.value ?? 0)
  expect(round.text).toContain("among them 1 winner of the goals' re-runs")
})

test("where what was found is no better, the gain is that of longer training alone, and what stands is launched longer", async () => {
  const flat: Truth = (_, steps) => 0.5 - 0.1 * Math.log2(steps / 24)
  const { schedule: _, ...own } = rounds
  const { stands, answered } = await run(
    Effect.gen(function* () {
      const { stands } = yield* carriedOut("flat", [own], flat)
      return { stands, answered: yield* decisionOf("flat", keys.answers.rounds(1)) }
    }),
  )
  expect(answered.verdict).toBe("better")
  expect(answered.candidates.candidates[0]?.label).toBe("A")
  expect(answered.pointAlone).toBeNull()
  expect(stands).toMatchObject({ hyperparameters: { learning_rate: 0.001 }, training: { maxTrainSteps: 96 } })
})

describe("a bug that short runs gave reason to suspect", () => {
  /** At the short length it diverges here and there, whatever the hyperparameters: nothing explains where. */
  const short: Truth = (point, steps) => {
    const isBaseline = point.learning_rate === 0.001
    return steps === 24 && !isBaseline && Math.sin(1e6 * Number(point.learning_rate)) > -0.2
      ? null
      : carries(point, steps)
  }

  const proposed = (id: string, truth: Truth) =>
    run(
      Effect.gen(function* () {
        const { stands } = yield* carriedOut(id, [rounds], truth)
        const findings = yield* decisionOf(id, keys.findings(1, 1))
        expect(findings.find(({ question }) => question === "infeasible-share")?.action?.type).toBe("suspect-bug")
        const suspicion = yield* decisionOf(id, keys.suspicion(1))
        const answered = yield* decisionOf(id, keys.answers.rounds(1))
        return { stands, suspicion, answered, proposal: yield* decisionOf(id, keys.proposal(1)) }
      }),
    )

  test("is a caveat where the long runs all end well: what they found is launched", async () => {
    const { stands, suspicion, answered, proposal } = await proposed("bug-short", short)
    expect(suspicion).toMatchObject({ stands: null, from: 24, to: 96, reruns: 10, badReruns: 0, runs: 21, badRuns: 0 })
    expect(answered.text).toContain("infeasible share is still a problem")
    expect(answered.text).toContain("it is a caveat, and keeps nothing from being launched")
    expect(proposal).toMatchObject({ decision: "adopt", because: "better" })
    expect(stands.training.maxTrainSteps).toBe(96)
  })

  test("keeps the work from being launched where what stands fails at full length as well", async () => {
    const long: Truth = (point, steps) => (steps > 24 && point.learning_rate === 0.001 ? null : short(point, steps))
    const { stands, suspicion, answered, proposal } = await proposed("bug-long", long)
    expect(suspicion).toMatchObject({ stands: { where: "training-program" }, badReruns: 5 })
    expect(answered.text).toContain("5 of the 10 re-runs of 96 steps ended badly as well")
    expect(proposal).toMatchObject({ decision: "undecided", because: "suspected-bug" })
    expect(stands.launchedBy).toBe(0)
  })
})

describe("long runs that go on from short ones", () => {
  const continues = { ...rounds, schedule: { ...schedule, decayStart: 10 }, continues: true }
  const declared = ["schedule", "seeds", "checkpoint", "resume", "prolong"] as const

  test("each has the short run of its point to go on from; the order is then claimed by nothing", async () => {
    const { ran, short, long, transfer } = await run(
      Effect.gen(function* () {
        const { ran } = yield* carriedOut("continues", [continues], carries, declared)
        const round = (which: number) => decisionOf("continues", keys.round(1, which))
        const transfer = yield* decisionOf("continues", keys.transfer(1, 1))
        return { ran, short: yield* round(1), long: yield* round(2), transfer }
      }),
    )
    expect(ran[0]?.keeps).toEqual({ step: 10, best: 5, always: [] })
    const goesOn = ran[1]?.goesOn ?? []
    // What stands did not run in the search.
    expect(goesOn[0]).toBeNull()
    expect(goesOn.slice(1).map((one) => `${one?.study}/${one?.index}`)).toEqual(
      long.carried.map(({ trials }) => trials[0]),
    )
    expect(new Set(goesOn.slice(1).map((one) => one?.step))).toEqual(new Set([10]))
    expect(short.text).toContain("keep their checkpoint of step 10")
    // Re-runs have seeds of their own.
    for (const design of ran.slice(2)) expect(design).not.toHaveProperty("goesOn")
    expect(transfer.pairs.filter(({ continued }) => continued)).toHaveLength(5)
    expect(transfer.verdict).toBe("cannot-tell")
    expect(transfer.text).toContain("they share their luck")
  })

  test("none where the program does not declare what it takes: every run begins at its first step", async () => {
    const { ran, round } = await run(
      Effect.gen(function* () {
        const { ran } = yield* carriedOut("cannot", [continues], carries, ["schedule", "seeds", "checkpoint"])
        return { ran, round: yield* decisionOf("cannot", keys.round(1, 1)) }
      }),
    )
    expect(ran.filter(({ keeps, goesOn }) => keeps !== undefined || goesOn !== undefined)).toEqual([])
    expect(round.continuing).toMatchObject({ because: "duties-undeclared", lacking: ["resume", "prolong"] })
  })
})

test("where longer training gains nothing, nothing is launched", async () => {
  const { stands, proposal } = await run(
    Effect.gen(function* () {
      const { stands } = yield* carriedOut("none", [rounds], () => 0.5)
      return { stands, proposal: yield* decisionOf("none", keys.proposal(1)) }
    }),
  )
  expect(proposal.decision).toBe("keep")
  expect(stands).toMatchObject({ launchedBy: 0, training: { maxTrainSteps: 24 } })
})

test("a schedule that the program does not promise to honour is never asked for: nothing runs, nothing is launched", async () => {
  const { ran, stands, answered, proposal } = await run(
    Effect.gen(function* () {
      const { ran, stands } = yield* carriedOut("lacking", [{ ...rounds, clipNorm: 1 }], carries, ["schedule"])
      const answered = yield* decisionOf("lacking", keys.answers.rounds(1))
      return { ran, stands, answered, proposal: yield* decisionOf("lacking", keys.proposal(1)) }
    }),
  )
  expect(ran).toEqual([])
  expect(answered).toMatchObject({ verdict: "undecided", because: "duties-undeclared", lacking: ["clip"] })
  expect(answered.text).toContain("it declares no `clip`")
  expect(proposal).toMatchObject({ decision: "keep", because: "nothing-proposed", winner: null })
  expect(stands.launchedBy).toBe(0)
})
