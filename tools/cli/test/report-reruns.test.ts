import { ExperimentRecord, readStanding } from "@tanren/record"
import { renderReport, type TrialReport } from "@tanren/report"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"
import { goalReport } from "../src/report-goal.ts"
import { simulated, type Truth } from "./simulated-campaign.ts"

const file = {
  name: "again",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 10,
  evalEverySteps: 1,
  hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
  baseline: { learning_rate: 0.02 },
  goals: [{ question: "Where is it good?", trials: 16 }],
  policy: { refine: "never" },
}

const truth: Truth = ({ learning_rate }) => 0.2 + 0.1 * Math.log10(Number(learning_rate) / 0.1) ** 2

/** A campaign's report, and what one says of work of which the record holds nothing but the runs of one point. */
const reported = () =>
  simulated({ file, truth }, (id, { policy }) =>
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const { standing } = yield* readStanding((yield* record.campaign(id))!)
      const [row] = (yield* record.studies(id)).filter(({ purpose }) => purpose === "repeats")
      const trials = (yield* record.trials(id, row!.id)).map(
        ({ index, hyperparameters, status, value }): TrialReport => ({
          ...{ id: `again/${index}`, hyperparameters, status, value: value! },
        }),
      )
      const work = { ...standing.goals[0]!, design: null, goal: { ...standing.goals[0]!.goal, question: "Again?" } }
      const [again] = goalReport(work, [{ ...row!, id: "again", of: null, trials }], policy, null)
      return { data: (yield* reportData(id))!, again: again! }
    }),
  )

test("runs of one point are no trials of a search, where no search is theirs either", async () => {
  const { data, again } = await reported()
  expect(again.studies.map(({ id, trials, repeats = [] }) => [id, trials.length, repeats.length])).toEqual([
    ["again", 0, 5],
  ])
  const both = { ...data, goals: [...data.goals, again] }
  const [en, ja] = [await renderReport(both), await renderReport(both, { language: "ja" })]
  const shows = (page: string, ...parts: ReadonlyArray<string>) => parts.map((part) => page.includes(part))
  // What the conclusion rests on, what study variance is read from, and the table of studies.
  expect(
    shows(en, "Where is it good? rests on 16 trials of the search.", "Again? rests on", "drawn from the 16 trials"),
  ).toEqual([true, false, true])
  expect(shows(en, "5 completed, repeat", "drawn from the 5 trials")).toEqual([true, false])
  expect(
    shows(ja, "「Where is it good?」は探索の 16 試行に基づきます", "「Again?」は探索の", "完了 5, 再実行"),
  ).toEqual([true, false, true])
})
