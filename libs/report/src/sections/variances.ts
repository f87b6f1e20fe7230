import { type Answer, isAnswer } from "@tanren/playbook"
import { metricUnit } from "@tanren/terms"
import { type Language, metricDifference, percent } from "@tanren/words"
import { variancesSpec } from "../charts/variances-spec.ts"
import type { GoalReport } from "../data.ts"
import { type Html, html } from "../html.ts"
import { type Album, figure } from "./figure.ts"
import { variancesWords } from "./variances.words.ts"

/**
 * The playbook's three sources of variation beside the difference that they bear on: that of the best value and the one
 * that comes closest to it. Each is drawn where it is known.
 */
export const variances = async (
  { answer }: GoalReport,
  id: string,
  language: Language,
  album: Album,
): Promise<Html> => {
  if (answer == null || !isAnswer(answer)) return html``
  const [closest] = answer.comparisons.toSorted((one, other) => one.difference - other.difference)
  if (closest === undefined) return html``
  const { metric } = answer
  const errors = errorsOf(answer, closest)
  const unit =
    metric.unit ??
    metricUnit(
      metric.name,
      answer.groups.flatMap(({ mean }) => mean ?? []),
    )
  const plot = {
    difference: {
      label: variancesWords.difference[language],
      value: closest.difference,
      low: closest.low,
      high: closest.high,
    },
    errors: errors.map(({ label, sd }) => ({ label: label[language], value: sd })),
    title: (unit === "plain" ? variancesWords.axis(metric.name) : variancesWords.points)[language],
    times: unit === "share" ? 100 : 1,
  }
  const told = [plot.difference, ...plot.errors]
    .map(({ label, value }) => `${label} ${metricDifference(value, { ...metric, unit }, language)}`)
    .join(language === "ja" ? "，" : ", ")
  return figure(album, {
    id: `${id}-variances`,
    title: variancesWords.heading(closest.best, closest.other)[language],
    subtitle: variancesWords.subtitle(percent(closest.level))[language],
    alternative: variancesWords.alternative(told)[language],
    spec: variancesSpec(plot),
  })
}

/**
 * One standard error of the difference by each. Study variance is that of the difference where the answer measured it.
 * The validation examples are shared: as if the two erred on different ones, √2 times the error of one.
 */
const errorsOf = ({ samplingError }: Answer, { standardError, again }: Answer["comparisons"][number]) => [
  ...(standardError > 0 ? [{ label: variancesWords.trial, sd: standardError }] : []),
  ...(again == null ? [] : [{ label: variancesWords.study, sd: again.sd }]),
  ...(samplingError === null ? [] : [{ label: variancesWords.sampling, sd: Math.SQRT2 * samplingError.sd }]),
]
