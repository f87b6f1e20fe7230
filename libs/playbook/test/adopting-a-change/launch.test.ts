import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { decideLaunch, type LaunchInput } from "../../src/adopting-a-change/launch.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const side = (learning_rate: number, repeats: ReadonlyArray<number>) => ({
  hyperparameters: { learning_rate },
  repeats,
  ids: repeats.map((_, index) => `${learning_rate}-${index}`),
})
const input = (over: Partial<LaunchInput> = {}): LaunchInput => ({
  metric,
  candidate: side(0.3, [0.05, 0.052, 0.051, 0.049, 0.05]),
  baseline: side(0.1, [0.06, 0.061, 0.0605, 0.059, 0.062]),
  validationExamples: 600,
  seedsIgnored: false,
  infeasibleRepeats: 0,
  ...over,
})

describe("launch", () => {
  test("a clear gain on fresh seeds is adopted, with its numbers", () => {
    const decided = decideLaunch(input())
    expect(decided).toMatchObject({ rule: "launch@4", decision: "adopt", because: "better" })
    expect(decided.comparison?.low).toBeGreaterThan(0)
    expect(decided.text).toContain("1.01 points")
    // Their values are no whole numbers of 600 examples, so that nothing is known of their sampling.
    expect(decided.samplingOfDifference).toBeNull()
  })

  test("a metric to be maximised turns the difference around", () => {
    const accuracy = { name: "valid/accuracy", goal: "maximize" } as const
    expect(decideLaunch(input({ metric: accuracy })).because).toBe("worse")
  })

  test("a gain within the noise is not", () => {
    const decided = decideLaunch(input({ candidate: side(0.3, [0.059, 0.061, 0.06, 0.0595, 0.061]) }))
    expect(decided).toMatchObject({ decision: "keep", because: "not-established" })
    expect(decided.repeatsNeeded).toBeGreaterThan(5)
    expect(decided.text).toContain("four times out of five")
  })

  test("a worse candidate is not, and no more runs are asked for", () => {
    const decided = decideLaunch(input({ candidate: side(0.3, [0.08, 0.081, 0.082, 0.079, 0.08]) }))
    expect(decided).toMatchObject({ decision: "keep", because: "worse", repeatsNeeded: null })
    expect(decided.text).toContain("worse by 1.99 points (95 % interval 1.83 to 2.15 points)")
    expect(decided.text).not.toContain("better by")
  })

  test("the same hyperparameters, trained for longer, are another candidate", () => {
    const trained = (maxTrainSteps: number, repeats: ReadonlyArray<number>) => ({
      ...side(0.1, repeats),
      training: { maxTrainSteps, schedule: { type: "linear", endFactor: 0 } as const },
    })
    const [better, worse] = [[0.05, 0.052, 0.051, 0.049, 0.05], input().baseline.repeats]
    const longer = input({ candidate: trained(2, better), baseline: trained(1, worse) })
    expect(decideLaunch(longer).because).toBe("better")
    const alike = input({ candidate: trained(1, better), baseline: trained(1, worse) })
    expect(decideLaunch(alike).because).toBe("same-as-baseline")
  })

  test("one diverged re-run keeps the baseline, however good the others", () => {
    const decided = decideLaunch(input({ candidate: side(0.3, [0.02, 0.021, 0.02, 0.022]), infeasibleRepeats: 1 }))
    expect(decided).toMatchObject({ decision: "keep", because: "candidate-infeasible" })
    expect(decided.text).toContain("1 of the candidate's 5")
  })

  test("a gain is not launched while a bug is suspected to have made it; what is kept is kept for its own reason", () => {
    const suspectedBug = { type: "suspect-bug", where: "data-order-or-split" } as const
    const decided = decideLaunch(input({ suspectedBug }))
    expect(decided).toMatchObject({ decision: "undecided", because: "suspected-bug", suspectedBug })
    expect(decided.text).toMatch(/Nothing is launched.*shuffling of the training data.*Mean valid\/error/)
    const worse = input({ suspectedBug, candidate: side(0.3, [0.08, 0.081, 0.082, 0.079, 0.08]) })
    expect(decideLaunch(worse)).toMatchObject({ decision: "keep", because: "worse" })
  })

  test("a program that ignores its seed launches nothing", () => {
    const decided = decideLaunch(
      input({ candidate: side(0.3, [0.05, 0.05, 0.05]), baseline: side(0.1, [0.06, 0.06, 0.06]), seedsIgnored: true }),
    )
    expect(decided).toMatchObject({ decision: "undecided", because: "seeds-ignored" })
    expect(decided.text).toContain("ignores its seed")
  })

  test("the baseline is no candidate", () => {
    expect(decideLaunch(input({ candidate: side(0.1, [0.01, 0.011, 0.012]) }))).toMatchObject({
      decision: "keep",
      because: "same-as-baseline",
    })
  })

  test("work that proposes nothing keeps what stands, and no candidate is spoken of", () => {
    const decided = decideLaunch(input({ candidate: null }))
    expect(decided).toMatchObject({ decision: "keep", because: "nothing-proposed", comparison: null })
    expect(decided.text).toBe("Keep the baseline: nothing was proposed in its place.")
    // That nothing could be run again is the reason why nothing is proposed.
    expect(decideLaunch(input({ candidate: null, seedsUndeclared: true })).because).toBe("seeds-undeclared")
  })

  test("two runs decide nothing", () => {
    expect(decideLaunch(input({ candidate: side(0.3, [0.01, 0.0101]) })).because).toBe("too-few-repeats")
  })

  test("without spread and without resolution nothing is decided", () => {
    const same = { candidate: side(0.3, [0.5, 0.5, 0.5]), baseline: side(0.1, [0.6, 0.6, 0.6]) }
    expect(decideLaunch(input({ ...same, validationExamples: undefined })).because).toBe("no-spread")
    expect(decideLaunch(input({ ...same, metric: { name: "valid/loss", goal: "minimize" } })).because).toBe("no-spread")
  })

  test("re-runs that all agree show no spread, whatever rounding makes of their mean", () => {
    for (let k = 1; k < 100; k++) {
      const [better, worse] = [k, k + 1].map((of) => Array.from({ length: 3 + (k % 6) }, () => of / 100))
      const sides = { candidate: side(0.3, better ?? []), baseline: side(0.1, worse ?? []) }
      const decided = decideLaunch(input({ ...sides, validationExamples: undefined }))
      expect(decided).toMatchObject({ because: "no-spread", trialVariance: null })
    }
  })

  test("without spread, the size of one example stands in for it", () => {
    const one = decideLaunch(
      input({ candidate: side(0.3, [0.05, 0.05, 0.05]), baseline: side(0.1, [0.06, 0.06, 0.06]) }),
    )
    expect(one.because).toBe("better")
    expect(one.comparison?.resolutionUsed).toBe(true)
    expect(one.text).toContain("size of one example")
    const near = side(0.1, [0.0501, 0.0501, 0.0501])
    expect(decideLaunch(input({ candidate: side(0.3, [0.05, 0.05, 0.05]), baseline: near })).because).toBe(
      "not-established",
    )
  })

  test("complexity asks for a least gain", () => {
    const complexity = { leastGain: 0.02, reason: "a second model to serve" }
    const decided = decideLaunch(input({ complexity }))
    expect(decided).toMatchObject({ decision: "keep", because: "gain-below-complexity" })
    expect(decided.text).toContain("a second model to serve")
    expect(decideLaunch(input({ complexity: { leastGain: 0.005, reason: "little" } })).because).toBe("better")
  })

  test("a candidate picked by these very runs meets a wider interval", () => {
    const wide = decideLaunch(input({ pickedFrom: 4 }))
    const plain = decideLaunch(input())
    expect(wide.comparison?.level).toBeCloseTo(0.9875, 12)
    expect(wide.comparison?.low).toBeLessThan(plain.comparison?.low ?? 0)
  })
})

describe("in the long run", () => {
  const rate = (shift: number, rounds: number) => {
    const random = randomOf(`launch ${shift}`)
    let adopted = 0
    for (let round = 0; round < rounds; round++) {
      const draw = (mean: number) => Array.from({ length: 5 }, () => mean + random.normal())
      const loss = { name: "valid/loss", goal: "minimize" } as const
      const decided = decideLaunch(
        input({ metric: loss, candidate: side(0.3, draw(-shift)), baseline: side(0.1, draw(0)) }),
      )
      if (decided.decision === "adopt") adopted++
    }
    return adopted / rounds
  }

  // The upper half of a two-sided 5 %; the bounds are three standard errors of 1,000 draws away, and the seed is fixed.
  test("no difference is adopted in about one of forty", () => {
    const found = rate(0, 1000)
    expect(found).toBeGreaterThan(0.01)
    expect(found).toBeLessThan(0.04)
  })
  test("three standard deviations nearly always", () => expect(rate(3, 200)).toBeGreaterThan(0.95))
})
