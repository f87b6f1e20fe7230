import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { type RunsOptions, readComparable, readRuns, sidesText } from "../src/index.ts"
import { fileWith } from "./files.ts"

const runs = (given: string, options: RunsOptions = {}) => {
  const read = readRuns(given, options)
  if (!read.ok) throw new Error(read.lines.join("\n"))
  return read.value
}

const refused = (given: string, options: RunsOptions = {}): string => {
  const read = readRuns(given, options)
  return read.ok ? "read" : read.lines.join("\n").replaceAll(/\S*tanren-analyze-test-\w+\/\d+\//g, "")
}

const values = (given: string, options: RunsOptions = {}) =>
  runs(given, options).runs.map(({ status, value }) => value ?? status)

const csv = (...lines: ReadonlyArray<string>): string => fileWith("runs.csv", lines.join("\n"))

const log = (...errors: ReadonlyArray<number>): string =>
  ["epoch,val_error", ...errors.map((error, epoch) => `${epoch},${error}`)].join("\n")

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const root = dirname(fileWith("logs/keep", ""))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

describe("runs of one configuration", () => {
  test("a row a run, without any hyperparameter", () => {
    const read = runs(csv("seed,val_error", "1,0.1", "2,0.12", "3,nan"))
    expect(read.runs.map(({ seed, status, value }) => [seed, status, value])).toEqual([
      [1, "completed", 0.1],
      [2, "completed", 0.12],
      [3, "infeasible", undefined],
    ])
    expect(read.configuration).toEqual({})
  })

  test("a name that all rows share is the configuration's", () => {
    expect(values(csv("name,val_error", "base,0.1", "base,0.12"))).toEqual([0.1, 0.12])
  })

  test("a row an evaluation: the best of each run counts, whichever column names the runs", () => {
    const lines = ["0,0.3", "1,0.1", "2,0.2"]
    for (const name of ["seed", "run", "id"]) {
      const rows = [7, 8].flatMap((key) => lines.map((line) => `${key},${line}`))
      expect(values(csv(`${name},epoch,val_acc`, ...rows))).toEqual([0.3, 0.3])
      expect(values(csv(`${name},epoch,val_error`, ...rows))).toEqual([0.1, 0.1])
    }
  })

  test("one seed in two groups of rows is two runs where another column says so", () => {
    const rows = ["a", "b"].flatMap((run) => [0, 1].map((epoch) => `${run},42,${epoch},${run === "a" ? 0.2 : 0.3}`))
    expect(values(csv("run,seed,epoch,val_error", ...rows))).toEqual([0.2, 0.3])
  })

  test("a folder with a log for each run", () => {
    const folder = folderOf({ "a.csv": log(0.5, 0.2, 0.3), "b.csv": log(0.5, 0.1), "notes.md": "# no results" })
    expect(values(folder)).toEqual([0.2, 0.1])
    expect(runs(folder).runs[0]?.measurements).toHaveLength(3)
  })

  test("rows of one of several configurations, by the value in a column", () => {
    const file = csv("lr,seed,val_error", "0.10,1,0.3", "0.10,2,0.31", "1e-2,1,0.2", "1e-2,2,0.21")
    expect(values(`${file}#lr=0.1`)).toEqual([0.3, 0.31])
    expect(runs(`${file}#lr=0.01#seed=2`).runs).toHaveLength(1)
    expect(runs(`${file}#lr=0.01`).configuration).toEqual({ lr: 0.01 })
  })

  test("a file with # in its own name", () => {
    expect(values(fileWith("a#b=1.csv", "seed,val_error\n1,0.1"))).toEqual([0.1])
  })

  test("MLflow's folder: an experiment of several, and a single run", () => {
    const run = (id: string, lr: number): Readonly<Record<string, string>> => ({
      [`${id}/meta.yaml`]: `run_id: ${id.split("/")[1]}\nstatus: 3\nlifecycle_stage: active`,
      [`${id}/params/lr`]: String(lr),
      [`${id}/metrics/val_error`]: "1700000000000 0.3 0\n1700000000001 0.2 1",
    })
    const folder = folderOf({
      "1/meta.yaml": "name: old",
      ...run("1/aa", 0.1),
      ...run("1/ab", 0.1),
      "2/meta.yaml": "name: new",
      ...run("2/ba", 0.2),
    })
    expect(values(`${folder}#old`)).toEqual([0.2, 0.2])
    expect(runs(`${folder}#new`).configuration).toEqual({ lr: 0.2 })
    expect(values(join(folder, "2", "ba"))).toEqual([0.2])
    expect(refused(folder)).toMatch(/choose one by \S+#NAME$/)
    expect(refused(`${folder}#x`)).toMatch(/^#NAME: \S+ holds no experiment x; it holds old, new$/)
  })
})

describe("what is refused", () => {
  test.each<readonly [what: string, lines: ReadonlyArray<string>, said: RegExp]>([
    [
      "two configurations",
      ["lr,seed,val_error", "0.1,1,0.3", "0.2,1,0.4"],
      /holds runs of several configurations: lr is 0\.1, 0\.2; name one by FILE#lr=0\.1, or .* --ignore lr$/,
    ],
    ["no metric", ["seed,color", "1,red", "2,red"], /no column looks like a metric .* --metric NAME/],
    ["a metric without a direction", ["seed,quux", "1,0.3", "2,0.4"], /quux|--metric/],
    ["no run", ["seed,val_error"], /runs\.csv/],
    ["no run with a value", ["seed,val_error", "1,", "2,"], /none of its 2 runs has a value|no column looks like/],
    ["one run's log", log(0.3, 0.2, 0.1).split("\n"), /which rows are of one run\? epoch differs .* add a column seed/],
    ["a run that stands twice", ["seed,val_error", "1,0.25", "1,0.25"], /have one seed \(1\) and one value \(0\.25\)/],
  ])("%s", (_, lines, said) => expect(refused(csv(...lines))).toMatch(said))

  test("a selection that names no column, or no row", () => {
    const file = csv("lr,seed,val_error", "0.1,1,0.3", "0.2,1,0.4")
    expect(refused(`${file}#rate=0.1`)).toMatch(/no column is called rate; the columns are lr, seed, val_error$/)
    expect(refused(`${file}#lr=3`)).toMatch(/no row has it; lr is 0\.1, 0\.2$/)
  })

  test("two sides with two metrics", () => {
    const read = readComparable(csv("seed,val_error", "1,0.1"), csv("seed,val_acc", "1,0.9"))
    expect(read).toEqual({ ok: false, lines: [expect.stringMatching(/two metrics, val_error .* and val_acc/)] })
  })
})

test("who is who is said first, in both languages", () => {
  const read = readComparable(csv("seed,val_error", "1,0.1"), folderOf({ "a.csv": log(0.2, 0.1) }))
  if (!read.ok) throw new Error(read.lines.join("\n"))
  expect(sidesText(read.value, "en")).toMatch(
    /^A, the baseline that stands: .*1 run \(1 completed\); each run by the value given\nB, the candidate: .*best of 2 evaluations\nMetric: val_error, lower is better/,
  )
  expect(sidesText(read.value, "ja")).toMatch(
    /^A（いま立っているベースライン）: [^\n]*\nB（候補）: .*2 回の評価の最良値/,
  )
})
