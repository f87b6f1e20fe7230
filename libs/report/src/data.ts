import type {
  CandidatesAnswer,
  Caveat,
  LaunchDecision,
  LongerProposed,
  ModelCandidates,
  RefinedSpace,
  RoundDecided,
  Transfer,
  TuningBatch,
} from "@tanren/playbook"
import type { CampaignStatus, Finding, Hyperparameter, Hyperparameters, Metric, Trial, Value } from "@tanren/terms"

/**
 * All that a report shows, as plain JSON. Whatever a campaign has not reached yet is absent: a campaign that is
 * still running, or that stopped half-way, is reported as far as it came.
 */
export interface ReportData {
  readonly campaign: string
  /** Of a campaign; results from elsewhere have none. */
  readonly runId?: string
  /** What kind of file the results were read from, where no campaign made them. */
  readonly readAs?: string
  readonly metric: Metric
  /** Results from elsewhere have no campaign: `analysis`. */
  readonly status: CampaignStatus | "analysis"
  /** Why a campaign stopped: `no disk space`. */
  readonly note?: string
  readonly stepUnit?: string
  readonly startedAt?: Time
  readonly updatedAt?: Time
  readonly baseline?: BaselineReport | null
  readonly goals: ReadonlyArray<GoalReport>
  readonly decisions: ReadonlyArray<DecisionReport>
  readonly launched: LaunchedReport | null
  /** Examples in the validation set: what a rate measured on it is uncertain by, whatever the training does. */
  readonly validationExamples?: number
  /** Backends that the trials ran on, as their programs said; more than one is a caveat. */
  readonly backends?: ReadonlyArray<string>
  /** Caveats of the whole campaign, such as a training program that ignores its seed. */
  readonly caveats?: ReadonlyArray<CaveatReport>
  /** Where the campaign file is kept, as a path or a link. */
  readonly config?: string
  /** The training program, as the campaign file starts it. */
  readonly program?: string
  /** Variables that are handed on to the program, by name. */
  readonly environment?: ReadonlyArray<string>
  /** The command that shows with what a trial was run and prepares running it again; `{trial}` stands for its id. */
  readonly reproduce?: string
}

/** A sentence, bare or with what it was made from: a caveat of a goal and a finding are told in the reader's language. */
export type CaveatReport = string | { readonly text: string } | Caveat | Finding

/** ISO 8601, or milliseconds since 1970. */
export type Time = string | number

export interface BaselineReport {
  readonly maxTrainSteps?: number
  readonly hyperparameters?: Hyperparameters
  /** The same configuration under different seeds: they carry the trial variance. */
  readonly repeats: ReadonlyArray<TrialReport>
  readonly mean?: number
  /** Sample standard deviation over the repeats, in the metric's unit. */
  readonly sd?: number
}

export interface GoalReport {
  readonly question: string
  readonly roles: RolesReport
  /** What the fixed hyperparameters, the warnings and the overrides restrict the conclusion to. */
  readonly caveats: ReadonlyArray<CaveatReport>
  readonly studies: ReadonlyArray<StudyReport>
  readonly findings: ReadonlyArray<Finding>
  /** Rounds of growing length, where the work has any; its trials are then told apart by length. */
  readonly lengths?: ReadonlyArray<LengthReport>
  /** The last search, where the work is one. */
  readonly tuning?: TuningReport
  /** Longer training that its findings call for; a person may append it to the agenda. */
  readonly longer?: LongerProposed
  readonly answer?: AnswerReport | null
  readonly launch?: LaunchReport | null
}

/** A final tuning, as far as it has come. */
export interface TuningReport {
  readonly space: RefinedSpace
  readonly batches: ReadonlyArray<TuningBatch>
  readonly candidates: ModelCandidates | null
  /** The candidates' re-runs; none before they have run. */
  readonly rerun: CandidatesAnswer["candidates"]
}

/** One round of training at one length, and what of it still held at the next. */
export interface LengthReport {
  readonly decided: RoundDecided
  /** Null in the last round, and where the next one has not run yet. */
  readonly transfer: Transfer | null
}

export interface RolesReport {
  readonly scientific: ReadonlyArray<string>
  readonly nuisance: ReadonlyArray<string>
  readonly fixed: Readonly<Record<string, Value>>
}

/** The columns that the playbook's authors keep ("Setting up experiment tracking"), and the study's trials. */
export interface StudyReport {
  readonly id: string
  /** The scientific values that this study stands for; empty for a joint study. */
  readonly scientific: Readonly<Record<string, Value>>
  readonly searched?: ReadonlyArray<Hyperparameter>
  /** Whether its points were drawn from all of that space: neither listed, nor a grid, nor chosen by earlier results. */
  readonly drawn?: boolean
  /** Of the search; none where all that the study holds are re-runs. */
  readonly trials: ReadonlyArray<TrialReport>
  /** Re-runs of the best trials under fresh seeds: noise, not further points of the search. */
  readonly repeats?: ReadonlyArray<TrialReport>
  readonly config?: string
  readonly notes?: string
  /** The command that runs the study again. */
  readonly command?: string
  /** Changes of the source code that no commit holds. */
  readonly unsubmitted?: string
}

export interface TrialReport extends Trial {
  /** The study that ran it. */
  readonly study?: string
  /** The command that reproduces this trial alone. */
  readonly command?: string
}

/** A goal's answer, such as the playbook's `Answer`: its words are shown, what else it carries is the evidence. */
export interface AnswerReport {
  readonly text: string
  /** The rule and its version: that of the playbook's `Answer` can be told in other languages. */
  readonly rule?: string
}

/** A launch decision, such as the playbook's `LaunchDecision`. */
export interface LaunchReport {
  /** `adopt`, `keep`, `undecided`; shown as it is when it is none of these. */
  readonly decision: string
  readonly text: string
  /** What the rule decided, with its numbers, before a person or the policy had a word in it. */
  readonly proposal?: LaunchDecision
  readonly person?: {
    readonly word: "approve" | "reject"
    readonly by: string
    readonly note: string
  } | null
  /** What the policy says where a person was asked and nobody spoke; absent where nobody was asked. */
  readonly silent?: "keep" | "adopt"
}

export interface DecisionReport {
  readonly key: string
  /** The rule and its version, such as `launch@3`. */
  readonly rule: string
  readonly inputs?: unknown
  readonly outcome?: unknown
  readonly at?: Time
}

export interface LaunchedReport {
  readonly hyperparameters: Hyperparameters
  /** Where it is trained otherwise than the baseline. */
  readonly maxTrainSteps?: number
  /** The study that ran it again; absent where any re-run of this configuration is one of its own. */
  readonly study?: string
  readonly checkpoint?: string | null
  readonly trial?: string
}
