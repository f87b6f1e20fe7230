import { bayesianSession, type Observation, randomPoint, unitPoint } from "@tanren/search"
import { fromUnit } from "@tanren/space"
import type { Hyperparameters } from "@tanren/terms"
import type { Asked, Method, Run } from "./method.ts"

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Points that results do not change. */
const fixedSequence =
  (point: (seed: number, index: number, dimensions: number) => ReadonlyArray<number>) =>
  async ({ hyperparameters, seed }: Asked): Promise<Run> => {
    let index = 0
    return {
      ask: async () => fromUnit(hyperparameters, point(seed, index++, hyperparameters.length)),
      given: () => {},
      tell: () => {},
      seconds: () => 0,
      end: () => {},
    }
  }

const observed = (hyperparameters: Hyperparameters, value: number | null): Observation =>
  value === null ? { hyperparameters } : { hyperparameters, value }

const bayes = async (asked: Asked): Promise<Run> => {
  const session = bayesianSession(asked)
  let last: Hyperparameters = {}
  let spent = 0
  const timed = <A>(act: () => A): A => {
    const began = cpuSeconds()
    const result = act()
    spent += cpuSeconds() - began
    return result
  }
  return {
    ask: async () => {
      const [suggestion] = timed(() => session.ask({ count: 1 }))
      if (suggestion === undefined) throw new Error("no suggestion")
      last = suggestion.hyperparameters
      return last
    },
    given: (points, values) => {
      session.tell(points.map((point, at) => observed(point, values[at] ?? null)))
    },
    tell: (value) => {
      timed(() => session.tell([observed(last, value)]))
    },
    seconds: () => spent,
    end: () => {},
  }
}

const anything = () => null

export const own: ReadonlyArray<Method> = [
  { name: "tanren", refuses: anything, start: bayes },
  { name: "halton", refuses: anything, start: fixedSequence(unitPoint) },
  { name: "random", refuses: anything, start: fixedSequence(randomPoint) },
]
