import { describe, subjectOf, titleOf } from "@tanren/insight"
import { answerParagraphsOf, describeLonger } from "@tanren/playbook"
import type { Finding, Metric } from "@tanren/terms"
import {
  actionText,
  campaignStatusText,
  formatNumber,
  type Language,
  trialCountsText,
  trialStatusText,
  verdictText,
} from "@tanren/words"
import type { LaunchReport, ReportData } from "./data.ts"
import { valueText } from "./format.ts"
import { allTrials, chosenTrial, withLengths } from "./groups.ts"
import { launchDecisionText, launchWords } from "./launch.words.ts"
import { isShare, metricText, percentText } from "./metric-text.ts"
import { answersWords } from "./sections/answers.words.ts"
import { bestWords } from "./sections/best.words.ts"
import { caveatsWords } from "./sections/caveats.words.ts"
import { byUrgency } from "./sections/findings.ts"
import { findingsWords } from "./sections/findings.words.ts"
import { goalWords } from "./sections/goal.words.ts"
import { hasEnded } from "./status.ts"
import { terminalWords } from "./terminal.words.ts"
import { plain, textTable, wrap } from "./terminal-text.ts"
import { campaignCaveats, launchSentence } from "./told.ts"

export interface TextOptions {
  readonly language?: Language
  /** Columns of the terminal; 80 unless told. */
  readonly width?: number
}

/** How a campaign ended, or stands, in plain words: answers, launch decisions, caveats, what was launched. */
export const answerText = (data: ReportData, options: TextOptions = {}): string => {
  const { language = "en", width = 80 } = options
  const note = data.note === undefined ? "" : `: ${data.note}`
  const head = `${data.runId ?? data.campaign}: ${campaignStatusText(data.status, language)} (${trialCountsText(allTrials(data), language)})${note}`
  const goals = data.goals.flatMap((goal, index) => [
    "",
    ...wrap(`${goalWords.heading(index + 1)[language]}: ${goal.question}`, width),
    ...(goal.answer ? answerParagraphsOf(goal.answer, language) : [answersWords.noAnswer[language]]).flatMap((part) =>
      wrap(part, width, "  "),
    ),
    ...wrap(goal.launch ? launchLine(goal.launch, language) : answersWords.noLaunch[language], width, "  "),
    ...(goal.longer === undefined ? [] : wrap(describeLonger(goal.longer, language), width, "  ")),
  ])
  return [
    ...wrap(head, width),
    ...(data.goals.length === 0 ? ["", answersWords.noGoals[language]] : goals),
    ...campaignCaveats(data, language).flatMap((caveat) => ["", ...wrap(terminalWords.mind(caveat)[language], width)]),
    "",
    ...(data.launched === null && hasEnded(data)
      ? [terminalWords.nothingLaunched[language]]
      : bestLines(data, language)),
  ].join("\n")
}

/** The label first where the sentence does not begin with what happens. */
const launchLine = (launch: LaunchReport, language: Language): string => {
  const followed = launch.proposal === undefined || launch.proposal.decision === launch.decision
  const label = launchDecisionText(launch.decision, language)
  return `${launchWords.heading[language]}: ${followed ? "" : `${label}. `}${launchSentence(launch, language)}`
}

const bestLines = (data: ReportData, language: Language): ReadonlyArray<string> => {
  const { launched, metric } = data
  const trial = chosenTrial(data)
  const shown = withLengths(data)
  const point = shown.launched ?? trial?.hyperparameters
  if (point === undefined) return [bestWords.none[language]]
  const value = trial?.value === undefined ? "" : ` (${plain(metric.name)} ${metricText(data)(trial.value)})`
  const rows = Object.entries(point).map(([name, chosen]) => [
    name,
    valueText(chosen),
    ...(shown.baseline ? [`(${valueText(shown.baseline[name])})`] : []),
  ])
  return [
    launched === null ? `${terminalWords.bestSoFar[language]}${value}` : terminalWords.launched[language],
    ...textTable(rows, "  "),
    ...(launched?.checkpoint ? [`${bestWords.checkpoint[language]}: ${plain(launched.checkpoint)}`] : []),
  ]
}

/** Said as soon as it is so, because equal hyperparameters then give different numbers; undefined while it is not. */
export const mixedBackendsText = (backends: ReadonlyArray<string>, options: TextOptions = {}): string | undefined => {
  const { language = "en" } = options
  return backends.length < 2
    ? undefined
    : terminalWords.mind(caveatsWords.mixedBackends(plain(backends.join(", ")))[language])[language]
}

/** What `analyze` prints: what needs acting on first. */
export const findingsText = (findings: ReadonlyArray<Finding>, options: TextOptions = {}): string => {
  const { language = "en", width = 80 } = options
  const lines = byUrgency(findings).flatMap((finding) => {
    const subject = finding.subject === undefined ? "" : ` ${subjectOf(finding, language)}`
    return [
      ...wrap(`[${verdictText(finding.verdict, language)}] ${titleOf(finding.question, language)}${subject}`, width),
      ...wrap(describe(finding, language), width, "    "),
      ...(finding.action == null ? [] : wrap(`→ ${actionText(finding.action, language)}`, width, "    ")),
    ]
  })
  return lines.length === 0 ? findingsWords.none[language] : lines.join("\n")
}

export interface Progress {
  /** `baseline`, `study`, `insight`, `answer`, `launch`…; shown as it is. */
  readonly phase: string
  readonly done: number
  readonly total?: number
  readonly running: number
  readonly infeasible: number
  readonly failed?: number
  readonly metric: Metric
  readonly best?: number | null
  readonly secondsLeft?: number | null
}

/** One line: phase, trials done, running, infeasible and failed, best so far, time left. Cut to `width` columns. */
export const progressLine = (progress: Progress, options: TextOptions = {}): string => {
  const { language = "en", width = 120 } = options
  const { phase, done, total, running, infeasible, failed = 0, metric, best, secondsLeft } = progress
  const shown = best === undefined || best === null || !Number.isFinite(best) ? undefined : best
  const parts = [
    phase,
    `${total === undefined ? done : `${done}/${total}`} ${terminalWords.done[language]}`,
    running > 0 && `${running} ${trialStatusText("running", language)}`,
    infeasible > 0 && `${infeasible} ${trialStatusText("infeasible", language)}`,
    failed > 0 && `${failed} ${trialStatusText("failed", language)}`,
    shown === undefined
      ? done > 0 && terminalWords.noneYet[language]
      : `${terminalWords.best[language]} ${metric.name} ${isShare(metric.name, [shown]) ? percentText(shown) : formatNumber(shown)}`,
    typeof secondsLeft === "number" &&
      Number.isFinite(secondsLeft) &&
      terminalWords.left(durationText(secondsLeft, language))[language],
  ].filter((part) => typeof part === "string")
  return wrap(parts.join(" · "), width)[0] ?? ""
}

/** `2 h 5 min`, `3 min 20 s`, `40 s`. */
export const durationText = (seconds: number, language: Language = "en"): string => {
  const whole = Math.max(0, Math.round(seconds))
  if (whole >= 3600)
    return `${Math.floor(whole / 3600)} ${terminalWords.hours[language]} ${Math.round((whole % 3600) / 60)} ${terminalWords.minutes[language]}`
  if (whole >= 60)
    return `${Math.floor(whole / 60)} ${terminalWords.minutes[language]} ${whole % 60} ${terminalWords.seconds[language]}`
  return `${whole} ${terminalWords.seconds[language]}`
}
