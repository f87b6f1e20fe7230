import type { WorkKind } from "@tanren/activities/contract"
import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  ContinueAsNew,
  condition,
  continueAsNew,
  defineQuery,
  defineUpdate,
  executeChild,
  isCancellation,
  log,
  patched,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow"
import { decide, rootMessage } from "./calls.ts"
import { launch } from "./launch.ts"
import { launchId, REPLACES_LOST, studyId, workId } from "./names.ts"
import { pausing } from "./pausing.ts"
import { study } from "./study.ts"
import * as work from "./work/index.ts"
import type { Work } from "./work/running.ts"

export interface CampaignInput {
  /** The campaign's run id. */
  readonly campaign: string
  readonly taskQueue: string
  readonly wallSeconds: number
  readonly window: number
  readonly continueAsNewAfter: number
  /** Workflows of before the command line wrote a campaign's row brought it along. Nobody reads it. */
  readonly opening?: unknown
  /** Carried over continue-as-new. */
  readonly carried?: { readonly goalsDone: number; readonly paused: boolean }
}

export interface CampaignStatus {
  readonly phase: "baseline" | WorkKind | "launch" | "finished"
  /** Its place on the agenda. */
  readonly goal: number
  readonly paused: boolean
}

export const status = defineQuery<CampaignStatus>("status")
export const pause = defineUpdate<void, []>("pause")
export const resume = defineUpdate<void, []>("resume")
export const cancel = defineUpdate<void, []>("cancel")
/** Appends to the agenda, whatever its kind of work; returns its place there. */
export const addGoal = defineUpdate<number, [goal: unknown]>("addGoal")

/** A workflow has its function's name, which holds no dash. */
const workOf: Readonly<Record<WorkKind, Work>> = { ...work, "final-tuning": work.finalTuning }

/** Baseline, then the agenda's work, each piece with its launch, for weeks. Playbook, "The incremental tuning strategy". */
export async function campaign(input: CampaignInput): Promise<string> {
  const { carried: _, opening: __, ...settings } = input
  const id = input.campaign
  const gate = pausing(input.carried?.paused ?? false)
  let goalsDone = input.carried?.goalsDone ?? 0
  let phase: CampaignStatus["phase"] = goalsDone > 0 ? "goal" : "baseline"
  let ran = 0
  let closing = false
  const everything = new CancellationScope()

  setHandler(status, () => ({ phase, goal: goalsDone + 1, paused: gate.paused }))
  setHandler(pause, () => gate.set(true), {
    validator: () => {
      if (gate.paused) throw new Error("the campaign is paused already")
    },
  })
  setHandler(resume, () => gate.set(false), {
    validator: () => {
      if (!gate.paused) throw new Error("the campaign is not paused")
    },
  })
  setHandler(cancel, () => everything.cancel())
  setHandler(
    addGoal,
    async (wanted) => {
      const added = await decide.addGoal({ campaign: id, goal: wanted })
      if ("refused" in added) throw ApplicationFailure.nonRetryable(added.refused, "Refused")
      return added.goal
    },
    {
      validator: (wanted) => {
        if (closing)
          throw new Error("the campaign is ending; add the goal when it has ended, by running its file again")
        if (typeof wanted !== "object" || wanted === null) throw new Error("a goal is an object with a question")
        if (JSON.stringify(wanted).length > 16_000) throw new Error("a goal has at most 16,000 characters")
      },
    },
  )

  const baseline = async (): Promise<string | null> => {
    const ticket = await decide.designBaseline({ campaign: id })
    await gate.runChild(study, studyId(id, ticket.study), { ...settings, study: ticket.study })
    ran += ticket.trials
    if (patched(REPLACES_LOST)) {
      for (;;) {
        const lost = await decide.replaceLost({ campaign: id, goal: 0 })
        if (lost.length === 0) break
        for (const one of lost) await gate.runChild(study, studyId(id, one.study), { ...settings, study: one.study })
      }
    }
    const verdict = await decide.judgeBaseline({ campaign: id })
    return verdict.proven ? null : verdict.reason
  }

  /** Nobody reads the agenda after the last look, so no goal may be added between that and the end. */
  const nothingLeft = async (): Promise<boolean> => {
    closing = true
    await condition(allHandlersFinished)
    const { goals } = await decide.agenda({ campaign: id })
    closing = goalsDone >= goals
    return closing
  }

  const close = async (ending: "finished" | "cancelled" | "failed", note: string): Promise<string> => {
    await decide.closeCampaign({ campaign: id, status: ending, note })
    phase = "finished"
    await condition(allHandlersFinished)
    return note
  }

  const run = async (): Promise<string> => {
    await gate.unpaused()
    if (input.carried === undefined) await decide.openCampaign({ campaign: id })
    if (phase === "baseline") {
      const broken = await baseline()
      if (broken !== null) return close("failed", broken)
    }
    for (;;) {
      const { goals, kinds } = await decide.agenda({ campaign: id })
      if (goalsDone >= goals && (await nothingLeft())) return close("finished", `${goalsDone} goals answered`)
      await gate.unpaused()
      const ordinal = goalsDone + 1
      const kind = kinds?.[goalsDone] ?? "goal"
      phase = kind
      ran += await gate.runChild(workOf[kind], workId(id, kind, ordinal), { ...settings, goal: ordinal })
      phase = "launch"
      await executeChild(launch, { workflowId: launchId(id, ordinal), args: [{ campaign: id, goal: ordinal }] })
      goalsDone = ordinal
      if (workflowInfo().continueAsNewSuggested || ran >= input.continueAsNewAfter) {
        await condition(allHandlersFinished)
        log.info("campaign continues as new", { goalsDone })
        await continueAsNew<typeof campaign>({ ...settings, carried: { goalsDone, paused: gate.paused } })
      }
    }
  }

  try {
    return await everything.run(run)
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error
    if (!isCancellation(error)) {
      await decide.closeCampaign({ campaign: id, status: "failed", note: rootMessage(error) })
      throw error
    }
    return CancellationScope.nonCancellable(() => close("cancelled", "cancelled by a person; nothing measured is lost"))
  }
}
