import { contains } from "@tanren/space"
import type { Hyperparameter } from "@tanren/terms"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Ask, suggestions } from "../src/suggest/suggestions.ts"
import { command, json, written } from "./command-run.ts"

const space: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
  { name: "layers", type: "int", low: 1, high: 3 },
]
/** So few points that a sequence repeats them. */
const tiny: ReadonlyArray<Hyperparameter> = [
  { name: "use_dropout", type: "boolean" },
  { name: "layers", type: "int", low: 1, high: 3 },
]

const suggest = async (hyperparameters: unknown, ...args: ReadonlyArray<string>) => {
  const said = await command("suggest", ["--space", json({ hyperparameters }), ...args])
  return { ...said, points: said.out.map((line) => JSON.parse(line) as Suggestion) }
}
interface Suggestion {
  readonly id: string
  readonly hyperparameters: Record<string, unknown>
}

describe("tanren suggest", () => {
  test("prints points of the space in the interchange format, and nothing else", async () => {
    const { points, notes, refused } = await suggest(space, "--count", "30")
    expect(refused).toBeUndefined()
    expect(notes).toEqual([])
    expect(points).toHaveLength(30)
    for (const [index, { id, hyperparameters, ...rest }] of points.entries()) {
      expect(rest).toEqual({})
      expect(id).toBe(`halton-0-${index}`)
      expect(contains(space, hyperparameters as never)).toEqual({ ok: true })
    }
  })

  test.each(["halton", "random"])("%s: two seeds differ; the first 50 of 100 are the 50", async (algorithm) => {
    const ask = (count: string, seed: string) =>
      suggest(space, "--algorithm", algorithm, "--count", count, "--seed", seed)
    const fifty = await ask("50", "7")
    expect((await ask("100", "7")).out.slice(0, 50)).toEqual(fifty.out)
    const other = await ask("50", "8")
    const values = ({ points }: typeof other) => points.map(({ hyperparameters }) => JSON.stringify(hyperparameters))
    expect(values(other).filter((point) => values(fifty).includes(point))).toEqual([])
  })

  test("goes on after the trials that are there, whatever became of them and whatever else they hold", async () => {
    const whole = (await suggest(space, "--count", "12")).points
    const trials = whole.slice(0, 8).map(({ hyperparameters }, at) => ({
      hyperparameters: { ...hyperparameters, epochs: 10 },
      status: ["completed", "infeasible", "failed", "running"][at % 4],
    }))
    const lost = trials.filter((_, at) => at !== 3)
    const file = written("trials.jsonl", `${lost.map((trial) => JSON.stringify(trial)).join("\n")}\n\n`)
    const { points, notes } = await suggest(space, "--count", "5", "--trials", file)
    expect(points).toEqual([whole[3], ...whole.slice(8)])
    expect(notes).toEqual([`Note: ${file}: 7 of 7 trials are points of this sequence and are not suggested again`])
  })

  test("takes an empty file of trials as a beginning", async () => {
    const file = written("trials.jsonl", "")
    expect((await suggest(space, "--count", "2", "--trials", file)).out).toHaveLength(2)
  })

  test("asks whether seed and space are meant where no trial is of the sequence, and says what lies outside", async () => {
    const file = written(
      "trials.jsonl",
      `{"hyperparameters": {"optimizer": "adam", "learning_rate": 3, "layers": 2}}
{"hyperparameters": {"optimizer": "adam", "learning_rate": 0.01, "layers": 2}, "value": NaN}`,
    )
    const { notes } = await suggest(space, "--count", "1", "--trials", file)
    expect(notes[0]).toMatch(/0 of 2 trials .*; are space, algorithm, seed and --from the same as before\?/)
    expect(notes[1]).toMatch(/1 of them lie outside the space \(line 1: learning_rate: is outside its range/)
  })

  test("reads AlgoPerf's search spaces, and YAML", async () => {
    const algoperf = json({
      learning_rate: { min: 1e-4, max: 1e-2, scaling: "log" },
      dropout: { feasible_points: [0, 0.1] },
    })
    const said = await command("suggest", ["--space", algoperf, "--count", "3", "--algorithm", "algoperf-halton"])
    expect(said.refused).toBeUndefined()
    expect(said.out.map((line) => Object.keys((JSON.parse(line) as Suggestion).hyperparameters))).toEqual(
      Array.from({ length: 3 }, () => ["learning_rate", "dropout"]),
    )
    const yaml = written("space.yaml", "hyperparameters:\n  - {name: layers, type: int, low: 1, high: 6}\n")
    expect((await command("suggest", ["--space", yaml, "--count", "2"])).out).toHaveLength(2)
  })

  test("a grid: as many points as fit, the rest of it after trials, none above two dimensions", async () => {
    const grid = ["--algorithm", "grid", "--count"]
    const { points, notes } = await suggest(tiny, ...grid, "7", "--seed", "3")
    expect(points.map(({ hyperparameters }) => Object.values(hyperparameters))).toEqual(
      [false, true].flatMap((dropout) => [1, 2, 3].map((layers) => [dropout, layers])),
    )
    expect(notes).toEqual([
      "Note: grid has no seed; --seed 3 changes nothing",
      "Note: a grid of at most 7 points has 6 here",
    ])
    const trials = written(
      "trials.jsonl",
      points
        .slice(0, 4)
        .map((point) => JSON.stringify(point))
        .join("\n"),
    )
    expect((await suggest(tiny, ...grid, "6", "--trials", trials)).points).toEqual(points.slice(4))
    expect((await suggest(space, ...grid, "50")).refused?.join()).toMatch(/for one or two .* here are 5 .*use halton/)
    expect((await suggest(tiny, ...grid, "1")).refused?.join()).toMatch(/needs 2 trials; there are 1/)
  })

  describe("bayes", () => {
    const rate = { name: "learning_rate", type: "float", low: 1e-5, high: 1, scale: "log" }
    const lines = (trials: ReadonlyArray<object>) =>
      written("trials.jsonl", trials.map((trial) => JSON.stringify(trial)).join("\n"))
    const at = (exponent: number) => ({ hyperparameters: { learning_rate: 10 ** exponent } })
    const exponents = [-4.5, -3.8, -3, -2.6, -1.5, -0.7]
    const bayes = async (space: unknown, file: string, ...args: ReadonlyArray<string>) => {
      const all = ["--space", json(space), "--count", "2", "--algorithm", "bayes", "--trials", file, ...args]
      const said = await command("suggest", all)
      return { ...said, points: said.out.map((line) => JSON.parse(line) as Suggestion) }
    }
    const rateOf = ({ hyperparameters }: Suggestion) => Math.log10(Number(hyperparameters.learning_rate))

    test.each([
      ["minimize", 1],
      ["maximize", -1],
    ] as const)("%s: looks where the trials so far were best, and away from what is running", async (goal, sign) => {
      const space = { metric: { name: "valid/score", goal }, hyperparameters: [rate] }
      const file = lines(exponents.map((one) => ({ ...at(one), value: sign * (one + 2.1) ** 2, epochs: 3 })))
      const { points, notes } = await bayes(space, file)
      expect(notes).toEqual([`Note: ${file}: 6 completed, 0 infeasible, 0 running`])
      expect(points.map(({ id }) => id)).toEqual(["bayes-0-6", "bayes-0-7"])
      expect(Math.abs(rateOf(points[0]!) + 2.1)).toBeLessThan(0.3)
      const pending = lines(points.map(({ hyperparameters }) => ({ hyperparameters })))
      const more = await bayes(space, file, "--pending", pending)
      expect(more.points.map(({ id }) => id)).toEqual(["bayes-0-8", "bayes-0-9"])
      const known = points.map((point) => JSON.stringify(point.hyperparameters))
      for (const { hyperparameters } of more.points) expect(known).not.toContain(JSON.stringify(hyperparameters))
    })

    test("reads a status, values that are not finite, and lines without a value", async () => {
      const trials = [
        ...exponents.map((one) => ({ ...at(one), status: "completed", value: (one + 2.1) ** 2 })),
        { ...at(-0.3), status: "infeasible" },
        { ...at(-0.2), value: null },
        { ...at(-2), status: "running" },
        at(-2.2),
        { ...at(-1), status: "failed" },
        { hyperparameters: { learning_rate: 3 }, value: 0 },
      ]
      const { points, notes } = await bayes({ hyperparameters: [rate] }, lines(trials), "--from", "3")
      expect(points).toHaveLength(2)
      expect(notes.map((note) => note.replace(/Note: (.*jsonl: )?/, ""))).toEqual([
        "bayes follows no sequence; --from 3 changes nothing",
        "the space names no metric: the smaller value counts as the better",
        "7 completed, 2 infeasible, 2 running",
        "1 failed or cancelled trials say nothing of their points, which are not suggested again",
        expect.stringMatching(/^1 trials lie outside the space and are left out \(line 12: learning_rate: is outside/),
      ])
    })

    test("does not suggest for ever the point at which a program fails", async () => {
      const trials = exponents.map((one) => ({ ...at(one), value: (one + 2.1) ** 2 }))
      const tried: Array<number> = []
      for (let turn = 0; turn < 3; turn++) {
        const failed = tried.map((learning_rate) => ({ hyperparameters: { learning_rate }, status: "failed" }))
        const { points } = await bayes({ hyperparameters: [rate] }, lines([...trials, ...failed]))
        tried.push(...points.map(({ hyperparameters }) => Number(hyperparameters.learning_rate)))
      }
      expect(new Set(tried).size).toBe(6)
    })

    test("refuses a completed trial without a value, and a value that is no number", async () => {
      const file = lines([
        { ...at(-1), status: "completed" },
        { ...at(-2), value: "0.3" },
      ])
      expect((await bayes({ hyperparameters: [rate] }, file)).refused).toEqual([
        `${file}: line 1: is completed, but has no value`,
        `${file}: line 2: its value is not a number`,
      ])
    })

    test("begins without any trials", async () => {
      const { points } = await suggest(space, "--count", "3", "--algorithm", "bayes")
      for (const { hyperparameters } of points) expect(contains(space, hyperparameters as never)).toEqual({ ok: true })
      expect(points).toHaveLength(3)
    })
  })

  test("more dimensions than AlgoPerf's sequence has are refused", async () => {
    const wide = Array.from({ length: 200 }, (_, at) => ({ name: `x${at}`, type: "float", low: 0, high: 1 }))
    const { refused } = await suggest(wide, "--count", "1", "--algorithm", "algoperf-halton")
    expect(refused?.join()).toMatch(/algoperf-halton has 166 dimensions at most, asked for 200/)
  })
})

const points = (ask: Ask, already: ReadonlyArray<Suggestion["hyperparameters"]> = []) => {
  const suggested = suggestions(ask, already as never)
  if (!suggested.ok) throw new Error(suggested.reason)
  return suggested.suggestions
}
const algorithms = fc.constantFrom<Ask["algorithm"]>("halton", "algoperf-halton", "random")
const batches = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })
const sum = (sizes: ReadonlyArray<number>) => sizes.reduce((all, one) => all + one, 0)

describe("batches of any size at any parallelism give the same set", () => {
  test("by index, in any order", () => {
    const property = fc.property(algorithms, fc.nat(1e6), batches, fc.gen(), (algorithm, seed, sizes, choose) => {
      const ask = { hyperparameters: space, algorithm, seed }
      const parts = sizes.map((count, at) => ({ count, from: sum(sizes.slice(0, at)) }))
      const order = choose(fc.shuffledSubarray, parts, { minLength: parts.length })
      const given = order.flatMap((part) => points({ ...ask, ...part }))
      const whole = points({ ...ask, from: 0, count: sum(sizes) })
      const byIndex = given.toSorted((a, b) => Number(a.id.split("-").at(-1)) - Number(b.id.split("-").at(-1)))
      expect(byIndex).toEqual(whole)
    })
    fc.assert(property, { numRuns: 40 })
  })

  test("by the trials so far, which come back in any order", () => {
    const spaces = fc.constantFrom(space, tiny)
    const property = fc.property(spaces, algorithms, batches, fc.gen(), (hyperparameters, algorithm, sizes, choose) => {
      const ask: Omit<Ask, "count"> = { hyperparameters, algorithm, seed: 1, from: 0 }
      const given: Array<Suggestion> = []
      for (const count of sizes) {
        const known = choose(fc.shuffledSubarray, given, { minLength: given.length })
        const trials = known.map((one) => one.hyperparameters)
        given.push(...points({ ...ask, count }, trials))
      }
      const whole = points({ ...ask, count: sum(sizes) })
      const values = (all: ReadonlyArray<Suggestion>) =>
        all.map((one) => JSON.stringify(one.hyperparameters)).toSorted()
      expect(values(given)).toEqual(values(whole))
    })
    fc.assert(property, { numRuns: 40 })
  })
})
