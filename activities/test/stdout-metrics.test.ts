import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { metricsReader, stdoutMetrics } from "../src/train/stdout-metrics.ts"

const read = (patterns: Readonly<Record<string, string>>, lines: ReadonlyArray<string>) => {
  const reader = metricsReader(patterns)
  return lines.flatMap((line) => {
    const event = reader(line)
    return event === undefined ? [] : [[event.step, event.metrics] as const]
  })
}

describe("metrics from what a program prints", () => {
  test("belong to the step on their line or before it", () => {
    const patterns = { step: "^epoch (\\d+)", "valid/error": "val_err=(\\S+)", "train/loss": "loss=(\\S+)" }
    expect(
      read(patterns, ["epoch 1: loss=0.5", "  val_err=12.5%", "saving", "epoch 2: loss=1,024.5, val_err=1e-1,"]),
    ).toEqual([
      [1, { "train/loss": 0.5 }],
      [1, { "valid/error": 12.5 }],
      [2, { "train/loss": 1024.5, "valid/error": 0.1 }],
    ])
  })
  test("are counted where no step is printed", () => {
    const patterns = { "train/loss": "^loss (\\S+)", "valid/error": "^error (\\S+)" }
    expect(read(patterns, ["loss 3", "error 0.5", "loss 2", "error 0.25"])).toEqual([
      [1, { "train/loss": 3 }],
      [1, { "valid/error": 0.5 }],
      [2, { "train/loss": 2 }],
      [2, { "valid/error": 0.25 }],
    ])
  })
  test.each([
    ["nan", Number.NaN],
    ["NaN", Number.NaN],
    ["-inf", Number.NEGATIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
  ])("%s means what it says", (printed, value) => {
    expect(read({ "train/loss": "loss (\\S+)" }, [`loss ${printed}`])).toEqual([[1, { "train/loss": value }]])
  })
  test("is not what merely looks alike", () => {
    expect(read({ "train/loss": "loss (\\S+)" }, ["loss pending", "no number"])).toEqual([])
  })
})

test("what cannot be written is trouble of this stream alone, and nothing is taken after it", () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-stdout-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const log = join(folder, "gone", "events.jsonl")
  const printed = stdoutMetrics({ "train/loss": "loss (\\S+)" }, log)
  printed.take("loss 3")
  expect(printed.trouble()?.message).toContain("ENOENT")
  mkdirSync(join(folder, "gone"))
  printed.take("loss 2")
  expect(existsSync(log)).toBe(false)
})
