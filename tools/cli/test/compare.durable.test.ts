import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"

// As a stranger has it: an empty folder, two files or two experiments of MLflow, and nothing of Tanren's.
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "tanren-compare-"))

const compare = (...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "compare", ...args], {
    encoding: "utf8",
    cwd: folder,
  })
  return { status, stdout, stderr }
}

const csv = (name: string, values: ReadonlyArray<number>): void =>
  writeFileSync(join(folder, name), ["seed,val_error", ...values.map((value, at) => `${at},${value}`)].join("\n"))

beforeAll(() => {
  csv("base.csv", [0.102, 0.099, 0.101, 0.104, 0.098])
  csv("better.csv", [0.082, 0.085, 0.08, 0.084, 0.083])
  csv("alike.csv", [0.1, 0.103, 0.097, 0.099, 0.102])
  csv("two.csv", [0.08, 0.082])
  const database = new DatabaseSync(join(folder, "mlflow.db"), { enableForeignKeyConstraints: false })
  const dump = new URL("../../analyze/test/fixtures/mlflow-3.17-two.sql", import.meta.url)
  database.exec(`BEGIN; ${readFileSync(dump, "utf8")}; COMMIT`)
  database.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("two CSV files: 0 adopts, 10 keeps and says how many runs would show it, 11 is undecided", () => {
  const adopted = compare("base.csv", "better.csv")
  expect(adopted.stderr).toBe("")
  expect(adopted.stdout).toMatch(/^A, the baseline that stands: base\.csv.*\nB, the candidate: better\.csv/)
  expect(adopted.stdout).toMatch(/Adopt .*better by 1\.80 points \(95 % interval 1\.\d\d to 2\.\d\d points\)/)
  expect(adopted.status).toBe(0)
  const kept = compare("base.csv", "alike.csv")
  expect(kept.stdout).toMatch(/Keep the baseline: no improvement is established.*About \d+ runs of each/)
  expect(kept.status).toBe(10)
  const worse = compare("better.csv", "base.csv")
  expect(worse.stdout).toMatch(/Keep the baseline: the candidate is worse/)
  expect(worse.status).toBe(10)
  const open = compare("base.csv", "two.csv")
  expect(open.stdout).toMatch(/Undecided.*at least 3 of each/)
  expect(open.status).toBe(11)
})

test("a gain that its cost outweighs is kept with the reason; many candidates widen the interval", () => {
  const { stdout, status } = compare("base.csv", "better.csv", "--least-gain", "0.017")
  expect(stdout).toMatch(/better, but not surely by the 1\.70 points that its complexity requires/)
  expect(status).toBe(10)
  expect(compare("base.csv", "better.csv", "--picked-from", "4").stdout).toMatch(/98\.75 % interval.*picked from 4/)
})

test("--examples: what their choice leaves open, or that the values are no shares of them", () => {
  expect(compare("base.csv", "better.csv", "--examples", "1000").stdout).toMatch(/on these 1000 validation examples/)
  expect(compare("base.csv", "better.csv", "--examples", "7").stdout).toMatch(/The 7 validation examples are not used/)
})

test("--right: which examples the sides differ on", () => {
  const runs = (wrong: ReadonlyArray<number>): string =>
    wrong.map((count) => Array.from({ length: 1000 }, (_, at) => (at < count ? "0" : "1")).join(",")).join("\n")
  writeFileSync(join(folder, "a.txt"), runs([102, 99, 101, 104, 98]))
  writeFileSync(join(folder, "b.txt"), runs([82, 85, 80, 84, 83]))
  const { stdout, status } = compare("base.csv", "better.csv", "--right", "a.txt,b.txt")
  expect(stdout).toMatch(/and, as far as seeds and their number tell, on others of their kind \(.*one standard error\)/)
  expect(stdout).toContain(
    "Of 1000 examples most runs of the candidate alone have 18 right, most of the baseline alone 0",
  )
  expect(status).toBe(0)
  writeFileSync(join(folder, "b.txt"), "1,0,1")
  expect(compare("base.csv", "better.csv", "--right", "a.txt,b.txt").stderr).toMatch(
    /^--right: a\.txt has 1000 examples, b\.txt has 3; the same ones are wanted/,
  )
  rmSync(join(folder, "a.txt"))
  rmSync(join(folder, "b.txt"))
})

test("two experiments of MLflow", () => {
  const { stdout, status } = compare("mlflow.db#standing", "mlflow.db#candidate", "--json")
  const decided = JSON.parse(stdout)
  expect(decided).toMatchObject({ decision: "adopt", candidate: { hyperparameters: { lr: 0.03 } } })
  expect(decided.lastTenth.low).toBeGreaterThan(0)
  expect(status).toBe(0)
})

test("--json: the decision alone on standard output", () => {
  const { stdout, stderr, status } = compare("base.csv", "better.csv", "--json")
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 0,
    files: { baseline: "base.csv", candidate: "better.csv" },
    decision: "adopt",
    comparison: { level: 0.95 },
  })
  expect(stderr).toMatch(/^A, the baseline/)
  expect(status).toBe(0)
})

test("in Japanese", () => {
  expect(compare("base.csv", "alike.csv", "--language", "ja").stdout).toMatch(
    /ベースラインを維持.*\n\n.*\n終了コード 10/,
  )
})

test.each<readonly [what: string, args: ReadonlyArray<string>, said: RegExp]>([
  ["no such file", ["base.csv", "none.csv"], /^none\.csv: no such file\n$/],
  ["one side alone", ["base.csv"], /Missing required argument: candidate/],
  ["no such metric", ["base.csv", "alike.csv", "--metric", "f1"], /^base\.csv: metric f1: .*measured are val_error/],
  ["a gain of nothing", ["base.csv", "alike.csv", "--least-gain", "0"], /^--least-gain: must be above 0, found 0/],
  ["no examples", ["base.csv", "alike.csv", "--examples", "0"], /^--examples: must be .* found 0/],
  ["one file of answers", ["base.csv", "alike.csv", "--right", "base.csv"], /^--right: two files are wanted/],
  [
    "answers that are none",
    ["base.csv", "alike.csv", "--right", "base.csv,base.csv"],
    /^base\.csv: line 1 is "seedval_/,
  ],
  [
    "two experiments at once",
    ["mlflow.db", "mlflow.db"],
    /^mlflow\.db: holds 2 experiments .*choose one by mlflow\.db#NAME/,
  ],
])("%s: exit code 2 and a clear line", (_, args, said) => {
  const { status, stderr } = compare(...args)
  expect(stderr).toMatch(said)
  expect(status).toBe(2)
})

test("nothing is left behind", () => {
  expect(readdirSync(folder).sort()).toEqual(["alike.csv", "base.csv", "better.csv", "mlflow.db", "two.csv"])
})
