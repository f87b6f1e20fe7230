import type { Comparable, Runs } from "@tanren/analyze"
import { decideLaunch, type LaunchDecision, type LaunchSide, lastTenth, same } from "@tanren/playbook"
import type { Hyperparameters, Metric, Trial } from "@tanren/terms"

/** For a pipeline: 1 is a crash and 2 bad input, so that no trouble of ours is taken for a verdict. */
export const exitCodes: Readonly<Record<LaunchDecision["decision"], number>> = { adopt: 0, keep: 10, undecided: 11 }

export interface Asked {
  readonly examples: number | undefined
  readonly leastGain: number | undefined
  readonly pickedFrom: number
  /** Which examples each run has right, of baseline and candidate. */
  readonly right?: readonly [baseline: ReadonlyArray<string>, candidate: ReadonlyArray<string>] | undefined
}

/**
 * The launch rule on runs from anywhere. Playbook, "Determining whether to adopt a training pipeline change or
 * hyperparameter configuration".
 */
export const judged = ({ baseline, candidate, metric }: Comparable, asked: Asked): LaunchDecision => {
  const [ours, theirs] = namesOf(baseline, candidate)
  return decideLaunch({
    metric,
    candidate: { ...side(candidate, metric, theirs), ...(asked.right && { right: asked.right[1] }) },
    baseline: { ...side(baseline, metric, ours), ...(asked.right && { right: asked.right[0] }) },
    infeasibleRepeats: candidate.runs.filter(({ status }) => status === "infeasible").length,
    seedsIgnored: [baseline, candidate].some(({ runs }) => seedsIgnored(runs)),
    pickedFrom: asked.pickedFrom,
    ...(asked.examples === undefined ? {} : { validationExamples: asked.examples }),
    ...(asked.leastGain === undefined
      ? {}
      : { complexity: { leastGain: asked.leastGain, reason: `--least-gain ${asked.leastGain}` } }),
  })
}

/** What tells the two apart: settings in which they differ, else (a change of code, say) their files. */
const namesOf = (baseline: Runs, candidate: Runs): readonly [Hyperparameters, Hyperparameters] => {
  const known = [...new Set([...Object.keys(baseline.configuration), ...Object.keys(candidate.configuration)])]
  const differ = known.filter((name) => !same(baseline.configuration[name], candidate.configuration[name]))
  const named = ({ given, configuration }: Runs): Hyperparameters => {
    const point = differ.flatMap((name) => {
      const value = configuration[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    return point.length === 0 ? { runs: given } : Object.fromEntries(point)
  }
  return [named(baseline), named(candidate)]
}

const side = ({ runs }: Runs, metric: Metric, hyperparameters: Hyperparameters): LaunchSide => {
  const completed = runs.flatMap(({ id, status, value, measurements }) =>
    status === "completed" && value !== undefined ? [{ id, value, end: lastTenth(measurements ?? [], metric) }] : [],
  )
  // Where no run has a curve there is no end to ask about.
  const curves = completed.some(({ end }) => end !== undefined)
  return {
    hyperparameters,
    repeats: completed.map(({ value }) => value),
    ids: completed.map(({ id }) => id),
    ...(curves ? { lastTenths: completed.map(({ value, end }) => end ?? value) } : {}),
    lost: runs.filter(({ status }) => status !== "completed" && status !== "infeasible").length,
  }
}

/** Whole curves that are alike to the last digit: the seed changes nothing, so runs show no noise. */
const seedsIgnored = (runs: ReadonlyArray<Trial>): boolean => {
  const curves = runs.flatMap(({ status, measurements }) =>
    status === "completed" && measurements !== undefined && measurements.length > 1
      ? [JSON.stringify(measurements)]
      : [],
  )
  return curves.length > 1 && new Set(curves).size === 1
}
