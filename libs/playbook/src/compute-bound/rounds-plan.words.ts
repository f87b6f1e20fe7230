import { isConstant } from "@tanren/space"
import { grouped, plural, wholePercent } from "@tanren/words"
import type { CampaignSpec, RoundsWork } from "../campaign/campaign.ts"
import { rangeText } from "../choosing-the-goal/goal-plan.words.ts"
import { deviceTimeText, durationText, stepsText } from "../informative-and-affordable/price.words.ts"
import { CONTINUING_DUTIES } from "./continuing.ts"
import { continuingText } from "./continuing.words.ts"
import type { RoundPlan } from "./rounds.ts"
import type { RoundsPlan } from "./rounds-plan.ts"
import { extensionText } from "./schedule-extension.words.ts"
import { order } from "./transfer.ts"
import { confidenceWords, expectationCaveats } from "./transfer.words.ts"

/** The plan as `tanren plan` prints it: what each round costs, and what it buys. */
export function roundsLines(plan: RoundsPlan, stepUnit: CampaignSpec["stepUnit"]): ReadonlyArray<string> {
  const { rounds, reruns, cost, design, place, question } = plan
  const share = (steps: number): string => wholePercent(cost.steps === 0 ? 0 : steps / cost.steps)
  const provided = plan.rerunsNeedDeclaredSeeds ? ", if the program declares seeds" : ""
  const full = rounds.at(-1)?.training.maxTrainSteps ?? 0
  const runs = reruns.candidates * reruns.repeats
  return [
    `Goal ${place}, in rounds: ${question}`,
    ...rounds.flatMap((round) => [
      `  round ${round.round}: ${trialsText(round)} of ${stepsText(round.training.maxTrainSteps, stepUnit)} each, ${share(round.trials * round.training.maxTrainSteps)} of the cost`,
      `    buys: ${buys(round, rounds.length)}`,
    ]),
    `  re-runs: ${runs} of ${stepsText(full, stepUnit)} each with fresh seeds${provided}, ${share(runs * full)} of the cost`,
    "    buys: what the best point gains over what stands, and how much of it longer training alone would gain",
    ...(design?.studies ?? []).flatMap((study) => [
      `  study ${study.id}: ${study.trials} trials, ${study.algorithm}`,
      ...study.searched.filter((one) => !isConstant(one)).map((one) => `    ${one.name} ${rangeText(one)}`),
    ]),
    `  In all ${cost.runs} runs, at most ${stepsText(cost.steps, stepUnit)}${deviceTimeText(cost)}`,
    ...needsDuties(plan),
    ...continuing(plan, stepUnit),
    ...carriesOver(plan),
    ...new Set(plan.extensions.map((one) => `  Schedule: ${extensionText.en(one)}`)),
    ...(design?.caveats ?? []).map(({ text }) => `  Caveat: ${text}`),
    ...plan.overridden.map(
      ({ hyperparameter, rule, reason }) => `  Override of ${rule} for ${hyperparameter}: ${reason}`,
    ),
    ...(design?.warnings ?? []).map(({ text, section }) => `  Warning: ${text} (playbook, "${section}")`),
    ...(plan.tooSlow.length === 0
      ? []
      : [
          `  Warning: a trial of round ${plan.tooSlow.join(", ")} would take longer than limits.wallSeconds (${durationText(plan.wallSeconds)}) allows; raise it`,
        ]),
  ]
}

const trialsText = ({ round, trials }: RoundPlan): string => {
  if (round > 1) return `what stands and the ${plural(trials - 1, "best point")}, ${plural(trials, "run")}`
  return trials === 0 ? "no trials of its own (the goals before it explored)" : plural(trials, "trial")
}

/** Playbook, "Deciding how long to train when training is compute-bound". */
const buys = ({ round, trials }: RoundPlan, rounds: number): string => {
  if (rounds === 1) return "one search at the full length: nothing has to carry over, and every trial costs the most"
  if (round === rounds)
    return `${trials - 1 > VERY_FEW ? "long runs (the playbook would have very few)" : "very few long runs"} at good points, for the model that is to be launched`
  if (round > 1)
    return "a check, at a growing length, that what was chosen is still good, before long runs depend on it"
  return trials === 0
    ? "good points without a new run; they may not be good for longer training, which the next round checks"
    : "many fast trials to find good model and optimizer hyperparameters, which may not all hold for longer training"
}

/** Our reading of "very few". */
const VERY_FEW = 10

const needsDuties = ({ undeclared }: RoundsPlan): ReadonlyArray<string> =>
  undeclared.length === 0
    ? []
    : [
        `  Needs a program that declares ${undeclared.map((duty) => `\`${duty}\``).join(", ")}; otherwise nothing of this work runs`,
      ]

/** Steps saved are an expectation: a checkpoint that is gone costs them again. */
const continuing = (plan: RoundsPlan, stepUnit: CampaignSpec["stepUnit"]): ReadonlyArray<string> => {
  const possible = plan.continuing.filter(({ step }) => step !== null)
  const saves = possible.reduce((sum, one) => sum + one.saves, 0)
  const share = `${stepsText(saves, stepUnit)}, ${wholePercent(plan.cost.steps === 0 ? 0 : saves / plan.cost.steps)} of the cost`
  const needed = CONTINUING_DUTIES.map((duty) => `\`${duty}\``).join(", ")
  if (!plan.continues) {
    return saves === 0
      ? []
      : [
          `  Every run begins at its first step. "continues": true would have long runs go on from their short ones, with the same seeds, and save about ${share}`,
        ]
  }
  const none = plan.continuing.filter(({ step }) => step === null)
  return [
    ...possible.map(
      ({ round, step }) =>
        `  Runs of round ${round + 1} go on from step ${grouped(step ?? 0)} of their shorter runs, with the same seeds, where the program declares ${needed}`,
    ),
    ...none.map((one) => `  Round ${one.round}: ${continuingText.en(one)}`),
    ...(saves === 0 ? [] : [`  Expected to save ${share}; the cost above counts every run from its first step`]),
  ]
}

/** Playbook: "usually 1-3 are the most practical"; more may make sense for mature pipelines with very long training. */
const MOST_PRACTICAL = 3

/** What the numbers of the file leave open, or the playbook advises against. */
export const roundsNotes = (work: RoundsWork, index: number, spec: CampaignSpec): ReadonlyArray<string> => {
  const { rounds, maxTrainSteps } = work
  const asked = typeof rounds === "number" ? rounds : rounds.length
  const many =
    asked > MOST_PRACTICAL
      ? [
          `goal ${index + 1}: ${asked} rounds are asked for; 1 to ${MOST_PRACTICAL} are usually the most practical, and more are often overkill unless the pipeline is mature and its training very long`,
        ]
      : []
  const before = spec.goals.slice(0, index).flatMap((one) => (one.kind === "rounds" ? [one.maxTrainSteps] : []))
  if (before.length === 0 || typeof rounds !== "number" || rounds === 1) return many
  const longest = Math.max(...before)
  const then =
    longest < maxTrainSteps
      ? "this one grows from that length"
      : `there is nothing to grow to, and this one is a single search of ${stepsText(maxTrainSteps, spec.stepUnit)}`
  return [
    ...many,
    `goal ${index + 1}: lengths and price hold if no work in rounds before it launches anything; if one launches ${stepsText(longest, spec.stepUnit)}, ${then}`,
  ]
}

const carriesOver = ({ expectations, rounds }: RoundsPlan): ReadonlyArray<string> => {
  if (rounds.length < 2) return []
  const told = order.flatMap((confidence) => {
    const names = [
      ...new Set(
        expectations.filter((one) => one.confidence === confidence).map(({ hyperparameter }) => hyperparameter),
      ),
    ]
    return names.length === 0 ? [] : [`${confidenceWords[confidence].en}: ${names.join(", ")}`]
  })
  return [
    `  Carries over to longer training, as the playbook suspects: ${told.join("; ")}. ${expectationCaveats.en(expectations)}`,
  ]
}
