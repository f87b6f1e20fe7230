import type { StudyDesign } from "@tanren/search"
import { mean } from "@tanren/statistics"
import {
  compareValues,
  type Hyperparameter,
  type Hyperparameters,
  hasEnded,
  isComparable,
  type Metric,
  pointKey,
  type Training,
  type Trial,
} from "@tanren/terms"
import { roundId } from "./first-round.ts"

/** A point with what its runs at one length came to. */
export interface RanPoint {
  readonly hyperparameters: Hyperparameters
  readonly value: number
  /** The ids of its runs. */
  readonly trials: ReadonlyArray<string>
  /** It had the best mean of the re-runs of an earlier goal. */
  readonly wonRerun?: true
}

/**
 * The points of these trials, best first, each with the mean of its runs: one that ran again is less flattered by luck.
 * One of which any run was infeasible is none to build on.
 */
export const ranPoints = (trials: ReadonlyArray<Trial>, metric: Metric): ReadonlyArray<RanPoint> => {
  const points = new Map<string, Array<Trial>>()
  // A failed or cancelled run is trouble, and says nothing of its point.
  for (const trial of trials.filter(hasEnded)) {
    const key = pointKey(trial.hyperparameters)
    const known = points.get(key)
    if (known === undefined) points.set(key, [trial])
    else known.push(trial)
  }
  const compare = compareValues(metric)
  return [...points.values()]
    .flatMap((runs) => {
      const [first] = runs
      const values = runs.filter(isComparable).map(({ value }) => value)
      if (first === undefined || values.length < runs.length) return []
      return [{ hyperparameters: first.hyperparameters, value: mean(values), trials: runs.map(({ id }) => id) }]
    })
    .sort((one, other) => compare(one.value, other.value))
}

/**
 * The best points besides what stands, which goes on anyway; best first. The winners of earlier goals' re-runs are always
 * among them: their means stand beside the luckiest of single trials, which would crowd them out.
 */
export const carriedOf = (
  points: ReadonlyArray<RanPoint>,
  stands: Hyperparameters,
  most: number,
): ReadonlyArray<RanPoint> => {
  const others = points.filter(({ hyperparameters }) => pointKey(hyperparameters) !== pointKey(stands))
  const won = others.filter(({ wonRerun }) => wonRerun === true)
  const chosen = new Set([...won, ...others.filter((one) => !won.includes(one))].slice(0, most))
  return others.filter((one) => chosen.has(one))
}

/**
 * What stands first, then the points that are taken over, at the next length. What stands runs at every length, so that
 * what longer training alone gains can be told from what was found.
 */
export const laterRound = (input: {
  readonly place: number
  readonly round: number
  readonly training: Training
  readonly stands: Hyperparameters
  readonly carried: ReadonlyArray<RanPoint>
  /** By point, what stands first: the shorter run that it goes on from. */
  readonly goesOn?: StudyDesign["goesOn"]
  /** Whose values the points differ in: for who reads the study. */
  readonly searched: ReadonlyArray<Hyperparameter>
}): StudyDesign => {
  const points = [input.stands, ...input.carried.map(({ hyperparameters }) => hyperparameters)]
  return {
    id: roundId(input.place, input.round),
    scientific: {},
    searched: input.searched,
    held: {},
    algorithm: "listed",
    seed: 0,
    from: 0,
    trials: points.length,
    points,
    training: input.training,
    ...(input.goesOn === undefined ? {} : { goesOn: input.goesOn }),
  }
}
