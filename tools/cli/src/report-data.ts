import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, readStanding, type Standing, type TrialRow } from "@tanren/record"
import type { ReportData, TrialReport } from "@tanren/report"
import type { Finding } from "@tanren/terms"
import { Effect } from "effect"
import { backendsOf } from "./backends.ts"
import { goalReport } from "./report-goal.ts"
import { shellWord, shellWords } from "./shell-words.ts"

/** A campaign of the record as the report shows it, as far as it has come. */
export const reportData = Effect.fn("reportData")(function* (id: string) {
  const record = yield* ExperimentRecord
  const row = yield* record.campaign(id)
  if (row === null) return null
  const { spec } = row
  const { standing, decisions, trials } = yield* readStanding(row)
  const { baseline, launched, stands } = standing
  const measured = yield* Effect.forEach(trials, (trial) =>
    Effect.map(record.measurements({ campaign: id, ...trial }), (measurements) => ({
      study: trial.study,
      report: { ...shown(trial), measurements },
    })),
  )
  const studies = (yield* record.studies(id)).map((study) => ({
    ...study,
    trials: measured.filter((one) => one.study === study.id).map(({ report }) => report),
  }))
  const data: ReportData = {
    campaign: row.name,
    runId: id,
    metric: spec.metric,
    status: row.status,
    ...(row.note === null || row.status === "finished" ? {} : { note: row.note }),
    stepUnit: spec.stepUnit,
    startedAt: row.startedAt,
    ...(row.finishedAt === null ? {} : { updatedAt: row.finishedAt }),
    baseline: {
      hyperparameters: spec.baseline,
      maxTrainSteps: spec.maxTrainSteps,
      repeats: studies.find(({ purpose }) => purpose === "baseline")?.trials ?? [],
      mean: baseline?.mean ?? undefined,
      sd: baseline?.sd ?? undefined,
    },
    goals: standing.goals.flatMap((goal) => goalReport(goal, studies, spec.policy, standing.longer)),
    decisions: decisions.map(({ decidedAt, ...decision }) => ({ ...decision, at: decidedAt })),
    launched:
      launched === null
        ? null
        : {
            hyperparameters: stands.hyperparameters,
            ...(stands.training.maxTrainSteps === spec.maxTrainSteps
              ? {}
              : { maxTrainSteps: stands.training.maxTrainSteps }),
            study: stands.study,
            checkpoint: launched.checkpoint,
            trial: launched.trial ?? undefined,
          },
    validationExamples: baseline?.validationExamples ?? undefined,
    config: row.file,
    program: programOf(spec),
    environment: spec.trainer.env,
    reproduce: `npx tanren show {trial} ${shellWord(row.file)} --id ${row.id}`,
    backends: backendsOf(trials),
    caveats: saturated(standing),
  }
  return data
})

/** As the campaign file has it, before any trial's values are filled in. */
const programOf = ({ trainer }: CampaignSpec): string =>
  trainer.type === "tensorflow" ? trainer.script : shellWords(trainer.command)

const shown = (row: TrialRow): TrialReport => ({
  id: `${row.study}/${row.index}`,
  study: row.study,
  hyperparameters: row.hyperparameters,
  status: row.status,
  seed: row.seeds.init,
  ...(row.value === null ? {} : { value: row.value }),
  ...(row.bestStep === null ? {} : { bestStep: row.bestStep }),
  ...(row.reason === null ? {} : { reason: row.reason }),
})

/** Said at the campaign's end, where more goals of the same kind would gain no more. */
const saturated = ({ goals }: Standing): ReadonlyArray<Finding> =>
  (goals.at(-1)?.gains ?? []).filter(({ verdict }) => verdict === "problem")
