import type { Duty } from "@tanren/contract"
import { baselineStudy, type CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { decided } from "../src/decisions/decide-once.ts"
import { proposeLaunch } from "../src/decisions/launch.ts"
import { answer } from "../src/decisions/work/goal/answer.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { decodedSpec, simulatedRecord } from "./simulated-runs.ts"

const runPromise = simulatedRecord()

const specOf = (changes: { readonly argument?: string; readonly override?: string }): CampaignSpec => {
  const { argument, override } = changes
  return decodedSpec({
    name: "plain",
    trainer: { type: "program", command: ["python3", "train.py", ...(argument === undefined ? [] : [argument])] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
    baseline: { learning_rate: 0.1 },
    goals: [
      {
        question: "How low?",
        trials: 8,
        overrides: override === undefined ? [] : [{ rule: override, reason: "it draws its own seeds" }],
      },
    ],
  })
}

/** A campaign up to the launch of its first goal; the program declares `honours`, or nothing at all. */
const toTheLaunch = (id: string, spec: CampaignSpec, honours: ReadonlyArray<Duty> | null) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const run = (study: string, trials: number, best: number) =>
      Effect.forEach(Array.from({ length: trials }).keys(), (index) =>
        Effect.gen(function* () {
          const key = { campaign: id, study, index }
          const claim = yield* record.claim(key, { learning_rate: study === "baseline" ? 0.1 : 0.3 }, { init: index })
          if (!claim.claimed) throw new Error(`${study}/${index} ran before`)
          if (honours !== null) yield* record.describe(key, claim.fence, { type: "started", honours, about: {} })
          const outcome = { status: "completed", value: best + index / 1000, bestStep: 10 } as const
          yield* record.finish(key, claim.fence, outcome, [], 1)
        }),
      )
    yield* record.openCampaign({ id, name: "plain", directory: ".", file: "campaign.ts", spec }, spec.goals)
    yield* designBaseline(id)
    yield* run("baseline", baselineStudy(spec).trials, 0.6)
    const verdict = yield* judgeTheBaseline(id)
    for (const { study, trials } of yield* designStudies(id, 1)) yield* run(study, trials, 0.5)
    const reruns = yield* designReruns(id, 1)
    for (const { study, trials } of reruns) yield* run(study, trials, 0.5)
    yield* answer(id, 1)
    const proposal = yield* proposeLaunch(id, 1)
    return {
      verdict,
      reruns,
      answer: yield* decided(id, keys.answers.goal(1)),
      proposal,
      because: (yield* decided(id, keys.proposal(1))).because,
    }
  })

test.each([
  ["says nothing of itself", null],
  ["declares other duties", ["cadence", "checkpoint"] as ReadonlyArray<Duty>],
])("re-runs refuse before they start where the program %s", async (name, honours) => {
  const found = await runPromise(toTheLaunch(name, specOf({}), honours))
  expect(found.verdict).toMatchObject({ proven: true })
  expect(found.verdict.proven && found.verdict.summary).toMatch(
    /does not declare the duty `seeds`.*nothing is launched/,
  )
  expect(found.reruns).toEqual([])
  expect(found.answer).toMatchObject({ verdict: "undecided", better: null })
  expect(found.answer.text).toMatch(/exploration only.*decide nothing: .*0\.500 \(best of 8\)/)
  expect(found.proposal.decision).toBe("undecided")
  expect(found.because).toBe("seeds-undeclared")
})

test.each([
  ["declares seeds", specOf({}), ["seeds"] as ReadonlyArray<Duty>],
  ["is handed a seed in its command", specOf({ argument: "--seed={seeds.init}" }), null],
  ["varies by itself, as a person says", specOf({ override: "undeclared-seeds" }), null],
])("re-runs run where the program %s", async (name, spec, honours) => {
  const found = await runPromise(toTheLaunch(name, spec, honours))
  expect(found.reruns).toHaveLength(1)
  expect(found.answer.verdict).toBe("best-found")
  expect(found.proposal.decision).toBe("adopt")
})
