import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TrainerEvent, TrialFile } from "@tanren/contract"
import { afterAll, beforeAll, expect, test } from "vitest"
import { resume, runTrial, selectBackend } from "../src/index.ts"
import { rules, STEPS, taskWith, trialIn } from "./small-trial.ts"

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tanren-prolong-"))
  await selectBackend("cpu")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LONG = 36
const WARMUP = 3
/** The last evaluation before the short trial's decay begins, at step 10 behind 3 of warmup. */
const AT = 12
const decaying = (steps: number): Partial<TrialFile> => ({
  maxTrainSteps: steps,
  warmupSteps: WARMUP,
  schedule: { type: "linear", endFactor: 0.1, decayStart: 10 + steps - STEPS },
})

/** Metrics by step, without times; to the last bit. */
const curveOf = async (trial: TrialFile, [, rule, rate]: (typeof rules)[number]) => {
  const events: Array<TrainerEvent> = []
  const { resumed } = resume(trial)
  const ending = await runTrial(
    trial,
    taskWith(rule, rate),
    resumed,
    (event) => events.push(event),
    () => false,
  )
  expect(ending).toBe("finished")
  const metrics = events.flatMap((event) => (event.type === "metrics" ? [event] : []))
  return metrics.map(({ step, metrics }) => ({
    step,
    ...Object.fromEntries(Object.entries(metrics).filter(([name]) => !name.startsWith("time/"))),
  }))
}

const upTo = (curve: ReadonlyArray<{ readonly step: number }>, step: number) => curve.filter((one) => one.step <= step)

test.each(rules)("a longer trial goes on from where a short one's decay began, bit for bit: %s", async (...rule) => {
  const [name] = rule
  const short = trialIn(folder, `${name}-short`, { ...decaying(STEPS), keepCheckpoints: 0, keepCheckpointAt: AT })
  const shortCurve = await curveOf(short, rule)
  // Neither the last nor one of the best that may stay: it stays because it was asked for.
  expect(readdirSync(short.checkpointDir)).toEqual(["step-000000012.checkpoint", "step-000000020.checkpoint"])

  const whole = await curveOf(trialIn(folder, `${name}-whole`, decaying(LONG)), rule)
  const resumeFrom = join(short.checkpointDir, "step-000000012.checkpoint")
  const prolonged = await curveOf(trialIn(folder, `${name}-prolonged`, { ...decaying(LONG), resumeFrom }), rule)
  expect(prolonged[0]?.step).toBe(16)
  expect([...upTo(shortCurve, AT), ...prolonged]).toEqual(whole)
  // A step later the short one's rate has begun to fall, and the curves part.
  expect(shortCurve.find(({ step }) => step === 16)).not.toEqual(whole.find(({ step }) => step === 16))
})
