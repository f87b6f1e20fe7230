import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Attempt, measurementsOf, type TrainerEvent, type TrialFile } from "@tanren/contract"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import {
  findNative,
  nesterov,
  readCheckpoint,
  resume,
  runTrial,
  selectBackend,
  stream,
  type Task,
  uniform,
  wordOf,
} from "../src/index.ts"
import { rules, STEPS, taskWith, trialIn } from "./small-trial.ts"

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 600_000 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-resume-"))
})
// What was killed may still have a file in the disk's hands.
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

class Killed extends Error {}

/** An attempt's events and its last announced checkpoint; a null path where there is none. */
interface Ended extends Attempt {
  readonly last: { readonly path: string | null; readonly step: number }
  /** Steps begun, and lines written or attempted: the moments at which it could be killed. */
  readonly moments: number
}

/**
 * One attempt. `killAt`: from this moment on nothing is said any more and the loop is torn down where it stands, with
 * no checkpoint, as SIGKILL would leave it; moments are the starts of steps and the lines of the event log.
 * `stopAfter`: asked to stop, as by SIGTERM, once so many steps are done.
 */
const attempt = async (
  trial: TrialFile,
  task: Task,
  end: { readonly killAt?: number; readonly stopAfter?: number } = {},
): Promise<Ended> => {
  const events: Array<TrainerEvent> = []
  const { resumed } = resume(trial)
  const from = resumed?.checkpoint.step ?? 0
  let moments = 0
  const live = (): void => {
    if (moments++ >= (end.killAt ?? Number.POSITIVE_INFINITY)) throw new Killed()
  }
  let steps = from
  const emit = (event: TrainerEvent): void => {
    live()
    events.push(event)
  }
  // The loop asks once before each step.
  const stopAsked = (): boolean => {
    live()
    return steps++ === end.stopAfter
  }
  try {
    await runTrial(trial, task, resumed, emit, stopAsked)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
  const last = events.findLast((event) => event.type === "checkpoint") ?? { path: trial.resumeFrom, step: from }
  return { resumedFrom: resumed === undefined ? null : from, events, last, moments }
}

const lastStep = ({ events }: Attempt): number => Math.max(0, ...events.map((e) => (e.type === "metrics" ? e.step : 0)))

const backends = ["wasm", "node"] as const
const here = backends.filter((backend) => backend === "wasm" || findNative(backend) !== undefined)
for (const backend of backends.filter((one) => !here.includes(one))) {
  test.skip(`NOT TESTED: resuming on ${backend} (\`npx tanren setup tensorflow\` brings it)`, () => {})
}

describe.each(here)("on %s", (backend) => {
  beforeAll(async () => {
    expect(await selectBackend(backend)).toMatchObject({ backend })
  })

  // Evaluated also between checkpoints, so that a kill leaves measurements that the next attempt supersedes.
  const more = { evaluateEveryStepUntil: 10 }

  const undisturbed = async (name: string, task: Task) => {
    const whole = await attempt(trialIn(folder, `${backend}-${name}-whole`, more), task)
    const end = readCheckpoint(whole.last.path!)
    expect(end).toMatchObject({ ok: true, checkpoint: { step: STEPS } })
    return { whole, curve: measurementsOf([whole]), end }
  }

  test.each(rules)(
    "%s with ghost batch norm and dropout: killed at 20 random points, it ends bit by bit where it would have",
    async (name, rule, learningRate) => {
      const task = taskWith(rule, learningRate)
      const { whole, curve, end } = await undisturbed(name, task)
      const next = stream(20, wordOf(name))
      let superseded = 0
      let anew = 0
      for (let i = 0; i < 20; i++) {
        const killAt = Math.floor(uniform(next) * whole.moments)
        const first = await attempt(trialIn(folder, `${backend}-${name}-${i}-first`, more), task, { killAt })
        const at = `killed at moment ${killAt} of ${whole.moments}`
        // Nothing at the stop: what there is to go on from was due.
        expect(first.last.step % 4, at).toBe(0)
        superseded += lastStep(first) > first.last.step ? 1 : 0
        anew += first.last.path === null ? 1 : 0
        const again = { ...more, resumeFrom: first.last.path }
        const second = await attempt(trialIn(folder, `${backend}-${name}-${i}-second`, again), task)
        expect(measurementsOf([first, second]), at).toEqual(curve)
        // Killed after its last checkpoint, the second attempt has nothing left to train.
        expect(readCheckpoint(second.last.path!), at).toEqual(end)
      }
      expect(superseded).toBeGreaterThan(0)
      expect(anew).toBeLessThan(20)
    },
  )

  test.each(rules)(
    "%s: asked to stop between two evaluations, it goes on from there bit by bit",
    async (name, rule, learningRate) => {
      const task = taskWith(rule, learningRate)
      const { curve, end } = await undisturbed(`${name}-stopped`, task)
      for (const stopAfter of [0, 7, 13, 19]) {
        const first = await attempt(trialIn(folder, `${backend}-${name}-stop-${stopAfter}`, more), task, { stopAfter })
        expect(first.last.step).toBe(stopAfter)
        const again = { ...more, resumeFrom: first.last.path }
        const second = await attempt(trialIn(folder, `${backend}-${name}-goes-on-${stopAfter}`, again), task)
        expect(measurementsOf([first, second])).toEqual(curve)
        expect(readCheckpoint(second.last.path!)).toEqual(end)
      }
    },
  )

  test("other seeds give other curves, one kind of seed at a time", async () => {
    const task = taskWith(nesterov({ momentum: 0.9 }), 0.1)
    const lossWith = async (seeds: TrialFile["seeds"]) =>
      measurementsOf([await attempt(trialIn(folder, "seeds", { seeds }), task)]).at(-1)!.metrics["train/loss"]
    const losses = [
      await lossWith({ init: 1, data: 2, dropout: 3 }),
      await lossWith({ init: 9, data: 2, dropout: 3 }),
      await lossWith({ init: 1, data: 9, dropout: 3 }),
      await lossWith({ init: 1, data: 2, dropout: 9 }),
    ]
    expect(new Set(losses).size).toBe(4)
  })
})
