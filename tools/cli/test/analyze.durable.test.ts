import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { questions } from "@tanren/insight"
import { randomOf } from "@tanren/terms"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "tanren-analyze-cli-"))
const results = join(folder, "results.csv")

const analyze = (...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "analyze", ...args], {
    encoding: "utf8",
    cwd: folder,
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  const { uniform, normal } = randomOf("analyze on the command line")
  // The least loss lies a decade above the range.
  const rows = Array.from({ length: 48 }, () => {
    const [rate, dropout] = [10 ** (-4 + 3 * uniform()), 0.5 * uniform()]
    return [rate, dropout, uniform() < 0.5, 0.1 + 0.05 * Math.log10(rate) ** 2 + 0.002 * normal()].join(",")
  })
  writeFileSync(results, ["learning_rate,dropout,use_ema,val_loss", ...rows].join("\n"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("tanren analyze", () => {
  test("problems first, then what deserves a look, what could not be judged, and what is fine in one line", () => {
    const { status, stdout, stderr } = analyze("results.csv")
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    const order = [
      "results.csv: CSV, 48 rows: 48 trials (48 completed)",
      "Metric: val_loss, lower is better (guessed",
      "learning_rate  float 0.0001 to 0.1, log scale",
      "[Problem] Is the search space large enough? learning_rate",
      "→ Widen learning_rate up to 1",
      "[Watch] Were enough points sampled?",
      "Could not be judged:",
      "Fine: search-space-edge (dropout)",
      "--html FILE",
    ].map((text) => stdout.indexOf(text))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test("--json: findings in the interchange format, and nothing else", () => {
    const { status, stdout, stderr } = analyze("results.csv", "--json", "--noise", "0.002")
    expect(status).toBe(0)
    expect(stderr).toMatch(/Metric: val_loss/)
    const { findings, ...rest } = JSON.parse(stdout)
    expect(rest).toEqual({})
    const fields = new Set(["question", "verdict", "subject", "evidence", "trials", "text", "action"])
    for (const finding of findings) {
      expect(questions.map(({ id }) => id)).toContain(finding.question)
      expect(["fine", "watch", "problem", "too-few-data"]).toContain(finding.verdict)
      expect(Object.keys(finding).filter((field) => !fields.has(field))).toEqual([])
    }
    expect(findings).toContainEqual(
      expect.objectContaining({
        question: "search-space-edge",
        verdict: "problem",
        subject: "learning_rate",
        action: { type: "widen", hyperparameter: "learning_rate", high: 1 },
      }),
    )
  })

  test("--html: one page that needs nothing else, in Japanese", () => {
    const { status, stdout } = analyze(
      "results.csv",
      "--html",
      "report.html",
      "--language",
      "ja",
      "--scientific",
      "use_ema",
    )
    expect(status).toBe(0)
    expect(stdout).toMatch(/レポート: report\.html/)
    const page = readFileSync(join(folder, "report.html"), "utf8")
    expect(page).toMatch(/<html lang="ja">/)
    expect(page).toContain("<svg")
    expect(page).toContain("use_ema = true")
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/)
  })

  test("--space: Tanren's and AlgoPerf's declare the ranges", () => {
    const space = {
      metric: { name: "val_loss", goal: "minimize" },
      hyperparameters: [{ name: "learning_rate", type: "float", low: 1e-4, high: 10, scale: "log" }],
    }
    writeFileSync(join(folder, "space.json"), JSON.stringify(space))
    writeFileSync(join(folder, "algoperf.json"), '{"learning_rate": {"min": 1e-4, "max": 0.1, "scaling": "log"}}')
    const wide = analyze("results.csv", "--space", "space.json")
    expect(wide.stdout).toContain("learning_rate  float 0.0001 to 10, log scale")
    const algoperf = analyze("results.csv", "--space", "algoperf.json")
    expect(algoperf.stdout).toContain("[Problem] Is the search space large enough? learning_rate")
  })

  test.each<readonly [what: string, args: ReadonlyArray<string>, said: RegExp]>([
    ["no such file", ["nowhere.csv"], /^nowhere\.csv: no such file\n$/],
    ["no file", [], /Missing required argument: file/],
    [
      "no such metric",
      ["results.csv", "--metric", "los"],
      /^results\.csv: metric los: no column or curve of this name; measured are val_loss\n$/,
    ],
    ["noise that is none", ["results.csv", "--noise", "0"], /^--noise: must be greater than 0, found 0; leave it out/],
    ["a goal that is none", ["results.csv", "--goal", "lower"], /minimize/],
    [
      "a page where none can be",
      ["results.csv", "--html", "no/where.html"],
      /^--html: no\/where\.html cannot be written/,
    ],
    ["a space that is none", ["results.csv", "--space", "results.csv"], /^results\.csv: .*line 1, column 1/],
  ])("%s: exit code 2 and a clear line", (_, args, said) => {
    const { status, stderr } = analyze(...args)
    expect(stderr).toMatch(said)
    expect(status).toBe(2)
  })
})
