import type {
  Answer,
  FinalAnswer,
  GoalDesign,
  ModelCandidates,
  RefinedSpace,
  Refinement,
  Reruns,
  RoundDecided,
  RoundsAnswer,
  SuspicionAtLength,
  TestLook,
  Transfer,
  TuningBatch,
  Work,
} from "@tanren/playbook"
import type { Finding } from "@tanren/terms"
import type { BaselineOutcome, LaunchOutcome, LaunchProposed, Source } from "./outcomes.ts"

/** Where a decision lies in the record. The key carries the type of what was decided: whoever reads by it need not say. */
export interface DecisionKey<Outcome> {
  readonly text: string
  /** Never there; it ties the type to the key. */
  readonly outcome?: Outcome
}

const key = <Outcome>(text: string): DecisionKey<Outcome> => ({ text })

/** What an answer of any kind of work tells; records keep it at one place, whatever the kind. */
export interface Answered {
  /** The rule that made it, with its version. */
  readonly rule: string
  /** `undecided` where it says nothing of what the work asked; other verdicts are the kind's own. */
  readonly verdict: string
  readonly text: string
}

const answer = <Outcome extends Answered>(goal: number): DecisionKey<Outcome> => key(`goal-${goal}/answer`)

const TEST_LOOKS = "test-look/"
/** Whether a decision is a look at the test set, whatever the checkpoint. */
export const isTestLook = ({ key: text }: { readonly key: string }): boolean => text.startsWith(TEST_LOOKS)

/** Goals and rounds count from 1. */
export const keys = {
  baseline: key<BaselineOutcome>("baseline"),
  /** 0: that of the baseline. */
  source: (goal: number) => key<Source>(goal === 0 ? "source" : `goal-${goal}/source`),
  /** A hash of the source code that measured: 0, the baseline's runs; else the re-runs of that work. */
  code: (goal: number) => key<string>(goal === 0 ? "code" : `goal-${goal}/code`),
  design: (goal: number) => key<GoalDesign>(`goal-${goal}/design`),
  findings: (goal: number, round: number) => key<ReadonlyArray<Finding>>(`goal-${goal}/findings-${round}`),
  refinement: (goal: number, round: number) => key<Refinement>(`goal-${goal}/refinement-${round}`),
  refinementWord: (goal: number, round: number) => key<"refine" | "judge">(`goal-${goal}/refinement-${round}-word`),
  /** Of a work in rounds: what that round runs. */
  round: (goal: number, round: number) => key<RoundDecided>(`goal-${goal}/round-${round}`),
  /** What of that round still holds at the next one's length. */
  transfer: (goal: number, round: number) => key<Transfer>(`goal-${goal}/transfer-${round}`),
  /** What a bug that round 1 gave reason to suspect comes to at full length; null where it gave none. */
  suspicion: (goal: number) => key<SuspicionAtLength>(`goal-${goal}/suspicion`),
  /** Of a final tuning: where it searches, */
  refinedSpace: (goal: number) => key<RefinedSpace>(`goal-${goal}/refined-space`),
  /** what each batch tries, */
  batch: (goal: number, batch: number) => key<TuningBatch>(`goal-${goal}/batch-${batch}`),
  /** and which points are run again. */
  modelCandidates: (goal: number) => key<ModelCandidates>(`goal-${goal}/candidates`),
  reruns: (goal: number) => key<Reruns>(`goal-${goal}/reruns`),
  /** Of work of any kind: what all answers have. */
  answer: answer<Answered>,
  /** The same by the kind of work, with all that its answers have. */
  answers: {
    goal: answer<Answer>,
    rounds: answer<RoundsAnswer>,
    "final-tuning": answer<FinalAnswer>,
  } satisfies Readonly<Record<Work["kind"], (goal: number) => DecisionKey<Answered>>>,
  proposal: (goal: number) => key<LaunchProposed>(`goal-${goal}/launch-proposal`),
  launch: (goal: number) => key<LaunchOutcome>(`goal-${goal}/launch`),
  /** Looks at the test set with the checkpoint of that run, from 1. */
  testLook: (trial: string, look: number) => key<TestLook>(`${TEST_LOOKS}${trial}/${look}`),
  gains: (goal: number) => key<ReadonlyArray<Finding>>(`goal-${goal}/gains`),
} as const
