import { BASELINE_STUDY, type CampaignSpec, type Work } from "@tanren/playbook"
import type { CampaignStatus } from "@tanren/terms"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import { keys } from "./keys.ts"
import type { CampaignRow, Purpose, StudyRow } from "./rows.ts"

interface StoredCampaign {
  readonly id: string
  readonly name: string
  readonly directory: string
  readonly file: string
  readonly spec: string
  readonly status: CampaignStatus
  readonly note: string | null
  readonly started_at: string
  readonly finished_at: string | null
}

const campaignOf = (row: StoredCampaign): CampaignRow => ({
  id: row.id,
  name: row.name,
  directory: row.directory,
  file: row.file,
  spec: specOf(JSON.parse(row.spec)),
  status: row.status,
  note: row.note,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})

/** Records of before there were kinds of work hold goals alone, and do not say so. */
const specOf = (spec: CampaignSpec): CampaignSpec => ({ ...spec, goals: spec.goals.map((work) => workOf(work)) })

const workOf = (work: Work, kind: Work["kind"] = "goal"): Work => Object.assign({ kind }, work)

/**
 * Ordinals start at 1; adding the same work at the same place twice is one piece of work. Workflows that were started
 * before there were kinds of work hand over goals that do not say so.
 */
const addGoal = (sql: SqlClient.SqlClient) => (campaign: string, ordinal: number, given: Work) => {
  const work = workOf(given)
  return Effect.asVoid(sql`INSERT INTO goals (campaign, ordinal, kind, goal)
    VALUES (${campaign}, ${ordinal}, ${work.kind}, ${JSON.stringify(work)}) ON CONFLICT DO NOTHING`)
}

interface StoredStudy {
  readonly id: string
  readonly goal: number
  readonly purpose: Purpose
  readonly round: number
  readonly base: string | null
  readonly scientific: string
  readonly design: string
  readonly trials: number
}

const studyOf = (row: StoredStudy): StudyRow => ({
  id: row.id,
  goal: row.goal,
  purpose: row.purpose,
  round: row.round,
  of: row.base,
  scientific: JSON.parse(row.scientific),
  design: JSON.parse(row.design),
  trials: row.trials,
})

const now = Effect.sync(() => new Date().toISOString())

export const campaignStatements = (sql: SqlClient.SqlClient) => ({
  /** Freezes the spec and the goals; opening the same campaign again changes nothing. */
  openCampaign: (
    campaign: Pick<CampaignRow, "id" | "name" | "directory" | "file" | "spec">,
    goals: ReadonlyArray<Work>,
  ) =>
    sql.withTransaction(
      Effect.gen(function* () {
        const startedAt = yield* now
        yield* sql`INSERT INTO campaigns (id, name, directory, file, spec, status, started_at)
          VALUES (${campaign.id}, ${campaign.name}, ${campaign.directory}, ${campaign.file},
            ${JSON.stringify(campaign.spec)}, 'running', ${startedAt}) ON CONFLICT (id) DO NOTHING`
        for (const [position, work] of goals.entries()) yield* addGoal(sql)(campaign.id, position + 1, work)
      }),
    ),

  campaign: (id: string) =>
    Effect.map(sql<StoredCampaign>`SELECT * FROM campaigns WHERE id = ${id}`, (rows) =>
      rows[0] === undefined ? null : campaignOf(rows[0]),
    ),

  /** Newest first. */
  campaigns: () =>
    Effect.map(sql<StoredCampaign>`SELECT * FROM campaigns ORDER BY started_at DESC, id DESC`, (rows) =>
      rows.map(campaignOf),
    ),

  /** A finished campaign is finished: only a running one changes. */
  closeCampaign: (id: string, status: CampaignStatus, note: string | null) =>
    Effect.gen(function* () {
      const at = yield* now
      yield* sql`UPDATE campaigns SET status = ${status}, note = ${note}, finished_at = ${at}
        WHERE id = ${id} AND status = 'running'`
    }),

  /**
   * A campaign that had ended goes on. One that had failed gets another chance: what did not train is tried again, and
   * the verdict on a baseline that nothing proved is made anew.
   */
  reopenCampaign: (id: string) =>
    sql.withTransaction(
      Effect.gen(function* () {
        const [row] = yield* sql<{ status: CampaignStatus }>`SELECT status FROM campaigns WHERE id = ${id}`
        if (row?.status === "failed") {
          yield* sql`DELETE FROM decisions WHERE campaign = ${id} AND key IN (${keys.baseline.text}, ${keys.code(0).text})
            AND NOT EXISTS (SELECT 1 FROM studies WHERE campaign = ${id} AND purpose <> 'baseline')`
          yield* sql`UPDATE trials SET status = 'cancelled' WHERE campaign = ${id} AND study = ${BASELINE_STUDY}
            AND status = 'failed' AND NOT EXISTS (SELECT 1 FROM decisions WHERE campaign = ${id} AND key = ${keys.baseline.text})`
        }
        yield* sql`UPDATE campaigns SET status = 'running', note = NULL, finished_at = NULL WHERE id = ${id}`
      }),
    ),

  /** The agenda, whatever the kinds of work on it. */
  goals: (campaign: string) =>
    Effect.map(
      sql<{ kind: Work["kind"]; goal: string }>`SELECT kind, goal FROM goals
        WHERE campaign = ${campaign} ORDER BY ordinal`,
      (rows) => rows.map(({ kind, goal }) => workOf(JSON.parse(goal), kind)),
    ),

  addGoal: addGoal(sql),

  /** Adding it again changes nothing. */
  addStudy: (campaign: string, study: StudyRow) =>
    Effect.asVoid(sql`INSERT INTO studies (campaign, id, goal, purpose, round, base, scientific, design, trials)
      VALUES (${campaign}, ${study.id}, ${study.goal}, ${study.purpose}, ${study.round}, ${study.of},
        ${JSON.stringify(study.scientific)}, ${JSON.stringify(study.design)}, ${study.trials})
      ON CONFLICT DO NOTHING`),

  /** More trials of a study that lists its points; fewer are never asked for again. */
  growStudy: (campaign: string, id: string, trials: number, design: StudyRow["design"]) =>
    Effect.asVoid(sql`UPDATE studies SET trials = ${trials}, design = ${JSON.stringify(design)}
      WHERE campaign = ${campaign} AND id = ${id} AND trials < ${trials}`),

  study: (campaign: string, id: string) =>
    Effect.map(sql<StoredStudy>`SELECT * FROM studies WHERE campaign = ${campaign} AND id = ${id}`, (rows) =>
      rows[0] === undefined ? null : studyOf(rows[0]),
    ),

  studies: (campaign: string) =>
    Effect.map(
      sql<StoredStudy>`SELECT * FROM studies WHERE campaign = ${campaign} ORDER BY goal, purpose DESC, id`,
      (rows) => rows.map(studyOf),
    ),
})
