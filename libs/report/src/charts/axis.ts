import type { Condition, Hyperparameter, Metric, Scale, Value } from "@tanren/space"
import type { GoalReport, TrialReport } from "../data.ts"
import { cap } from "../downsample.ts"
import { formatValue } from "../format.ts"
import { type Group, groupsOf, repeatsOf, type Searched, searchedBy, trialsOf } from "../groups.ts"
import { compareValues, isComparable, ranked } from "../statistics.ts"
import { type MetricScale, metricScale } from "./metric-scale.ts"
import { axisTicks, drawnAt, padded } from "./ticks.ts"

export type Kind = "completed" | "beyond" | "infeasible" | "repeat" | "best"

export interface AxisPoint {
  readonly trial: string
  /** In drawn units (1 − x on a reverse-log scale), or a category's text. */
  readonly x: number | string
  readonly y: number
  readonly kind: Kind
  readonly group: string
}

/**
 * The playbook's basic hyperparameter axis plot as data: one point a trial, the hyperparameter on its own scale,
 * infeasible trials at the worse edge, the ends of the searched ranges, repeats apart.
 */
export interface AxisPlot {
  readonly name: string
  readonly condition?: Condition
  readonly scale: Scale | "categories"
  readonly domain: readonly [number, number] | ReadonlyArray<string>
  readonly ticks: ReadonlyArray<number>
  /** Ends of the searched ranges, in drawn units. */
  readonly edges: ReadonlyArray<number>
  readonly metric: Metric
  readonly metricScale: MetricScale
  readonly baseline?: number
  readonly groups: ReadonlyArray<string>
  readonly points: ReadonlyArray<AxisPoint>
  /** How many trials have this hyperparameter, and how many of them are drawn. */
  readonly trials: number
  readonly drawn: number
}

export const mostDrawn = 400

/** One plot for each searched hyperparameter, and for each condition under which it is searched. */
export const axisPlots = (metric: Metric, goal: GoalReport, baseline?: number): ReadonlyArray<AxisPlot> => {
  const groups = groupsOf(goal)
  const best = ranked(metric, trialsOf(goal))[0]
  const scale = metricScale(metric, [...trialsOf(goal), ...repeatsOf(goal)], [])
  return searchedBy(goal).map((searched) => axisPlot({ metric, groups, searched, best, scale, baseline }))
}

interface Panel {
  readonly metric: Metric
  readonly groups: ReadonlyArray<Group>
  readonly searched: Searched
  readonly best: TrialReport | undefined
  readonly scale: MetricScale
  readonly baseline: number | undefined
}

const axisPlot = ({ metric, groups, searched, best, scale: onMetric, baseline }: Panel): AxisPlot => {
  const { hyperparameter } = searched
  const scale = scaleOf(hyperparameter)
  const at = (value: Value): number | string =>
    scale === "categories" || typeof value !== "number" ? formatValue(value) : drawnAt(scale, value)
  const compare = compareValues(metric)
  const pointOf = (trial: TrialReport, group: string, repeat: boolean): ReadonlyArray<AxisPoint> => {
    const value = trial.hyperparameters[hyperparameter.name]
    if (value === undefined) return []
    const x = at(value)
    if (scale !== "categories" && !drawable(scale, x)) return []
    const place = { trial: trial.id, x, group }
    if (!isComparable(trial)) {
      const ended = trial.status === "infeasible" || trial.status === "completed"
      return ended && !repeat ? [{ ...place, y: onMetric.edge, kind: "infeasible" }] : []
    }
    if (compare(trial.value, onMetric.cut) > 0)
      return [{ ...place, y: onMetric.cut, kind: repeat ? "repeat" : "beyond" }]
    return [{ ...place, y: trial.value, kind: repeat ? "repeat" : trial === best ? "best" : "completed" }]
  }
  const applies = (trial: TrialReport): boolean => meets(trial, hyperparameter.when)
  const searches = groups.flatMap((group) =>
    group.trials.filter(applies).flatMap((trial) => pointOf(trial, group.label, false)),
  )
  const repeats = groups.flatMap((group) =>
    group.repeats.filter(applies).flatMap((trial) => pointOf(trial, group.label, true)),
  )
  const byValue = [...searches].sort((a, b) => compare(a.y, b.y))
  const drawn = cap(byValue, mostDrawn)
  const shown = [...drawn, ...cap(repeats, 60)]
  const edges = searched.ranges.flatMap((range) => range.map((end) => drawnAt(scale as Scale, end)))
  const numbers = [...edges, ...shown.map((point) => point.x)].filter((x): x is number => typeof x === "number")
  const low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const numeric = scale !== "categories" && numbers.length > 0
  return {
    name: hyperparameter.name,
    condition: hyperparameter.when,
    scale: numeric ? scale : "categories",
    domain: numeric ? padded(scale, low, high, 0.04) : categoriesOf(hyperparameter),
    ticks: numeric ? axisTicks(scale, low, high) : [],
    edges: numeric ? [...new Set(edges)] : [],
    metric,
    metricScale: onMetric,
    baseline: baseline !== undefined && within(baseline, onMetric) ? baseline : undefined,
    groups: groups.map((group) => group.label),
    points: shown,
    trials: searches.length,
    drawn: drawn.length,
  }
}

const scaleOf = (hyperparameter: Hyperparameter): AxisPlot["scale"] =>
  hyperparameter.type === "float" || hyperparameter.type === "int" ? (hyperparameter.scale ?? "linear") : "categories"

const drawable = (scale: Scale, x: number | string): boolean =>
  typeof x === "number" && Number.isFinite(x) && (scale === "linear" || x > 0)

const categoriesOf = (hyperparameter: Hyperparameter): ReadonlyArray<string> =>
  "values" in hyperparameter ? hyperparameter.values.map(formatValue) : ["false", "true"]

const meets = (trial: TrialReport, condition: Condition | undefined): boolean =>
  Object.entries(condition ?? {}).every(([parent, values]) => {
    const value = trial.hyperparameters[parent]
    return value === undefined || values.includes(value)
  })

const within = (value: number, scale: MetricScale): boolean =>
  Number.isFinite(value) && value >= scale.domain[0] && value <= scale.domain[1]
