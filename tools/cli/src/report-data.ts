import type { CampaignSpec, Goal, GoalDesign, Policy } from "@tanren/playbook"
import {
  type DecisionKey,
  type DecisionRow,
  decisionIn,
  keys,
  type Source,
  type StudyRow,
  Tracking,
  type TrialRow,
} from "@tanren/record"
import type { GoalReport, LaunchReport, ReportData, StudyReport, TrialReport } from "@tanren/report"
import type { Finding, Value } from "@tanren/terms"
import { Effect } from "effect"
import { backendsOf } from "./backends.ts"
import { shellWord, shellWords } from "./shell-words.ts"

/** A campaign of the record as the report shows it, as far as it has come. */
export const reportData = Effect.fn("reportData")(function* (id: string) {
  const tracking = yield* Tracking
  const row = yield* tracking.campaign(id)
  if (row === null) return null
  const { spec } = row
  const goals = yield* tracking.goals(id)
  const decisions = yield* tracking.decisions(id)
  const studies = yield* Effect.forEach(yield* tracking.studies(id), (study) =>
    Effect.map(trialsOf(id, study.id), (trials) => ({ ...study, trials })),
  )
  const outcome = <Outcome>(key: DecisionKey<Outcome>) => decisionIn(decisions, key)?.outcome
  const baseline = outcome(keys.baseline)
  const launched = goals.map((_, at) => outcome(keys.launch(at + 1))).findLast((one) => one?.adopted)
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
      repeats: studies.find(({ purpose }) => purpose === "baseline")?.trials ?? [],
      mean: baseline?.mean ?? undefined,
      sd: baseline?.sd ?? undefined,
    },
    goals: goals.flatMap((goal, at) => goalReport(goal, at + 1, studies, decisions, spec.policy)),
    decisions: decisions.map(({ decidedAt, ...decision }) => ({ ...decision, at: decidedAt })),
    launched:
      launched === undefined
        ? null
        : {
            hyperparameters: launched.baseline.hyperparameters,
            checkpoint: launched.checkpoint,
            trial: launched.trial ?? undefined,
          },
    validationExamples: baseline?.validationExamples ?? undefined,
    config: row.file,
    program: programOf(spec),
    environment: spec.trainer.env,
    reproduce: `npx tanren show {trial} ${shellWord(row.file)} --id ${row.id}`,
    backends: backendsOf(yield* tracking.trials(id)),
    caveats: saturated(decisions, goals.length),
  }
  return data
})

/** As the campaign file has it, before any trial's values are filled in. */
const programOf = ({ trainer }: CampaignSpec): string =>
  trainer.type === "tensorflow" ? trainer.script : shellWords(trainer.command)

type StudyWithTrials = Omit<StudyRow, "trials"> & { readonly trials: ReadonlyArray<TrialReport> }

const trialsOf = Effect.fnUntraced(function* (campaign: string, study: string) {
  const tracking = yield* Tracking
  const rows = yield* tracking.trials(campaign, study)
  return yield* Effect.forEach(rows, (row) =>
    Effect.map(
      tracking.measurements({ campaign, study, index: row.index }),
      (measurements): TrialReport => ({ ...shown(row), measurements }),
    ),
  )
})

const shown = (row: TrialRow): TrialReport => ({
  id: `${row.study}/${row.index}`,
  hyperparameters: row.hyperparameters,
  status: row.status,
  seed: row.seeds.init,
  ...(row.value === null ? {} : { value: row.value }),
  ...(row.bestStep === null ? {} : { bestStep: row.bestStep }),
  ...(row.reason === null ? {} : { reason: row.reason }),
})

/** Nothing for a goal that has not started yet. */
const goalReport = (
  goal: Goal,
  ordinal: number,
  studies: ReadonlyArray<StudyWithTrials>,
  decisions: ReadonlyArray<DecisionRow>,
  policy: Policy,
): ReadonlyArray<GoalReport> => {
  const outcome = <Outcome>(key: DecisionKey<Outcome>) => decisionIn(decisions, key)?.outcome
  const design = outcome(keys.design(ordinal))
  if (design === undefined) return []
  const mine = studies.filter((study) => study.goal === ordinal).toSorted(asDesigned(design))
  const repeats = mine.filter(({ purpose }) => purpose === "repeats")
  // A hyperparameter that no study of the goal has plays no role in it.
  const present = new Set(
    design.studies.flatMap(({ searched, held }) => [...searched.map(({ name }) => name), ...Object.keys(held)]),
  )
  const named = (role: string) => design.roles.filter((one) => one.role === role && present.has(one.name))
  return [
    {
      question: goal.question,
      roles: {
        scientific: named("scientific").map(({ name }) => name),
        nuisance: named("nuisance").map(({ name }) => name),
        fixed: fixedValues(design),
      },
      caveats: design.caveats,
      studies: mine
        .filter(({ purpose }) => purpose === "search")
        .map((study) => studyReport(study, repeats, outcome(keys.source(ordinal)))),
      findings: withGains(newestFindings(ordinal, decisions), outcome(keys.gains(ordinal))),
      answer: outcome(keys.answer(ordinal)) ?? null,
      launch: launchReport(ordinal, decisions, policy),
    },
  ]
}

const newestFindings = (goal: number, decisions: ReadonlyArray<DecisionRow>): ReadonlyArray<Finding> => {
  for (let round = 1, newest: ReadonlyArray<Finding> = []; ; round++) {
    const found = decisionIn(decisions, keys.findings(goal, round))
    if (found === undefined) return newest
    newest = found.outcome
  }
}

/** Scientific values in the order that they were declared in, each before its refinements. */
const asDesigned =
  ({ studies }: GoalDesign) =>
  (one: StudyWithTrials, other: StudyWithTrials): number => {
    const place = ({ id, of }: StudyWithTrials) => studies.findIndex((study) => study.id === (of ?? id))
    return place(one) - place(other) || one.round - other.round
  }

/** The launch as it was settled, with the numbers of the rule's own decision behind it. */
const launchReport = (
  goal: number,
  decisions: ReadonlyArray<DecisionRow>,
  { launch: policy }: Policy,
): LaunchReport | null => {
  const launch = decisionIn(decisions, keys.launch(goal))?.outcome
  if (launch === undefined) return null
  const proposal = decisionIn(decisions, keys.proposal(goal))?.outcome
  return {
    ...launch,
    // Keeping the baseline is what happens; that nothing was decided is what a reader should know.
    ...(proposal?.decision === "undecided" ? { decision: "undecided" } : {}),
    ...(proposal === undefined ? {} : { proposal }),
    ...(policy.ask ? { silent: policy.then } : {}),
  }
}

/** What was judged at the campaign's end counts the goal itself, which its own findings could not. */
const withGains = (found: ReadonlyArray<Finding>, gains: ReadonlyArray<Finding> | undefined): ReadonlyArray<Finding> =>
  gains === undefined ? found : [...found.filter(({ question }) => question !== "gains-saturated"), ...gains]

/** Said at the campaign's end, where more goals of the same kind would gain no more. */
const saturated = (decisions: ReadonlyArray<DecisionRow>, goals: number): ReadonlyArray<Finding> => {
  const found = decisionIn(decisions, keys.gains(goals))?.outcome ?? []
  return found.filter(({ verdict }) => verdict === "problem")
}

const fixedValues = (design: GoalDesign): Readonly<Record<string, Value>> => {
  const fixed = new Set(design.roles.filter(({ role }) => role === "fixed").map(({ name }) => name))
  const held = design.studies.flatMap((study) => Object.entries(study.held))
  return Object.fromEntries(held.filter(([name]) => fixed.has(name)))
}

/** Files that no commit held as they were; a few of them by name. */
const unsubmitted = (source: Source | undefined): string | undefined => {
  if (source === undefined || source.changed.length === 0) return undefined
  const named = source.changed.slice(0, 4)
  const more = source.changed.length + source.more - named.length
  return `${named.join(", ")}${more > 0 ? ` (+ ${more})` : ""}`
}

/** The re-runs of a study's best trials belong beside the study itself, not beside its refinements. */
const studyReport = (
  study: StudyWithTrials,
  repeats: ReadonlyArray<StudyWithTrials>,
  source: Source | undefined,
): StudyReport => {
  const design = study.design
  return {
    id: study.id,
    scientific: study.scientific,
    searched: design.searched,
    notes: [
      design.algorithm,
      design.algorithm === "grid" || design.algorithm === "listed" ? "" : `seed ${design.seed}`,
      source === undefined ? "" : `commit ${source.commit.slice(0, 10)}`,
    ]
      .filter((part) => part !== "")
      .join(", "),
    unsubmitted: unsubmitted(source),
    trials: study.trials,
    repeats: repeats.filter(({ of }) => of === study.id).flatMap(({ trials }) => trials),
  }
}
