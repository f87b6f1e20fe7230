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
import { allTrials, chosenTrial } from "./groups.ts"
import { type Words, wordsFor } from "./language/index.ts"
import { isShare, metricText, percentText } from "./metric-text.ts"
import { byUrgency, findingSentence } from "./sections/findings.ts"
import { hasEnded } from "./status.ts"
import { plain, textTable, wrap } from "./terminal-text.ts"
import { answerSentence, campaignCaveats, launchSentence } from "./told.ts"

export interface TextOptions {
  readonly language?: Language
  /** Columns of the terminal; 80 unless told. */
  readonly width?: number
}

/** How a campaign ended, or stands, in plain words: answers, launch decisions, caveats, what was launched. */
export const answerText = (data: ReportData, options: TextOptions = {}): string => {
  const { language = "en", width = 80 } = options
  const words = wordsFor(language)
  const note = data.note === undefined ? "" : `: ${data.note}`
  const head = `${data.runId ?? data.campaign}: ${campaignStatusText(data.status, language)} (${trialCountsText(allTrials(data), language)})${note}`
  const goals = data.goals.flatMap((goal, index) => [
    "",
    ...wrap(`${words.headings.goal(index + 1)}: ${goal.question}`, width),
    ...wrap(goal.answer ? answerSentence(goal.answer, words) : words.noAnswer, width, "  "),
    ...wrap(goal.launch ? launchLine(goal.launch, words) : words.noLaunch, width, "  "),
  ])
  return [
    ...wrap(head, width),
    ...(data.goals.length === 0 ? ["", words.noGoals] : goals),
    ...campaignCaveats(data, words).flatMap((caveat) => ["", ...wrap(words.terminal.mind(caveat), width)]),
    "",
    ...(data.launched === null && hasEnded(data) ? [words.terminal.nothingLaunched] : bestLines(data, words)),
  ].join("\n")
}

/** The label first where the sentence does not begin with what happens. */
const launchLine = (launch: LaunchReport, words: Words): string => {
  const followed = launch.proposal === undefined || launch.proposal.decision === launch.decision
  const label = words.decision[launch.decision] ?? launch.decision
  return `${words.launch}: ${followed ? "" : `${label}. `}${launchSentence(launch, words)}`
}

const bestLines = (data: ReportData, words: Words): ReadonlyArray<string> => {
  const { launched, baseline, metric } = data
  const trial = chosenTrial(data)
  const point = launched?.hyperparameters ?? trial?.hyperparameters
  if (point === undefined) return [words.noComparable]
  const value = trial?.value === undefined ? "" : ` (${plain(metric.name)} ${metricText(data)(trial.value)})`
  const rows = Object.entries(point).map(([name, chosen]) => [
    name,
    valueText(chosen),
    ...(baseline?.hyperparameters ? [`(${valueText(baseline.hyperparameters[name])})`] : []),
  ])
  return [
    launched === null ? `${words.terminal.bestSoFar}${value}` : words.terminal.launched,
    ...textTable(rows, "  "),
    ...(launched?.checkpoint ? [`${words.terminal.checkpoint}: ${plain(launched.checkpoint)}`] : []),
  ]
}

/** Said as soon as it is so, because equal hyperparameters then give different numbers; undefined while it is not. */
export const mixedBackendsText = (backends: ReadonlyArray<string>, options: TextOptions = {}): string | undefined => {
  const words = wordsFor(options.language ?? "en")
  return backends.length < 2 ? undefined : words.terminal.mind(words.mixedBackends(plain(backends.join(", "))))
}

/** What `analyze` prints: what needs acting on first. */
export const findingsText = (findings: ReadonlyArray<Finding>, options: TextOptions = {}): string => {
  const { language = "en", width = 80 } = options
  const words = wordsFor(language)
  const lines = byUrgency(findings).flatMap((finding) => {
    const subject = finding.subject === undefined ? "" : ` ${finding.subject}`
    return [
      ...wrap(
        `[${verdictText(finding.verdict, language)}] ${words.questions[finding.question] ?? finding.question}${subject}`,
        width,
      ),
      ...wrap(findingSentence(finding, words), width, "    "),
      ...(finding.action === undefined ? [] : wrap(`→ ${actionText(finding.action, language)}`, width, "    ")),
    ]
  })
  return lines.length === 0 ? words.noFindings : lines.join("\n")
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
  const { terminal } = wordsFor(language)
  const { phase, done, total, running, infeasible, failed = 0, metric, best, secondsLeft } = progress
  const shown = best === undefined || best === null || !Number.isFinite(best) ? undefined : best
  const parts = [
    phase,
    `${total === undefined ? done : `${done}/${total}`} ${terminal.done}`,
    running > 0 && `${running} ${trialStatusText("running", language)}`,
    infeasible > 0 && `${infeasible} ${trialStatusText("infeasible", language)}`,
    failed > 0 && `${failed} ${trialStatusText("failed", language)}`,
    shown === undefined
      ? done > 0 && terminal.noneYet
      : `${terminal.best} ${metric.name} ${isShare(metric.name, [shown]) ? percentText(shown) : formatNumber(shown)}`,
    typeof secondsLeft === "number" &&
      Number.isFinite(secondsLeft) &&
      terminal.left(durationText(secondsLeft, language)),
  ].filter((part) => typeof part === "string")
  return wrap(parts.join(" · "), width)[0] ?? ""
}

/** `2 h 5 min`, `3 min 20 s`, `40 s`. */
export const durationText = (seconds: number, language: Language = "en"): string => {
  const { hours, minutes, seconds: unit } = wordsFor(language).terminal
  const whole = Math.max(0, Math.round(seconds))
  if (whole >= 3600) return `${Math.floor(whole / 3600)} ${hours} ${Math.round((whole % 3600) / 60)} ${minutes}`
  if (whole >= 60) return `${Math.floor(whole / 60)} ${minutes} ${whole % 60} ${unit}`
  return `${whole} ${unit}`
}
