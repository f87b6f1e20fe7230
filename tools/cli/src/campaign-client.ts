import { randomBytes } from "node:crypto"
import type { CampaignSpec, Work } from "@tanren/playbook"
import { controlQueue, type StackNote, trainingQueue } from "@tanren/workers"
import {
  addGoal,
  approve,
  campaign as campaignWorkflow,
  cancel,
  pause,
  refineOrJudge,
  reject,
  resume,
  status,
} from "@tanren/workflows"
import { campaignId, launchId, NOT_ASKED, workId } from "@tanren/workflows/names"
import {
  Client,
  Connection,
  WithStartWorkflowOperation,
  WorkflowIdConflictPolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from "@temporalio/client"
import { ApplicationFailure } from "@temporalio/common"
import { Effect, Schema } from "effect"

/** Temporal could not be asked, or refused what was asked of it. */
export class Unanswered extends Schema.TaggedError<Unanswered>()("Unanswered", { message: Schema.String }) {}

/** A word on a question that no workflow asks: not yet, or no longer. */
export class NotAsked extends Schema.TaggedError<NotAsked>()("NotAsked", { message: Schema.String }) {}

type Where = Pick<StackNote, "address" | "namespace" | "scope">

/** A fresh start gets another run id, so that it cannot meet an old workflow or an old trial. */
export const freshRunId = (name: string): string => `${name}-${randomBytes(3).toString("hex")}`

/** The campaign side of a Temporal client; closed with the scope. */
export const campaignClient = Effect.fn("campaignClient")(function* ({ address, namespace, scope }: Where) {
  const connection = yield* Effect.acquireRelease(
    asking(() => Connection.connect({ address })),
    (opened) => Effect.promise(() => opened.close()),
  )
  const client = new Client({ connection, namespace })
  const handle = (campaign: string) => client.workflow.getHandle(campaignId(campaign))

  const options = (campaign: string, spec: CampaignSpec) => ({
    workflowId: campaignId(campaign),
    taskQueue: controlQueue(scope),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    args: [
      {
        campaign,
        taskQueue: trainingQueue(scope, spec.trainer.resources),
        wallSeconds: spec.limits.wallSeconds,
        window: spec.policy.parallel,
        continueAsNewAfter: spec.policy.continueAsNewAfter,
      },
    ] as Parameters<typeof campaignWorkflow>,
  })

  return {
    /** Starts the workflow, or finds it running. */
    start: (campaign: string, spec: CampaignSpec) =>
      asking(() => client.workflow.start(campaignWorkflow, options(campaign, spec))),

    /** Together with its first goal, so that a campaign that had ended cannot end again before the goal arrives. */
    startWithGoal: (campaign: string, spec: CampaignSpec, goal: Work) =>
      asking(() =>
        client.workflow.executeUpdateWithStart(addGoal, {
          args: [asWritten(goal)],
          startWorkflowOperation: new WithStartWorkflowOperation(campaignWorkflow, options(campaign, spec)),
        }),
      ),

    /** `absent` also when Temporal has forgotten it, as a dev server does after a day. */
    state: (campaign: string) =>
      asking(async () => {
        try {
          return (await handle(campaign).describe()).status.name
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return "absent" as const
          throw error
        }
      }),

    /** The agenda grows in a running campaign. */
    addGoal: (campaign: string, goal: Work) =>
      asking(() => handle(campaign).executeUpdate(addGoal, { args: [asWritten(goal)] })),
    pause: (campaign: string) => asking(() => handle(campaign).executeUpdate(pause)),
    resume: (campaign: string) => asking(() => handle(campaign).executeUpdate(resume)),
    cancel: (campaign: string) => asking(() => handle(campaign).executeUpdate(cancel)),

    /** A person's word on a refinement that waits for it. */
    refine: (campaign: string, goal: number, word: "refine" | "judge") =>
      saying(() =>
        client.workflow.getHandle(workId(campaign, "goal", goal)).executeUpdate(refineOrJudge, { args: [word] }),
      ),

    /** Whether a running campaign starts new trials. */
    paused: (campaign: string) => asking(async () => (await handle(campaign).query(status)).paused),

    /** A person's word on a launch that waits for it. */
    decide: (campaign: string, goal: number, word: "approve" | "reject", by: string, note: string) =>
      saying(() =>
        client.workflow
          .getHandle(launchId(campaign, goal))
          .executeUpdate(word === "approve" ? approve : reject, { args: [by, note] }),
      ),
  }
})

export type CampaignClient = Effect.Success<ReturnType<typeof campaignClient>>

/** As a file may have it: a process of before there were kinds of work refuses a goal that names its kind. */
const asWritten = ({ kind, ...rest }: Work): object => (kind === "goal" ? rest : { kind, ...rest })

const asking = <A>(ask: () => Promise<A>): Effect.Effect<A, Unanswered> =>
  Effect.tryPromise({ try: ask, catch: (error) => new Unanswered({ message: messageOf(refusalOf(error)) }) })

/** A person's word: that nobody asks for it is told apart from everything else that may go wrong. */
const saying = <A>(say: () => Promise<A>): Effect.Effect<A, Unanswered | NotAsked> =>
  Effect.tryPromise({
    try: say,
    catch: (error) => {
      const refusal = refusalOf(error)
      const message = messageOf(refusal)
      const unasked = refusal instanceof ApplicationFailure && refusal.type === NOT_ASKED
      return unasked ? new NotAsked({ message }) : new Unanswered({ message })
    },
  })

/** A refused update carries the workflow's own words as its cause. */
const refusalOf = (error: unknown): unknown =>
  error instanceof WorkflowUpdateFailedError ? (error.cause ?? error) : error

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
