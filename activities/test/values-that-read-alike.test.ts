import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import type { Hyperparameters, Value } from "@tanren/terms"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { decided } from "../src/decisions/decide-once.ts"
import { proposeLaunch } from "../src/decisions/launch.ts"
import { answer } from "../src/decisions/work/goal/answer.ts"
import { refine } from "../src/decisions/work/goal/insight.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { decodedSpec, opened, runStudy, simulatedRecord } from "./simulated-runs.ts"

const runPromise = simulatedRecord()

interface Compared {
  readonly type: "discrete" | "categorical"
  readonly values: ReadonlyArray<Value>
  readonly labels: ReadonlyArray<string>
  /** What each value's loss comes to with the learning rate tuned. */
  readonly losses: ReadonlyArray<number>
}

const digits: Compared = {
  type: "discrete",
  values: [0.999, 0.99995, 0.99999],
  labels: ["c=0.999", "c=0.99995", "c=0.99999"],
  losses: [0.5, 0.8, 0.3],
}
const types: Compared = {
  type: "categorical",
  values: [1, "1", "1.0", true, "true"],
  labels: ["c=1", 'c="1"', "c=1.0", "c=true", 'c="true"'],
  losses: [0.5, 0.6, 0.7, 0.8, 0.3],
}

const specOf = ({ type, values }: Compared, studies: "each" | "joint"): CampaignSpec =>
  decodedSpec({
    name: "alike",
    trainer: { type: "program", command: ["python3", "train.py", "--seed={seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 24,
    evalEverySteps: 1,
    hyperparameters: [
      { name: "c", type, values },
      { name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" },
    ],
    baseline: { c: values[0], learning_rate: 0.1 },
    goals: [{ question: "Which c?", scientific: ["c"], trials: 8 * values.length, repeats: 3, studies }],
    policy: { refine: "never" },
  })

const truthOf =
  ({ values, losses }: Compared) =>
  ({ c, learning_rate: rate }: Hyperparameters) =>
    (losses[values.indexOf(c as Value)] ?? Number.NaN) + 0.05 * (Math.log10(Number(rate)) + 1) ** 2

describe.each([
  ["numbers that four digits do not tell apart", digits],
  ["values of different types", types],
])("%s", (name, compared) => {
  test.each(["each", "joint"] as const)("are answered and launched by themselves, layout %s", async (layout) => {
    const id = `${name} ${layout}`
    const truth = truthOf(compared)
    const { reruns, made, proposal, findings } = await runPromise(
      Effect.gen(function* () {
        const record = yield* ExperimentRecord
        yield* opened(id, specOf(compared, layout), truth)
        yield* refine(id, 1, 1)
        yield* designReruns(id, 1)
        const reruns = (yield* decided(id, keys.reruns(1))).values
        for (const value of reruns) if (value.reruns !== null) yield* runStudy(id, value.reruns, truth)
        yield* answer(id, 1)
        yield* proposeLaunch(id, 1)
        const proposal = (yield* record.decision(id, keys.proposal(1)))?.outcome
        return {
          reruns,
          made: yield* decided(id, keys.answers.goal(1)),
          proposal,
          findings: yield* decided(id, keys.findings(1, 1)),
        }
      }),
    )
    const { values, labels, losses } = compared
    const byLoss = labels.map((label, at) => ({ label, loss: losses[at]! })).toSorted((a, b) => a.loss - b.loss)
    expect(reruns.map(({ label }) => label).toSorted()).toEqual(labels.toSorted())
    for (const one of reruns) {
      expect(one.reruns?.held.c).toBe(values[labels.indexOf(one.label)])
      expect(one.trials.length).toBeGreaterThanOrEqual(5)
    }
    expect(new Set(reruns.map((one) => one.reruns?.id)).size).toBe(values.length)
    expect(new Set(reruns.flatMap(({ trials }) => trials)).size).toBe(8 * values.length)
    expect(made.groups.map(({ label }) => label)).toEqual(byLoss.map(({ label }) => label))
    expect(made.comparisons.map(({ best, other }) => [best, other])).toEqual(
      byLoss.slice(1).map(({ label }) => [byLoss[0]!.label, label]),
    )
    for (const { difference } of made.comparisons) expect(difference).toBeGreaterThan(0.05)
    expect(made.better).toBe(byLoss[0]!.label)
    expect(proposal?.decision).toBe("adopt")
    expect(proposal?.winner?.hyperparameters.c).toBe(values[losses.indexOf(0.3)])
    const isolation = findings.find(({ question }) => question === "isolation")
    expect(isolation?.evidence).toMatchObject({ best: byLoss[0]!.label })
    expect(isolation?.evidence.values).toHaveLength(values.length)
  })
})
