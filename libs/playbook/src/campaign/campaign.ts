import type { Hyperparameter, Hyperparameters, Metric, Value } from "@tanren/terms"

/**
 * What a person asks of Tanren, frozen at the start of a campaign: every campaign file (TypeScript, JSON, YAML)
 * decodes to this.
 */
export interface CampaignSpec {
  readonly version: 1
  readonly name: string
  readonly seed: number
  readonly trainer: TrainerSpec
  readonly metric: Metric
  /** In `stepUnit`s. */
  readonly maxTrainSteps: number
  readonly evalEverySteps: number
  readonly stepUnit: "step" | "epoch" | "example" | "token"
  /** How the learning rate runs in every trial; absent where nobody said. */
  readonly schedule?: LearningRateSchedule
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  /** The starting configuration: flat names, active hyperparameters only, complete. */
  readonly baseline: Hyperparameters
  /** The agenda: carried out in this order. */
  readonly goals: ReadonlyArray<Work>
  readonly policy: Policy
  readonly limits: Limits
}

/**
 * Whether the learning rate decays to the end of training: then late improvement and a late best step are normal, and
 * otherwise they say that training is too short. Playbook, "Examining the training curves". Under one that rises and
 * falls again (cyclic, warm restarts) the metric swings with it, which otherwise points to a bug ("Setting up periodic
 * evaluations").
 */
export type LearningRateSchedule = "constant" | "decays-to-end" | "cyclic"

/** How the training program is started; `tensorflow` runs a script on Tanren's own Node and TensorFlow.js. */
export type TrainerSpec =
  | {
      readonly type: "program"
      /** argv; `{learning_rate}` is replaced by the hyperparameter's value. Never passed through a shell. */
      readonly command: ReadonlyArray<string>
      /** How metrics are had from a program that does not report them: read from what it prints. */
      readonly metrics?: { readonly fromStdout: StdoutPatterns }
      /** Names of environment variables handed on to the program; their values are never recorded. */
      readonly env: ReadonlyArray<string>
      readonly data: ReadonlyArray<DataFile>
      readonly resources: "cpu" | "gpu"
      /** How many GPUs a trial leases; absent: as many as it has processes. */
      readonly devices?: number
      /** How many processes of the command train one model together; absent: 1. */
      readonly processes?: number
    }
  | {
      readonly type: "tensorflow"
      readonly script: string
      readonly backend?: "gpu" | "node" | "wasm" | "cpu"
      readonly env: ReadonlyArray<string>
      /** Files that must exist and be whole before anything starts. */
      readonly data: ReadonlyArray<DataFile>
      readonly resources: "cpu" | "gpu"
    }

/** How many processes a trial is, and how many devices it leases for them. */
export const shareOf = (trainer: TrainerSpec): { readonly processes: number; readonly devices: number } => {
  if (trainer.type === "tensorflow") return { processes: 1, devices: 1 }
  const { processes = 1, devices = processes } = trainer
  return { processes, devices: trainer.resources === "gpu" ? devices : 1 }
}

/**
 * A regular expression for each metric, whose one group is the number; `step` is that of the step. A metric belongs to
 * the last step that was printed, on its own line or before; without a pattern for `step`, steps are counted.
 */
export type StdoutPatterns = Readonly<Record<string, string>>

/** Relative to the campaign file's folder. With a sum, a file that was cut short or changed is noticed at the start. */
export interface DataFile {
  readonly path: string
  readonly sha256?: string
}

export type SearchAlgorithm = "halton" | "algoperf-halton" | "random" | "grid" | "listed"

/** One piece of work on the agenda: it starts from what stands, and ends by proposing a change to it. */
export type Work = Goal

/** One question for one round of experiments. Playbook, "Choosing the goal for the next round of experiments". */
export interface Goal {
  readonly kind: "goal"
  readonly question: string
  /** `explore` compares scientific values; `exploit` greedily optimises the metric. */
  readonly direction: "explore" | "exploit"
  readonly scientific: ReadonlyArray<string>
  readonly nuisance: ReadonlyArray<string>
  /** A bare name is fixed at the baseline current when the goal starts. */
  readonly fixed: ReadonlyArray<string | Readonly<Record<string, Value>>>
  /** The goal's total over all studies and refinements; the re-runs of the answer come on top. */
  readonly trials: number
  readonly algorithm: SearchAlgorithm
  readonly points?: ReadonlyArray<Hyperparameters>
  /** `auto`: one study for each scientific value when they are few, one joint study when they are many. */
  readonly studies: "auto" | "each" | "joint"
  /** Fresh seeds for the best trial of each scientific value, at the answer. */
  readonly repeats: number
  /** What the change costs beside its runs: launched only for surely more than this gain, in the metric's units. */
  readonly leastGain?: LeastGain
  readonly overrides: ReadonlyArray<{ readonly rule: string; readonly reason: string }>
}

/** Playbook, "Determining whether to adopt…": complexity has to be worth its gain. */
export interface LeastGain {
  /** Above 0. */
  readonly value: number
  readonly reason: string
}

export interface Policy {
  readonly refine: "auto" | "ask" | "never"
  readonly launch: {
    readonly ask: boolean
    /** How long a person is waited for, in milliseconds. */
    readonly withinMs: number
    readonly then: "keep" | "adopt"
  }
  readonly parallel: number
  /** Trials after which the campaign and its studies continue as new. */
  readonly continueAsNewAfter: number
  /** argv of a command that is told when a launch waits and when the campaign ends (`TANREN_ABOUT`, `TANREN_TEXT`). */
  readonly notify: ReadonlyArray<string>
}

/** Passing one is a recorded outcome with its reason. */
export interface Limits {
  readonly wallSeconds: number
  readonly silenceSeconds: number
  readonly memoryMb?: number
  readonly diskMb?: number
  /** How often a program that crashes is started again before its trial counts as failed. */
  readonly tries: number
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds: number
  readonly keepCheckpoints: number
}
