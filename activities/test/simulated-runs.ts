import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Duty } from "@tanren/contract"
import { baselineStudy, type CampaignSpec } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord } from "@tanren/record"
import { type StudyDesign, studyPoint } from "@tanren/search"
import type { Hyperparameters } from "@tanren/terms"
import { Effect, Layer, ManagedRuntime } from "effect"
import { afterAll } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { campaignOf } from "../src/decisions/campaign.ts"
import { studiesOf } from "../src/decisions/work/goal/goal-studies.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { StateFolder } from "../src/state-folder.ts"

/** A record of the test file's own, and what runs decisions on it; gone after its tests. */
export const simulatedRecord = () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-simulated-"))
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(ExperimentRecord.layer(join(folder, "record.sqlite")), StateFolder.layer(folder)),
  )
  afterAll(async () => {
    await runtime.dispose()
    rmSync(folder, { recursive: true })
  })
  return runtime.runPromise
}

/** What a training program would come to at a point, at its 24th and last step; null where it diverges. */
export type Truth = (point: Hyperparameters) => number | null

const STEPS = 24

/** A loss that falls in a straight line to its value at the last step: training was cut short. */
const stillFalling = (value: number, step: number) => ({
  step,
  metrics: { "valid/loss": value + 0.01 * (STEPS - step) },
})

/** @param honours the duties that the program declares; undefined where it says nothing of itself */
export const runStudy = (id: string, study: StudyDesign, truth: Truth, honours?: ReadonlyArray<Duty>) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    for (let index = 0; index < study.trials; index++) {
      const key = { campaign: id, study: study.id, index }
      const point = studyPoint(study, index)
      const claim = yield* record.claim(key, point, { init: index })
      if (!claim.claimed) throw new Error(`${study.id}/${index} ran before`)
      if (honours !== undefined) yield* record.describe(key, claim.fence, { type: "started", honours, about: {} })
      // Retraining moves the loss a little, otherwise in every run.
      const noise = 0.002 * Math.sin(37 * index)
      const value = truth(point)
      yield* record.finish(
        key,
        claim.fence,
        value === null
          ? { status: "infeasible", reason: "diverged" }
          : { status: "completed", value: value + noise, bestStep: STEPS },
        value === null ? [] : Array.from({ length: STEPS }, (_, at) => stillFalling(value + noise, at + 1)),
        1,
      )
    }
  })

/** A campaign of which the baseline and the goal's studies ran. */
export const opened = (id: string, spec: CampaignSpec, truth: Truth) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
    yield* designBaseline(id)
    yield* runStudy(id, baselineStudy(spec), truth)
    yield* judgeTheBaseline(id)
    yield* designStudies(id, 1)
    const { all } = yield* studiesOf(yield* campaignOf(id), 1)
    for (const study of all) yield* runStudy(id, study, truth)
  })

/** A campaign file's contents as the record keeps them. */
export const decodedSpec = (file: unknown): CampaignSpec => {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  return decoded.spec
}
