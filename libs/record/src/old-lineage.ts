import type { GoalDesign, Refinement } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { decisionIn } from "./decisions.ts"
import { keys } from "./keys.ts"
import { lineageOf } from "./lineage.ts"

interface OldStudy {
  readonly campaign: string
  readonly id: string
  readonly goal: number
  readonly design: string
}

/**
 * Gives the studies of records from before lineage was kept theirs. The recorded designs and refinements tell it; only
 * a study that none of them names has its round read from its id, where earlier versions wrote it (`g1.all.r2`).
 */
export const readOldLineage = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const stored = yield* sql<{ campaign: string; key: string; outcome: string }>`SELECT campaign, key, outcome
    FROM decisions WHERE key LIKE 'goal-%/design' OR key LIKE 'goal-%/refinement-%'`
  const decisions = stored.map(({ campaign, key, outcome }) => ({
    campaign,
    row: { key, rule: "", inputs: {}, outcome: JSON.parse(outcome) as unknown, decidedAt: "" },
  }))
  const studies = yield* sql<OldStudy>`SELECT campaign, id, goal, design FROM studies WHERE goal > 0`
  for (const { campaign, id, goal, design } of studies) {
    const mine = decisions.filter((one) => one.campaign === campaign).map(({ row }) => row)
    const refinements: Array<Refinement> = []
    for (let next = decisionIn(mine, keys.refinement(goal, 1)); next !== undefined; ) {
      refinements.push({ ...next.outcome, studies: next.outcome.studies ?? [] })
      next = decisionIn(mine, keys.refinement(goal, refinements.length + 1))
    }
    const first = wholeGoal(decisionIn(mine, keys.design(goal))?.outcome)
    const study = wholeStudy(JSON.parse(design))
    const lineage = lineageOf(first, study, roundOf(id, first, refinements))
    yield* sql`UPDATE studies SET round = ${lineage.round}, base = ${lineage.of},
      scientific = ${JSON.stringify(lineage.scientific)} WHERE campaign = ${campaign} AND id = ${id}`
  }
})

/** A version of long ago may have recorded no roles, or no values: whatever is not there tells of no lineage. */
const wholeGoal = (design: Partial<GoalDesign> | undefined): Designed | undefined =>
  design === undefined ? undefined : { roles: design.roles ?? [], studies: (design.studies ?? []).map(wholeStudy) }

const wholeStudy = (study: StudyDesign): StudyDesign => ({
  ...study,
  scientific: study.scientific ?? {},
  held: study.held ?? {},
})

type Designed = Pick<GoalDesign, "roles" | "studies">

const roundOf = (id: string, first: Designed | undefined, refinements: ReadonlyArray<Refinement>): number => {
  const holds = ({ studies }: Pick<GoalDesign, "studies">) => studies.some((study) => study.id === id)
  if (first !== undefined && holds(first)) return 0
  const round = 1 + refinements.findIndex(holds)
  return round > 0 ? round : Number(/\.r(\d+)$/.exec(id)?.[1] ?? 0)
}
