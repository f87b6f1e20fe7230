import type { Metric } from "@tanren/terms"
import type { Language } from "@tanren/words"

type Labels<Key extends string> = Readonly<Record<Key, string>>

/** Every text of the report that is not the campaign's own. */
export interface Words {
  readonly language: Language
  readonly title: (campaign: string) => string
  readonly unfinished: string
  readonly metric: (metric: Metric) => string
  readonly facts: Labels<
    "run" | "readAs" | "metric" | "trials" | "started" | "updated" | "config" | "program" | "environment" | "backend"
  >
  readonly headings: Labels<
    | "answers"
    | "best"
    | "axes"
    | "curves"
    | "isolation"
    | "search"
    | "inShort"
    | "findings"
    | "studies"
    | "decisions"
    | "trials"
    | "caveats"
    | "limits"
  > & { readonly goal: (number: number) => string }
  readonly noGoals: string
  readonly noTrials: string
  readonly noAnswer: string
  readonly noLaunch: string
  readonly noFindings: string
  readonly noComparable: string
  readonly launch: string
  readonly decision: Readonly<Record<string, string>>
  /** A person's word on a launch, after the rule's own decision. */
  readonly person: Readonly<Record<"approve" | "reject", (by: string, note: string) => string>> & {
    readonly silent: (then: "keep" | "adopt") => string
  }
  /** A proposal that a person or the policy did not follow. */
  readonly proposed: (text: string) => string
  readonly mixedBackends: (backends: string) => string
  readonly evidence: string
  readonly roles: Labels<"scientific" | "nuisance" | "fixed" | "none">
  readonly bestLaunched: string
  readonly nothingLaunched: string
  readonly bestTrial: (trial: string) => string
  readonly columns: Labels<
    | "hyperparameter"
    | "value"
    | "baseline"
    | "trial"
    | "study"
    | "status"
    | "seed"
    | "bestStep"
    | "reason"
    | "reproduce"
    | "hyperparameters"
    | "question"
    | "verdict"
    | "finding"
    | "action"
    | "decision"
    | "rule"
    | "outcome"
    | "inputs"
    | "at"
    | "name"
    | "config"
    | "notes"
    | "trials"
    | "infeasible"
    | "bestPerformance"
    | "unsubmitted"
    | "scientificValue"
    | "bestOfSearch"
    | "reruns"
    | "source"
    | "size"
    | "from"
  >
  readonly overReruns: (count: number) => string
  readonly changed: string
  readonly checkpoint: string
  readonly reproduce: string
  /** How a trial is run again, and the place of its id in the command. */
  readonly reproduceTrial: string
  readonly anyTrial: string
  readonly repeat: string
  readonly alike: (point: string) => string
  readonly onlyWhere: (condition: string) => string
  readonly or: string
  readonly legend: Labels<
    | "completed"
    | "best"
    | "bestOfValue"
    | "bestOfSlice"
    | "infeasible"
    | "beyond"
    | "repeat"
    | "edge"
    | "baseline"
    | "validation"
    | "training"
    | "bestStep"
    | "paler"
    | "box"
  >
  readonly capped: (drawn: number, all: number) => string
  readonly downsampled: string
  readonly tooManyValues: string
  readonly allInfeasible: string
  readonly axisAlternative: (name: string, metric: string, trials: number, infeasible: number) => string
  readonly curvesAlternative: (group: string, metrics: string, trials: string) => string
  readonly isolationAlternative: (metric: string, values: string) => string
  readonly progressAlternative: (values: string) => string
  readonly allTrials: string
  readonly steps: (unit: string) => string
  readonly isolationCaption: string
  readonly progressCaption: string
  readonly everyTrialCaption: string
  readonly soFarCaption: string
  readonly trialNumber: string
  readonly bestOfCaption: string
  readonly bestOfLegend: string
  readonly bestOfAlternative: (medians: string) => string
  readonly trialBudget: string
  readonly fineFindings: (count: number) => string
  readonly undecidedFindings: (count: number) => string
  readonly nothingToAct: string
  readonly equalEffort: (count: number) => string
  readonly unequalEffort: string
  readonly questions: Readonly<Record<string, string>>
  readonly limits: Labels<
    "trial" | "study" | "sampling" | "unknownTrial" | "unknownStudy" | "unknownSampling" | "note"
  > & {
    readonly fromRepeats: (degrees: number) => string
    readonly fromSubsets: (drawn: number, trials: number, group: string) => string
    readonly fromExamples: (examples: number, rate: string) => string
    readonly search: (question: string, count: number) => string
  }
  readonly showSpecs: string
  readonly noSpecs: string
  readonly terminal: Labels<
    | "best"
    | "done"
    | "noneYet"
    | "hours"
    | "minutes"
    | "seconds"
    | "bestSoFar"
    | "launched"
    | "nothingLaunched"
    | "checkpoint"
  > & { readonly left: (time: string) => string; readonly mind: (caveat: string) => string }
}
