import {
  confidenceCaveats,
  confidenceText,
  describeContinuing,
  describeOutcome,
  type Pair,
  type Recheck,
  type Transfer,
} from "@tanren/playbook"
import { ranked } from "@tanren/terms"
import { grouped, type Language, trialCountsText, wholePercent } from "@tanren/words"
import type { GoalReport, LengthReport, ReportData, TrialReport } from "../data.ts"
import { formatPoint, valueText } from "../format.ts"
import { type Html, html, prose, sentences } from "../html.ts"
import { metricText } from "../metric-text.ts"
import { table } from "../table.ts"
import { columnWords } from "./columns.words.ts"
import { roundsWords } from "./rounds.words.ts"

/** Rounds of growing length: what each ran, and what of it still held in the next. Nothing for any other work. */
export const rounds = (data: ReportData, goal: GoalReport, language: Language): Html => {
  const { lengths = [] } = goal
  if (lengths.length === 0) return html``
  return html`<h3>${roundsWords.heading[language]}</h3>
${roundTable(data, goal, lengths, language)}
${lengths.map(({ decided }) => continuingPart(decided, language))}
${lengths.map(({ transfer }) => transfer !== null && transferPart(data, transfer, language))}`
}

/** What goes on from shorter runs, where that is asked for. */
const continuingPart = (decided: LengthReport["decided"], language: Language): Html | false => {
  const told = describeContinuing(decided, language)
  return told !== "" && html`<p>${roundsWords.ofRound(decided.round)[language]}${prose(told)}</p>`
}

/** `100, 400`: the steps of each round. */
export const lengthsText = (lengths: ReadonlyArray<LengthReport>): string =>
  (lengths[0]?.decided.layout.rounds ?? []).map(({ training }) => grouped(training.maxTrainSteps)).join(", ")

interface Row {
  readonly name: string
  readonly steps: number
  readonly trials: ReadonlyArray<TrialReport> | null
  /** The best of re-runs is luck. */
  readonly best: number | undefined
  readonly cost: number
  readonly text: string
  readonly stands: number | undefined
}

const roundTable = (
  data: ReportData,
  goal: GoalReport,
  lengths: ReadonlyArray<LengthReport>,
  language: Language,
): Html => {
  const value = metricText(data)
  const trialsIn = (id: string | undefined) => goal.studies.find((study) => study.id === id)?.trials ?? []
  const rows = lengths.map(({ decided }): Row => {
    const { layout, round, study, text } = decided
    const plan = layout.rounds[round - 1]
    const steps = plan?.training.maxTrainSteps ?? 0
    const pairs = [lengths[round - 2]?.transfer, lengths[round - 1]?.transfer]
    const standing = (transfer: Transfer | null | undefined) => transfer?.pairs.find(({ stands }) => stands)
    return {
      name: `${round}`,
      steps,
      trials: study === null ? null : trialsIn(study.id),
      best: ranked(data.metric, trialsIn(study?.id))[0]?.value,
      cost: (plan?.trials ?? 0) * steps,
      text: describeOutcome(decided, language) ?? text,
      stands: standing(pairs[0])?.long ?? standing(pairs[1])?.short,
    }
  })
  const layout = lengths[0]?.decided.layout
  const total = layout?.steps ?? 0
  const repeats = goal.studies.flatMap((study) => study.repeats ?? [])
  const full = layout?.rounds.at(-1)?.training.maxTrainSteps ?? 0
  const again: Row = {
    name: roundsWords.reruns[language],
    steps: full,
    trials: repeats,
    best: undefined,
    cost: full * (layout === undefined ? 0 : layout.reruns.candidates * layout.reruns.repeats),
    text: roundsWords.rerunsOf[language],
    stands: undefined,
  }
  return table(
    repeats.length === 0 ? rows : [...rows, again],
    [
      { title: roundsWords.round[language], cell: ({ name }) => name },
      { title: roundsWords.length[language], cell: ({ steps }) => grouped(steps), kind: "number" },
      {
        title: columnWords.trials[language],
        cell: ({ trials }) => (trials === null ? roundsWords.earlier[language] : trialCountsText(trials, language)),
      },
      {
        title: roundsWords.share[language],
        cell: ({ cost }) => wholePercent(total === 0 ? 0 : cost / total),
        kind: "number",
      },
      {
        title: roundsWords.best[language],
        cell: ({ best }) => value(best),
        kind: "number",
      },
      { title: roundsWords.stands[language], cell: ({ stands }) => value(stands), kind: "number" },
      { title: roundsWords.choice[language], cell: ({ text }) => prose(sentences(text).first), kind: "wide" },
    ],
    { label: roundsWords.heading[language], stack: true },
  )
}

const transferPart = (data: ReportData, transfer: Transfer, language: Language): Html => {
  const value = metricText(data)
  const { from, to, rechecks, pairs } = transfer
  const title = roundsWords.transfer(grouped(from), grouped(to))[language]
  const told = describeOutcome(transfer, language) ?? transfer.text
  return html`<h4>${title}</h4><p>${prose(told)}</p>
${
  rechecks.length > 0 &&
  table(
    rechecks,
    [
      { title: roundsWords.hyperparameter[language], cell: ({ hyperparameter }) => hyperparameter },
      {
        title: roundsWords.confidence[language],
        cell: ({ confidence }: Recheck) => confidenceText(confidence, language),
      },
      { title: roundsWords.short[language], cell: ({ short }) => valueText(short ?? undefined), kind: "number" },
      { title: roundsWords.long[language], cell: ({ long }) => valueText(long ?? undefined), kind: "number" },
    ],
    { label: title, stack: true },
  )
}${rechecks.length > 0 && html`<p>${prose(confidenceCaveats(rechecks, language))}</p>`}
${
  pairs.length > 0 &&
  html`<details><summary>${roundsWords.pairs[language]}</summary>${table(
    pairs,
    [
      {
        title: roundsWords.point[language],
        cell: (pair: Pair) =>
          `${pair.stands ? `${roundsWords.standing[language]}: ` : ""}${formatPoint(pair.hyperparameters)}`,
        kind: "wide",
      },
      { title: grouped(from), cell: ({ short }) => value(short), kind: "number" },
      { title: grouped(to), cell: ({ long }) => value(long), kind: "number" },
    ],
    { label: roundsWords.pairs[language], stack: true },
  )}</details>`
}`
}
