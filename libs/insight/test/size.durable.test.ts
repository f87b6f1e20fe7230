import { describe, expect, it } from "vitest"
import { analyse } from "../src/index.ts"
import { inputOf, inside, trialsOf } from "./fixture.ts"

describe("size", () => {
  // What grows faster than the record does not come to its end in the time that a test has.
  it("reads a thousand trials of a thousand evaluations", () => {
    const measurements = Array.from({ length: 1000 }, (_, k) => ({
      step: k + 1,
      metrics: {
        "valid/error": 0.1 + Math.exp(-k / 100) + 0.001 * ((k * 7919) % 13),
        "train/loss": Math.exp(-k / 200),
      },
    }))
    const trials = trialsOf({ cost: inside, trials: 1000 }).map((trial) => ({ ...trial, measurements }))
    const findings = analyse(inputOf(trials))
    expect(findings.length).toBeGreaterThan(15)
  })
})
