import { join } from "node:path"
import { type Decisions, decisionActivities, StateFolder } from "@tanren/activities"
import type { Duty } from "@tanren/contract"
import type { CampaignSpec, Work } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord } from "@tanren/record"
import { studyPoint } from "@tanren/search"
import type { Hyperparameters } from "@tanren/terms"
import { Effect, Layer, ManagedRuntime } from "effect"
import { enter } from "../src/enter.ts"
import { folder } from "./command-run.ts"

/** What a training program would come to at a point, trained so long; null where it diverges. */
export type Truth = (point: Hyperparameters, maxTrainSteps: number) => number | null

interface Simulation {
  /** A campaign file's contents. */
  readonly file: object
  readonly truth: Truth
  /** Whether the program declares that it honours seeds; it does unless said. */
  readonly seeds?: boolean
  /** What it declares beside that. */
  readonly declares?: ReadonlyArray<Duty>
  /** What a person says where the campaign asks whether to refine. */
  readonly word?: "refine" | "judge"
  /** Looks at the record after each step. */
  readonly look?: (id: string, spec: CampaignSpec) => Effect.Effect<void, unknown, ExperimentRecord>
}

const ID = "simulated"

/** Takes a campaign to its end as the workflows would, training aside; then reads its record. */
export const simulated = async <A, E>(
  { file, truth, seeds = true, declares = [], word = "judge", look }: Simulation,
  read: (id: string, spec: CampaignSpec) => Effect.Effect<A, E, ExperimentRecord>,
): Promise<A> => {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  const place = folder()
  // In memory: a record on disk waits for the disk at every trial.
  const runtime = ManagedRuntime.make(Layer.mergeAll(ExperimentRecord.layer(":memory:"), StateFolder.layer(place)))
  const decide: Decisions = decisionActivities(runtime)
  const looked = async () => {
    if (look !== undefined) await runtime.runPromise(look(ID, spec))
  }
  const run = async (studies: ReadonlyArray<{ readonly study: string }>): Promise<void> => {
    await looked()
    for (const { study } of studies)
      await runtime.runPromise(runStudy(study, truth, [...(seeds ? ["seeds" as const] : []), ...declares]))
    await looked()
  }
  try {
    await runtime.runPromise(enter(ID, { directory: place, file: join(place, "campaign.json"), spec }, place))
    await decide.openCampaign({ campaign: ID })
    await looked()
    await run([await decide.designBaseline({ campaign: ID })])
    await decide.judgeBaseline({ campaign: ID })
    for (const [at, { kind }] of spec.goals.entries()) {
      const ticket = { campaign: ID, goal: at + 1 }
      await played[kind](decide, ticket, run, word)
      await decide.proposeLaunch(ticket)
      await decide.settleLaunch({ ...ticket, person: null })
      await run([])
    }
    await decide.closeCampaign({ campaign: ID, status: "finished", note: "simulated" })
    await looked()
    return await runtime.runPromise(read(ID, spec))
  } finally {
    await runtime.dispose()
  }
}

type Play = (
  decide: Decisions,
  ticket: { readonly campaign: string; readonly goal: number },
  run: (studies: ReadonlyArray<{ readonly study: string }>) => Promise<void>,
  word: "refine" | "judge",
) => Promise<void>

const answered: Play = async (decide, ticket, run, word) => {
  await run(await decide.designGoal(ticket))
  for (let round = 1; ; round++) {
    const refinement = await decide.refine({ ...ticket, round })
    if (refinement.next === "judge") break
    if (refinement.next === "ask") {
      await run([])
      if (!(await decide.settleRefinement({ ...ticket, round, word })).run) break
    }
    await run(refinement.studies)
  }
  await run(await decide.designRepeats(ticket))
  await decide.answerGoal(ticket)
}

const ranInRounds: Play = async (decide, ticket, run) => {
  for (let round = 1; ; round++) {
    const { studies, last } = await decide.designRound({ ...ticket, round })
    await run(studies)
    await decide.judgeRound({ ...ticket, round })
    if (last) break
  }
  await run(await decide.designRoundsReruns(ticket))
  await decide.answerRounds(ticket)
}

const tuned: Play = async (decide, ticket, run) => {
  await decide.refineSpace(ticket)
  for (let batch = 1; ; batch++) {
    const { studies, last } = await decide.designBatch({ ...ticket, batch })
    await run(studies)
    if (last) break
  }
  await run(await decide.designCandidateReruns(ticket))
  await decide.answerFinalTuning(ticket)
}

/** What the workflow of each kind of work asks, in its order. */
const played: Readonly<Record<Work["kind"], Play>> = { goal: answered, rounds: ranInRounds, "final-tuning": tuned }

const runStudy = (id: string, truth: Truth, honours: ReadonlyArray<Duty>) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const row = yield* record.study(ID, id)
    if (row === null) throw new Error(`the record holds no study ${id}`)
    const steps = row.design.training?.maxTrainSteps ?? 10
    for (let index = 0; index < row.trials; index++) {
      const key = { campaign: ID, study: id, index }
      const point = studyPoint(row.design, index)
      const claim = yield* record.claim(key, point, { init: index })
      if (!claim.claimed) throw new Error(`${id}/${index} ran before`)
      yield* record.describe(key, claim.fence, { type: "started", honours, about: {} })
      const value = truth(point, steps)
      // Retraining moves the metric a little, otherwise in every run.
      const final = (value ?? 0) + 0.002 * Math.sin(37 * index)
      const curve = Array.from({ length: steps }, (_, at) => ({
        step: at + 1,
        metrics: { "valid/error": final + 0.01 * (steps - at - 1) },
      }))
      yield* value === null
        ? record.finish(key, claim.fence, { status: "infeasible", reason: "diverged" }, [], 1)
        : record.finish(key, claim.fence, { status: "completed", value: final, bestStep: steps }, curve, 1)
    }
  })
