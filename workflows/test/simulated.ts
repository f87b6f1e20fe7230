import type {
  Decisions,
  LaunchProposal,
  PersonsWord,
  RefinementTicket,
  Training,
  TrainResult,
  WorkKind,
} from "@tanren/activities/contract"

/** What a simulated campaign decides; everything that is not given goes the plain way. */
export interface Script {
  readonly goals?: number
  /** Of the work on the agenda, in its order; goals where nothing is said. */
  readonly kinds?: ReadonlyArray<WorkKind>
  readonly trials?: number
  readonly refinement?: (round: number) => RefinementTicket
  readonly proposal?: LaunchProposal
  /** Runs of this work that fail by the machine: another seed has to be run for each, where it is asked. 0: the baseline's. */
  readonly lost?: (goal: number) => number
  readonly train?: (study: string, index: number, attempt: number) => TrainResult
  readonly proven?: boolean
  /** No study is designed before this has come about. */
  readonly heldUntil?: Promise<void>
}

/** Decisions and trainings without any side effect, and what was asked of them: workflows alone are under test. */
export const simulated = (script: Script = {}) => {
  const asked: Array<string> = []
  const given: Array<PersonsWord | null> = []
  const attempts = new Map<string, number>()
  const finished = new Set<string>()
  let goals = script.goals ?? 1
  const trials = script.trials ?? 2
  const ticket = (study: string) => ({ study, trials })

  const decisions: Decisions = {
    openCampaign: async () => void asked.push("open"),
    designBaseline: async () => {
      await script.heldUntil
      return ticket("baseline")
    },
    judgeBaseline: async () =>
      script.proven === false ? { proven: false, reason: "no run completed" } : { proven: true, summary: "sound" },
    agenda: async () => ({ goals, kinds: Array.from({ length: goals }, (_, at) => script.kinds?.[at] ?? "goal") }),
    addGoal: async ({ goal }) => {
      if ((goal as { question?: string }).question === undefined) return { refused: "goals[1].question: is missing" }
      goals += 1
      return { goal: goals }
    },
    designGoal: async ({ goal }) => [ticket(`g${goal}.a`), ticket(`g${goal}.b`)],
    refine: async ({ round }) => script.refinement?.(round) ?? { next: "judge" },
    settleRefinement: async ({ word }) => ({ run: word === "refine" }),
    designRepeats: async ({ goal }) => [ticket(`g${goal}.reruns`)],
    answerGoal: async ({ goal }) => {
      asked.push(`answer ${goal}`)
      return { text: "a is better" }
    },
    refineSpace: async ({ goal }) => void asked.push(`refine the space of ${goal}`),
    designBatch: async ({ goal, batch }) =>
      batch === 3 ? { studies: [], last: true } : { studies: [ticket(`g${goal}.batch-${batch}`)], last: false },
    designCandidateReruns: async ({ goal }) => [
      ticket(`g${goal}.candidate-a.reruns`),
      ticket(`g${goal}.candidate-b.reruns`),
    ],
    answerFinalTuning: async ({ goal }) => {
      asked.push(`answer ${goal}`)
      return { text: "candidate A is best" }
    },
    designRound: async ({ goal, round }) => ({ studies: [ticket(`g${goal}.round-${round}`)], last: round === 2 }),
    judgeRound: async ({ goal, round }) => void asked.push(`judge round ${round} of ${goal}`),
    designRoundsReruns: async ({ goal }) => [ticket(`g${goal}.reruns`)],
    answerRounds: async ({ goal }) => {
      asked.push(`answer ${goal}`)
      return { text: "longer training pays" }
    },
    replaceLost: async ({ goal }) => {
      const at = `g${goal}.other-seeds`
      const left = (script.lost?.(goal) ?? 0) - [...finished].filter((trial) => trial.startsWith(at)).length / trials
      if (script.lost !== undefined) asked.push(`${left} lost of ${goal}`)
      return left > 0 ? [ticket(`${at}-${left}`)] : []
    },
    proposeLaunch: async () => script.proposal ?? { decision: "adopt", text: "adopt a", waitMs: null },
    settleLaunch: async ({ goal, person }) => {
      asked.push(`launch ${goal}`)
      given.push(person)
      return { adopted: person?.word !== "reject", text: "" }
    },
    pendingTrials: async ({ study }) => {
      const open = Array.from({ length: trials }, (_, index) => index).filter(
        (index) => !finished.has(`${study}/${index}`),
      )
      return open.map((index) => [index, index + 1] as const)
    },
    giveUpTrial: async ({ study, index, reason }) => {
      asked.push(`gave up ${study}/${index}: ${reason}`)
      finished.add(`${study}/${index}`)
    },
    closeCampaign: async ({ status }) => void asked.push(`close ${status}`),
  }
  const training: Training = {
    train: async ({ study, index }) => {
      const trial = `${study}/${index}`
      const attempt = (attempts.get(trial) ?? 0) + 1
      attempts.set(trial, attempt)
      const result = script.train?.(study, index, attempt) ?? { status: "completed", value: 0.1, bestStep: 5 }
      if (result.status !== "crashed") finished.add(trial)
      return result
    },
  }
  return { activities: { ...decisions, ...training }, asked, given, attempts }
}

export const QUEUE = "simulated"

export const campaignInput = (campaign: string, changes: { readonly continueAsNewAfter?: number } = {}) => ({
  campaign,
  taskQueue: QUEUE,
  wallSeconds: 60,
  window: 2,
  continueAsNewAfter: 500,
  ...changes,
})
