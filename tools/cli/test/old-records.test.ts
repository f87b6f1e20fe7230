import { ExperimentRecord, keys } from "@tanren/record"
import { answerText } from "@tanren/report"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"
import { folder } from "./command-run.ts"
import { expectedOf, leaveBehind, oldRecords } from "./old-record.ts"

const read = <A, E>(record: string, effect: Effect.Effect<A, E, ExperimentRecord>) =>
  Effect.runPromise(Effect.provide(effect, ExperimentRecord.layer(record)))

describe.each(oldRecords)("the record `%s` of commit 9d8988f", (name) => {
  const expected = expectedOf(name)
  const { id } = expected.campaign

  test("has the lineage of its studies in columns", async () => {
    const found = await read(
      leaveBehind(name, folder()),
      Effect.gen(function* () {
        const record = yield* ExperimentRecord
        const studies = yield* record.studies(id)
        const designs = yield* Effect.forEach(expected.goals, (_, at) => record.decision(id, keys.design(at + 1)))
        return { studies, designs: designs.map((design) => design?.outcome) }
      }),
    )
    expect(found.studies.map((study) => study.id).toSorted()).toEqual(expected.studies.map((one) => one.id).toSorted())
    const row = (study: string) => found.studies.find((one) => one.id === study)
    for (const [at, { values = [] }] of expected.goals.entries()) {
      for (const { scientific, studies, reruns } of values) {
        const [first, ...refined] = studies
        expect(row(first ?? "")).toMatchObject({ goal: at + 1, round: 0, of: null })
        for (const [before, study] of refined.entries())
          expect(row(study)).toMatchObject({ goal: at + 1, round: before + 1, of: first, purpose: "search" })
        if (reruns !== null) {
          expect(row(reruns.study)).toMatchObject({ goal: at + 1, round: 0, of: first, purpose: "repeats" })
          if (scientific !== null) expect(row(reruns.study)?.scientific).toEqual(scientific)
        }
      }
    }
  })

  test("is reported with the re-runs of each value, each once", async () => {
    const data = await read(leaveBehind(name, folder()), reportData(id))
    if (data === null) throw new Error(`${id} is not there`)
    for (const [at, { values = [], rerunTrials, answer, launch }] of expected.goals.entries()) {
      const goal = data.goals[at]
      const repeats = (goal?.studies ?? []).flatMap((study) => study.repeats ?? [])
      expect(repeats).toHaveLength(rerunTrials.completed)
      for (const { studies, reruns } of values) {
        if (reruns === null) continue
        const beside = goal?.studies.find((study) => study.id === studies[0])?.repeats ?? []
        const others = values.filter((one) => one.studies[0] === studies[0]).flatMap((one) => one.reruns?.values ?? [])
        expect(beside.map(({ value }) => value).toSorted()).toEqual(others.toSorted())
        expect(repeats.filter((one) => one.id.startsWith(`${reruns.study}/`))).toHaveLength(reruns.values.length)
      }
      expect(goal?.answer?.text).toEqual(answer?.text)
      expect(goal?.launch?.text).toEqual(launch?.text)
      // Values as they were declared, each before its refinements.
      const designed = values.flatMap(({ studies }) => studies)
      expect(goal?.studies.map((study) => study.id)).toEqual([...new Set(designed)])
    }
    const { completed } = expected.trials
    expect(answerText(data, { width: Number.POSITIVE_INFINITY })).toContain(`(${completed} completed`)
  })
})

test("an old record that is opened twice at once is brought to the newest form once", async () => {
  const record = leaveBehind("finished", folder())
  const studies = Effect.flatMap(ExperimentRecord, (record) => record.studies("done-3afe4e"))
  const [one, other] = await Promise.all([read(record, studies), read(record, studies)])
  expect(one).toEqual(other)
  expect(one.filter(({ of }) => of !== null)).toHaveLength(6)
})
