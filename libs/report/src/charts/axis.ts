import { isRanged, scaleOf, scales } from "@tanren/space"
import {
  type Condition,
  compareValues,
  distinctText,
  type Hyperparameter,
  hasEnded,
  isComparable,
  type Metric,
  ranked,
  type ScaleName,
  type Value,
} from "@tanren/terms"
import type { GoalReport, TrialReport } from "../data.ts"
import { cap } from "../downsample.ts"
import { type Group, groupsOf, repeatsOf, type Searched, searchedBy, trialsOf } from "../groups.ts"
import { type MetricScale, metricScale } from "./metric-scale.ts"
import { sideways } from "./sideways.ts"
import type { Kind } from "./trial-layers.ts"

export interface AxisPoint {
  readonly trial: string
  /** In drawn units: 1 − x on a reverse-log scale; a category's index, moved a little so that points stay apart. */
  readonly x: number
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
  readonly scale: ScaleName | "categories"
  /** Texts of the listed values, in order; empty on a scale of numbers. */
  readonly categories: ReadonlyArray<string>
  readonly domain: readonly [number, number]
  readonly ticks: ReadonlyArray<number>
  /** Ends of the searched ranges, in drawn units. */
  readonly edges: ReadonlyArray<number>
  readonly metric: Metric
  readonly metricScale: MetricScale
  readonly baseline?: number
  readonly groups: ReadonlyArray<string>
  readonly points: ReadonlyArray<AxisPoint>
  /** Of a scientific range: the best trial of each slice, the playbook's isolation plot for sampled values. */
  readonly slices: ReadonlyArray<Slice>
  /** How many trials have this hyperparameter, and how many of them are drawn. */
  readonly trials: number
  readonly drawn: number
}

export interface Slice {
  readonly from: number
  readonly to: number
  readonly best: number
}

export const mostDrawn = 400
const mostRepeatsDrawn = 60

/** One plot for each searched hyperparameter, and for each condition under which it is searched. */
export const axisPlots = (metric: Metric, goal: GoalReport, baseline?: number): ReadonlyArray<AxisPlot> => {
  const groups = groupsOf(goal)
  const best = ranked(metric, trialsOf(goal))[0]
  const scale = metricScale(metric, [...trialsOf(goal), ...repeatsOf(goal)], baseline)
  return searchedBy(goal).map((searched) =>
    axisPlot({ metric, groups, searched, best, scale, baseline, scientific: goal.roles.scientific }),
  )
}

interface Panel {
  readonly metric: Metric
  readonly groups: ReadonlyArray<Group>
  readonly searched: Searched
  readonly best: TrialReport | undefined
  readonly scale: MetricScale
  readonly baseline: number | undefined
  readonly scientific: ReadonlyArray<string>
}

const axisPlot = (panel: Panel): AxisPlot => {
  const { metric, groups, searched, scale: onMetric, baseline } = panel
  const { hyperparameter } = searched
  const compare = compareValues(metric)
  const across = horizontal(hyperparameter, panel)
  const drawnFrom = (trials: (group: Group) => ReadonlyArray<TrialReport>, apart: boolean): ReadonlyArray<AxisPoint> =>
    groups.flatMap((group) =>
      trials(group).flatMap((trial, order) => {
        const value = meets(trial, hyperparameter.when) ? trial.hyperparameters[hyperparameter.name] : undefined
        const x = value === undefined ? undefined : across.at(value, apart ? order : 0)
        if (x === undefined || !hasEnded(trial)) return []
        return [{ trial: trial.id, x, group: group.label, ...placeOf(trial, panel) }]
      }),
    )
  const searches = drawnFrom((group) => group.trials, true)
  const drawn = cap(
    [...searches].sort((a, b) => compare(a.y, b.y)),
    mostDrawn,
  )
  const repeats = drawnFrom((group) => group.repeats, false).filter((point) => point.kind !== "infeasible")
  const shown = [...drawn, ...cap(repeats, mostRepeatsDrawn).map((point) => ({ ...point, kind: "repeat" as const }))]
  const edges = edgesOf(across.scale, searched)
  const extent = [...edges, ...shown.map((point) => point.x)]
  const low = extent.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = extent.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return {
    name: hyperparameter.name,
    condition: hyperparameter.when,
    scale: across.scale,
    categories: across.categories,
    domain:
      across.scale === "categories"
        ? [-0.6, across.categories.length - 0.4]
        : scales[across.scale].padded(low, high, 0.04),
    ticks: across.scale === "categories" ? [...across.categories.keys()] : scales[across.scale].ticks(low, high),
    edges: [...new Set(edges)],
    metric,
    metricScale: onMetric,
    baseline: baseline !== undefined && compare(baseline, onMetric.cut) <= 0 ? baseline : undefined,
    groups: groups.map((group) => group.label),
    points: shown,
    slices:
      across.scale !== "categories" && panel.scientific.includes(hyperparameter.name)
        ? slicesOf(across.scale, [low, high], searches, compare)
        : [],
    trials: searches.length,
    drawn: drawn.length,
  }
}

const sliceCount = 8

/** Slices of equal width on the hyperparameter's own scale; a slice without a finite value has no best. */
const slicesOf = (
  scale: ScaleName,
  [low, high]: readonly [number, number],
  points: ReadonlyArray<AxisPoint>,
  compare: (a: number, b: number) => number,
): ReadonlyArray<Slice> => {
  const at = (share: number): number => scales[scale].between(low, high, share)
  return Array.from(
    { length: sliceCount },
    (_, index) => [at(index / sliceCount), at((index + 1) / sliceCount)] as const,
  )
    .map(([from, to], index) => {
      const last = index === sliceCount - 1
      const inside = points.filter(({ x, kind }) => kind !== "infeasible" && x >= from && (x < to || last))
      return { from, to, best: inside.map((point) => point.y).sort(compare)[0] }
    })
    .filter((slice): slice is Slice => slice.best !== undefined)
}

const edgesOf = (scale: AxisPlot["scale"], { ranges }: Searched): ReadonlyArray<number> =>
  scale === "categories" ? [] : ranges.flat().map((end) => scales[scale].drawn(end))

interface Horizontal {
  readonly scale: AxisPlot["scale"]
  readonly categories: ReadonlyArray<string>
  readonly at: (value: Value, order: number) => number | undefined
}

const horizontal = (hyperparameter: Hyperparameter, { groups }: Panel): Horizontal => {
  if (isRanged(hyperparameter)) {
    const scale = scaleOf(hyperparameter)
    const at = (value: Value): number | undefined =>
      typeof value === "number" && Number.isFinite(scale.spread(value)) ? scale.drawn(value) : undefined
    return { scale: scale.name, categories: [], at }
  }
  const declared = "values" in hyperparameter ? hyperparameter.values : [false, true]
  const met = groups.flatMap((group) => group.trials.map((trial) => trial.hyperparameters[hyperparameter.name]))
  const values = [...new Set([...declared, ...met].filter((value) => value !== undefined))]
  return {
    scale: "categories",
    categories: values.map(distinctText(values)),
    at: (value, order) => {
      const index = values.indexOf(value)
      return index < 0 ? undefined : Number((index + 0.25 * sideways(order)).toFixed(3))
    },
  }
}

const placeOf = (trial: TrialReport, { metric, best, scale }: Panel): Pick<AxisPoint, "y" | "kind"> => {
  if (!isComparable(trial)) return { y: scale.edge, kind: "infeasible" }
  if (compareValues(metric)(trial.value, scale.cut) > 0) return { y: scale.cut, kind: "beyond" }
  return { y: trial.value, kind: trial === best ? "best" : "completed" }
}

const meets = (trial: TrialReport, condition: Condition | undefined): boolean =>
  Object.entries(condition ?? {}).every(([parent, values]) => {
    const value = trial.hyperparameters[parent]
    return value === undefined || values.includes(value)
  })
