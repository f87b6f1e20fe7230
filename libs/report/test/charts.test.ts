import type { Metric, Trial } from "@tanren/terms"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { axisPlots, mostDrawn } from "../src/charts/axis.ts"
import { curvePlots } from "../src/charts/curves.ts"
import { isolationPlot } from "../src/charts/isolation.ts"
import { coloursFor } from "../src/charts/theme.ts"
import { cap, downsample, finiteRuns } from "../src/downsample.ts"
import type { GoalReport } from "../src/index.ts"
import { fixture, learningRate } from "./fixture.ts"

const metric: Metric = { name: "valid/error", goal: "minimize" }
const goal = fixture().goals[1]!

describe("axis plots", () => {
  it("draw 1 − x on a log axis for a reverse-log scale", () => {
    const plot = axisPlots(metric, goal).find((one) => one.name === "momentum")!
    const [trial] = goal.studies[0]!.trials.filter((one) => one.status === "completed")
    const point = plot.points.find((one) => one.trial === trial!.id)!
    expect(plot.scale).toBe("reverse_log")
    expect(point.x).toBeCloseTo(1 - Number(trial!.hyperparameters.momentum), 10)
    expect(plot.edges.map((edge) => Number((1 - edge).toFixed(6)))).toEqual([0.5, 0.99])
  })

  it("put infeasible trials at the worse edge, beyond every value: above for minimize, below for maximize", () => {
    for (const direction of ["minimize", "maximize"] as const) {
      const plot = axisPlots({ ...metric, goal: direction }, goal)[0]!
      const crosses = plot.points.filter((point) => point.kind === "infeasible")
      const values = plot.points.filter((point) => point.kind !== "infeasible").map((point) => point.y)
      expect(crosses.length).toBe(
        goal.studies.flatMap((one) => one.trials).filter((one) => one.status === "infeasible").length,
      )
      for (const cross of crosses)
        expect(direction === "minimize" ? cross.y > Math.max(...values) : cross.y < Math.min(...values)).toBe(true)
    }
  })

  it("keep no room for infeasible trials where there are none", () => {
    const trials = goal.studies[0]!.trials.filter((one) => one.status === "completed")
    const feasible = axisPlots(metric, { ...goal, studies: [{ ...goal.studies[0]!, trials, repeats: [] }] })[0]!
    const { domain, cut } = feasible.metricScale
    expect(domain[1] - cut).toBeLessThan(0.1 * (cut - domain[0]))
  })

  it("show a conditional hyperparameter only for the trials that have it", () => {
    const plot = axisPlots(metric, goal).find((one) => one.name === "dropout_rate")!
    expect(plot.condition).toEqual({ use_dropout: [true] })
    expect(new Set(plot.points.map((point) => point.group))).toEqual(new Set(["use_dropout = true"]))
  })

  it("keep repeats apart from the search", () => {
    const plot = axisPlots(metric, goal)[0]!
    const ids = new Set(goal.studies.flatMap((study) => study.repeats!).map((trial) => trial.id))
    for (const point of plot.points) expect(point.kind === "repeat").toBe(ids.has(point.trial))
  })

  it("cap the drawn trials, the best among them", () => {
    const many = fixture({ trials: 300, evaluations: 2 }).goals[0]!
    const plot = axisPlots(metric, many)[0]!
    expect(plot.drawn).toBe(mostDrawn)
    expect(plot.trials).toBe(600)
    expect(plot.points.some((point) => point.kind === "best")).toBe(true)
  })

  it("are two where one name is declared under two conditions, each on its own scale", () => {
    const rates = [
      { ...learningRate, when: { optimizer: ["nesterov"] } },
      { ...learningRate, low: 1e-5, high: 1e-1, when: { optimizer: ["adam"] } },
    ]
    const trials: ReadonlyArray<Trial> = [
      { id: "a", hyperparameters: { optimizer: "nesterov", learning_rate: 1 }, status: "completed", value: 0.1 },
      { id: "b", hyperparameters: { optimizer: "adam", learning_rate: 1e-3 }, status: "completed", value: 0.2 },
    ]
    const study = { id: "s", scientific: {}, searched: rates, trials }
    const roles = { scientific: ["optimizer"], nuisance: ["learning_rate"], fixed: {} }
    const plots = axisPlots(metric, { question: "", roles, caveats: [], findings: [], studies: [study] })
    expect(plots.map((plot) => plot.points.map((point) => point.trial))).toEqual([["a"], ["b"]])
    expect(plots[0]!.domain).not.toEqual(plots[1]!.domain)
  })
})

describe("curves", () => {
  it("take the best trials of each scientific value, train and validation, best step marked", () => {
    const plots = curvePlots(metric, goal)
    expect(plots.map((plot) => `${plot.panel} ${plot.group}`)).toEqual([
      "objective use_dropout = false",
      "objective use_dropout = true",
      "loss use_dropout = false",
      "loss use_dropout = true",
    ])
    const [first] = plots
    expect(first!.training).toBe("train/error")
    expect(first!.trials.map((trial) => trial.value!)).toEqual(
      goal.studies[0]!.trials.flatMap((trial) => trial.value ?? [])
        .sort((a, b) => a - b)
        .slice(0, 3),
    )
    expect(first!.best.map((one) => one.step)).toEqual(first!.trials.map((trial) => trial.bestStep))
  })

  it("draw a curve of 200,000 evaluations by its lowest and highest ones", () => {
    const measurements = Array.from({ length: 200_000 }, (_, index) => ({
      step: index + 1,
      metrics: { "valid/error": index === 123_456 ? 5 : 1 / (1 + index / 1000), "train/error": Number.NaN },
    }))
    const trial: Trial = { id: "long", status: "completed", hyperparameters: {}, value: 0.005, measurements }
    const [plot] = curvePlots(metric, {
      ...goal,
      roles: { ...goal.roles, scientific: [] },
      studies: [{ id: "a", scientific: {}, trials: [trial] }],
    })
    expect(plot!.downsampled).toBe(true)
    expect(plot!.rows.length).toBeLessThan(300)
    expect(plot!.steps).toEqual([1, 200_000])
    expect(plot!.rows.some(({ step, value }) => step === 123_457 && value === 5)).toBe(true)
  })

  it("show the second half of training at a height that can be read, a late spike and an early best step included", () => {
    const run = (id: string, values: ReadonlyArray<number>): Trial => {
      const best = Math.min(...values)
      const measurements = values.map((value, index) => ({
        step: index + 1,
        metrics: { "valid/error": value, "train/error": index > 2 ? 0 : value },
      }))
      return {
        id,
        hyperparameters: {},
        status: "completed",
        value: best,
        bestStep: values.indexOf(best) + 1,
        measurements,
      }
    }
    const domain = (...trials: ReadonlyArray<Trial>) =>
      curvePlots(metric, {
        ...goal,
        roles: { ...goal.roles, scientific: [] },
        studies: [{ id: "a", scientific: {}, trials }],
      })[0]!.domain
    const [low, high] = domain(run("falls", [0.9, 0.5, 0.2, 0.1, 0.06, 0.05, 0.05, 0.05]))
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0.06)
    expect(high).toBeLessThan(0.2)
    expect(domain(run("spikes", [0.9, 0.5, 0.2, 0.1, 0.06, 0.05, 0.4, 0.05]))[1]).toBeGreaterThan(0.4)
    const early = domain(run("rises", [0.5, -0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3]))
    expect(early[0]).toBeLessThan(-0.2)
  })

  it("are not drawn across what is not finite", () => {
    const runs = finiteRuns([1, Number.NaN, 2, 3, Number.POSITIVE_INFINITY].map((y, x) => ({ x, y })))
    expect(runs.map((run) => run.map((point) => point.y))).toEqual([[1], [2, 3]])
  })

  it("keep their extremes and ends when downsampled", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 500 }), (ys) => {
        const points = ys.map((y, x) => ({ x, y }))
        const drawn = downsample(points, 40)
        expect(drawn.length).toBeLessThanOrEqual(Math.max(40, Math.min(ys.length, 40)))
        expect(Math.max(...drawn.map((point) => point.y))).toBe(Math.max(...ys))
        expect(Math.min(...drawn.map((point) => point.y))).toBe(Math.min(...ys))
        expect([drawn[0]!.x, drawn.at(-1)!.x]).toEqual([0, ys.length - 1])
      }),
    )
  })
})

describe("isolation", () => {
  it("counts effort, names each value's best and its re-runs' spread", () => {
    const plot = isolationPlot(metric, goal)
    for (const [index, value] of plot.values.entries()) {
      const study = goal.studies[index]!
      const values = study.trials.flatMap((trial) => trial.value ?? [])
      expect(value.trials).toBe(16)
      expect(value.best!.value).toBe(Math.min(...values))
      expect(value.repeats).toEqual(study.repeats!.map((trial) => trial.value))
      expect(value.sd).toBeGreaterThan(0)
    }
  })

  it("lets best so far only improve", () => {
    for (const group of isolationPlot(metric, goal).groups) {
      const steps = isolationPlot(metric, goal).progress.filter((step) => step.group === group)
      const bests = steps.map((step) => step.best)
      expect(bests).toEqual([...bests].sort((a, b) => b - a))
    }
  })

  it("draws as one group what is too many to be told apart", () => {
    const trials = Array.from(
      { length: 20 },
      (_, index): Trial => ({
        id: `${index}`,
        hyperparameters: { weight_decay: index },
        status: "completed",
        value: index,
      }),
    )
    const roles = { scientific: ["weight_decay"], nuisance: [], fixed: {} }
    const many: GoalReport = {
      question: "",
      roles,
      caveats: [],
      findings: [],
      studies: [{ id: "s", scientific: {}, trials }],
    }
    expect(isolationPlot(metric, many).groups).toEqual([""])
    const again = [1, 2].map(
      (weight_decay): Trial => ({ ...trials[0]!, id: "again", hyperparameters: { weight_decay } }),
    )
    const rerun = { ...many, studies: [{ ...many.studies[0]!, repeats: again }] }
    expect(isolationPlot(metric, rerun).values[0]).not.toHaveProperty("mean")
  })

  it("stands many values beside each other, as their study lists them, where colours no longer tell them apart", () => {
    const widths = [16, 32, 48, 64, 96, 128, 160, 200]
    const trials = widths.map(
      (_, index): Trial => ({
        id: `${index}`,
        hyperparameters: { width: widths[(index * 3) % 8]! },
        status: "completed",
        value: index,
      }),
    )
    const searched = [{ name: "width", type: "discrete", values: widths } as const]
    const roles = { scientific: ["width"], nuisance: [], fixed: {} }
    const study = { id: "s", scientific: {}, searched, trials }
    const joint: GoalReport = { question: "", roles, caveats: [], findings: [], studies: [study] }
    const plot = isolationPlot(metric, joint)
    expect(plot.axis).toEqual({ title: "width", labels: widths.map(String) })
    expect(plot.values.map((value) => value.trials)).toEqual(widths.map(() => 1))
    expect(new Set(coloursFor(plot.groups)).size).toBe(1)
    expect(new Set(coloursFor(plot.groups.slice(0, 6))).size).toBe(6)
  })

  it("keeps values apart that read alike", () => {
    const values = [1, "1", 0.123411, 0.123412]
    const trials = values.map(
      (width, index): Trial => ({ id: `${index}`, hyperparameters: { width }, status: "completed", value: index }),
    )
    const roles = { scientific: ["width"], nuisance: [], fixed: {} }
    const studies = [{ id: "s", scientific: {}, trials }]
    const plot = isolationPlot(metric, { question: "", roles, caveats: [], findings: [], studies })
    expect(plot.values.map(({ trials: count }) => count)).toEqual([1, 1, 1, 1])
    expect(plot.axis).toEqual({ title: "width", labels: ["1", '"1"', "0.123411", "0.123412"] })
    const searched = [{ name: "width", type: "categorical", values } as const]
    const declared = [{ id: "s", scientific: {}, searched, trials }]
    const [axis] = axisPlots(metric, { question: "", roles, caveats: [], findings: [], studies: declared })
    expect(axis?.categories).toEqual(["1", '"1"', "0.123411", "0.123412"])
    expect(new Set(axis?.points.map(({ x }) => Math.round(x)))).toEqual(new Set([0, 1, 2, 3]))
  })
})

it("caps to the best half and an even spread of the rest", () => {
  const kept = cap([...Array(1000).keys()], 100)
  expect(kept.length).toBe(100)
  expect(kept.slice(0, 50)).toEqual([...Array(50).keys()])
  expect(new Set(kept).size).toBe(100)
})
