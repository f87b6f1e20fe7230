import { type CampaignSpec, planCampaign, type Work } from "@tanren/playbook"
import { ExperimentRecord, readStanding } from "@tanren/record"
import type { Progress } from "@tanren/report"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { progressOf } from "../src/progress.ts"
import { folder } from "./command-run.ts"
import { expectedOf, leaveBehind } from "./old-record.ts"
import { simulated, type Truth } from "./simulated-campaign.ts"

const file = (changes: object = {}) => ({
  name: "progress",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 10,
  evalEverySteps: 1,
  hyperparameters: [
    { name: "width", type: "discrete", values: [8, 16, 32] },
    { name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" },
  ],
  baseline: { width: 8, learning_rate: 0.1 },
  goals: [{ question: "How low?", fixed: ["width"], trials: 24 }],
  ...changes,
})

/** The best learning rate lies far above the range: the space has to be widened. */
const above: Truth = ({ learning_rate }) => 0.2 + 0.05 * (Math.log10(Number(learning_rate)) - 1) ** 2

const widths = [{ question: "Which width?", scientific: ["width"], trials: 72, repeats: 3 }]
const few = [{ ...widths[0], trials: 12 }]
const shown = { question: "How low?", fixed: ["width"], trials: 24, repeats: { toShow: 0.05, atMost: 30 } }
const rounds = { kind: "rounds", question: "Longer?", fixed: ["width"], maxTrainSteps: 40, trials: 20 }
const tune = { kind: "final-tuning", question: "Best?", fixed: ["width"], trials: 10, parallel: 4, top: 2 }
const perWidth = 3 * (16 + 3)

interface Case {
  readonly file: object
  readonly truth: Truth
  readonly seeds?: boolean
  readonly word?: "refine" | "judge"
  /** Trials at the end; the plan's all, unless given. */
  readonly ends?: number
}

type Named = [string, Case]

/** A kind of work without a case does not compile. */
const cases: Readonly<Record<Work["kind"], readonly [Named, ...ReadonlyArray<Named>]>> = {
  goal: [
    ["refinements spent", { file: file(), truth: above }],
    ["nothing to refine", { file: file({ policy: { refine: "auto" } }), truth: () => 0.2, ends: 5 + 16 + 5 }],
    ["a policy that never refines", { file: file({ policy: { refine: "never" } }), truth: above }],
    ["a person who refines", { file: file({ policy: { refine: "ask" } }), truth: above, word: "refine" }],
    [
      "a person who judges",
      { file: file({ policy: { refine: "ask" } }), truth: above, word: "judge", ends: 5 + 16 + 5 },
    ],
    [
      "re-runs as many as the noise asks for",
      // No run differs from another here, so that as many are run as the baseline has.
      { file: file({ goals: [shown], policy: { refine: "never" } }), truth: above, ends: 5 + 24 + 5 },
    ],
    ["no re-runs, for seeds are not declared", { file: file(), truth: above, seeds: false, ends: 5 + 24 }],
    ["three scientific values", { file: file({ goals: widths }), truth: above, ends: 5 + perWidth + 3 * 8 }],
    ["a joint study", { file: file({ goals: [{ ...widths[0], studies: "joint", trials: 24 }] }), truth: above }],
    [
      "goal after goal",
      { file: file({ goals: [...few, { question: "And now?", fixed: ["width"], trials: 4 }] }), truth: above },
    ],
  ],
  rounds: [
    ["rounds of growing length", { file: file({ goals: [rounds] }), truth: above }],
    [
      "rounds after a goal, whose trials are the first",
      { file: file({ goals: [...few, { ...rounds, fixed: [], trials: 0 }] }), truth: above },
    ],
    [
      "three rounds under one total",
      { file: file({ goals: [{ ...rounds, trials: undefined, steps: 2000, rounds: 3 }] }), truth: above },
    ],
    ["one round", { file: file({ goals: [{ ...rounds, rounds: 1 }] }), truth: above }],
    [
      "rounds without re-runs, for seeds are not declared",
      { file: file({ goals: [rounds] }), truth: above, seeds: false, ends: 5 + 20 + 6 },
    ],
    [
      "rounds with a schedule that the program does not declare",
      { file: file({ goals: [{ ...rounds, schedule: { type: "cosine" } }] }), truth: above, ends: 5 },
    ],
    [
      "rounds of which too few points gave a value",
      {
        file: file({ goals: [rounds] }),
        truth: ({ learning_rate }) => (learning_rate === 0.1 ? 0.2 : null),
        ends: 5 + 20 + 1 + 5,
      },
    ],
  ],
  "final-tuning": [
    ["final tuning after a goal", { file: file({ goals: [...few, tune] }), truth: above }],
    ["quasi-random final tuning", { file: file({ goals: [{ ...tune, algorithm: "halton" }] }), truth: above }],
    [
      "a final tuning that ends early",
      { file: file({ goals: [{ ...tune, trials: 40 }] }), truth: () => 0.2, ends: 5 + 20 + 2 * 5 },
    ],
    [
      "final tuning without re-runs, for seeds are not declared",
      { file: file({ goals: [tune] }), truth: above, seeds: false, ends: 5 + 10 },
    ],
    [
      "final tuning of which one point gave a value",
      {
        file: file({ goals: [{ ...tune, trials: 4 }] }),
        truth: ({ learning_rate }) => (learning_rate === 0.1 ? 0.2 : null),
        ends: 5 + 4,
      },
    ],
  ],
}

test.each(Object.values(cases).flat())(
  "progress begins with the plan's trials and ends with all done: %s",
  async (_, { ends, ...simulation }) => {
    const seen: Array<Progress> = []
    const look = (id: string, spec: CampaignSpec) =>
      Effect.map(readStanding({ id, spec }), ({ standing, trials }) => {
        seen.push(progressOf(spec, standing, trials))
      })
    const spec = await simulated({ ...simulation, look }, (_id, decoded) => Effect.succeed(decoded))
    const { runs } = planCampaign(spec).totals
    expect(seen[0]).toMatchObject({ phase: "baseline", done: 0, total: runs })
    for (const { done, total } of seen) expect(total).toBeGreaterThanOrEqual(done)
    const wanted = ends ?? runs
    expect(seen.at(-1)).toMatchObject({ phase: "finished", done: wanted, total: wanted })
  },
)

const readOld = async (name: string): Promise<Progress> => {
  const { id } = expectedOf(name).campaign
  const read = Effect.gen(function* () {
    const row = yield* (yield* ExperimentRecord).campaign(id)
    if (row === null) throw new Error(`${id} is not there`)
    const { standing, trials } = yield* readStanding(row)
    return progressOf(row.spec, standing, trials)
  })
  return Effect.runPromise(Effect.provide(read, ExperimentRecord.layer(leaveBehind(name, folder()))))
}

test.each([
  ["finished", "finished", 83, 83],
  ["unseeded", "finished", 27, 27],
  ["joint", "finished", 77, 77],
  ["half", "goal 2 of 2: studies", 65, 87],
  ["asked", "goal 2 of 2: waiting for approval of the launch", 46, 46],
])("the record `%s` of commit 9d8988f is told to be %s", async (name, phase, done, total) => {
  const progress = await readOld(name)
  expect(progress).toMatchObject({ phase, done, total })
})
