import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { beforeAll, describe, expect, it } from "vitest"
import { analyseResults } from "../src/index.ts"
import { fileWith, fixture, reading, refusal } from "./files.ts"

const databaseFrom = (sql: string): string => {
  const file = fileWith("trials.db", "")
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  database.exec(`BEGIN; ${sql}; COMMIT`)
  database.close()
  return file
}

// Written by MLflow 3.17 (make-mlflow.py).
describe("MLflow's database", () => {
  let file = ""
  beforeAll(() => {
    file = databaseFrom(readFileSync(fixture("mlflow-3.17.sql"), "utf8"))
  })

  it("several experiments: asks for one", () => {
    expect(refusal(file)).toBe("trials.db: holds 2 experiments (digits, other); choose one with --study")
    expect(refusal(file, { study: "digit" })).toMatch(/holds no experiment digit; it holds digits, other$/)
  })

  it("params, curves, seeds and what became of the runs", () => {
    const results = reading(file, { study: "digits", metric: "val_loss" })
    expect(results.formats).toEqual(["mlflow-database"])
    expect(results.hyperparameters.map(({ name, type }) => [name, type])).toEqual([
      ["lr", "float"],
      ["model/layers", "float"],
      ["amp", "boolean"],
    ])
    expect(results.fixed).toEqual({ epochs: 4 })
    expect(results.trials[3]).toMatchObject({ status: "completed", seed: 3, bestStep: 3 })
    expect(results.trials[3]?.measurements).toHaveLength(4)
    expect(results.trials.map(({ status }) => status)).toEqual([
      ...Array(4).fill("completed"),
      "failed",
      ...Array(5).fill("completed"),
      "infeasible",
      "infeasible",
      ...Array(3).fill("completed"),
    ])
  })

  it("deleted runs are no trials, nor are runs that hold others or are parts of one", () => {
    const { trials, notes } = reading(file, { study: "digits" })
    expect(trials).toHaveLength(15)
    expect(notes).toContainEqual({ note: "nested-runs", count: 3 })
  })

  it("the same runs from search_runs as JSON, in which numbers are texts", () => {
    const results = reading(fixture("mlflow-3.17-runs.json"), { metric: "val_loss" })
    expect(results.formats).toEqual(["mlflow"])
    const points = ({ trials }: typeof results) =>
      trials.map(({ id, hyperparameters }) => [id, hyperparameters]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1))
    const database = reading(file, { study: "digits" })
    expect(points(results)).toEqual(points(database).filter(([id]) => results.trials.some((trial) => trial.id === id)))
    // The largest double stands for infinity.
    expect(results.notes).toContainEqual(expect.objectContaining({ note: "not-finite", trials: [expect.any(String)] }))
  })
})

it("MLflow's folder: deleted runs, and one whose nested runs are the trials", () => {
  const root = dirname(fileWith("mlruns/keep", ""))
  const put = (name: string, content: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  const run = (id: string, optimizer: string | undefined, more: Readonly<Record<string, string>> = {}) => {
    put(`7/${id}/meta.yaml`, `run_id: ${id}\nstatus: 3\nlifecycle_stage: ${more.stage ?? "active"}\n`)
    mkdirSync(join(root, `7/${id}/params`), { recursive: true })
    if (optimizer !== undefined) {
      put(`7/${id}/params/optimizer`, optimizer)
      put(`7/${id}/params/use_bn`, optimizer === "adam" ? "True" : "False")
    }
    put(`7/${id}/metrics/val_loss`, `1795406842100 ${more.loss ?? "0.5"} 0\n1795406842101 ${more.loss ?? "0.4"} 1\n`)
    if (more.parent !== undefined) put(`7/${id}/tags/mlflow.parentRunId`, more.parent)
  }
  put("7/meta.yaml", "experiment_id: '7'\nname: digits\n")
  run("search", undefined)
  run("a", "adam", { parent: "search" })
  run("b", "sgd", { parent: "search", loss: "nan" })
  run("c", undefined)
  run("d", undefined)
  run("e", "adam", { stage: "deleted" })
  const results = reading(root)
  expect(results.trials.map(({ id, status }) => [id, status])).toEqual([
    ["a", "completed"],
    ["b", "infeasible"],
  ])
  expect(results.notes).toContainEqual({ note: "no-hyperparameters", trials: ["c", "d"] })
  expect(() => analyseResults(results)).not.toThrow()
})

// Written by Optuna 5.0 (make-optuna-journal.py).
describe("Optuna's journal", () => {
  const file = fixture("optuna-journal.log")

  it("distributions, direction, states, curves, seeds; a last line that is cut off is left out", () => {
    const results = reading(file)
    expect(results.chosen.metric).toEqual({ name: "value", goal: "maximize" })
    expect(results.hyperparameters).toEqual([
      { name: "lr", type: "float", low: 1e-4, high: 0.1, scale: "log" },
      { name: "optimizer", type: "categorical", values: ["adam", "sgd", "None"] },
      { name: "width", type: "int", low: 16, high: 64, scale: "linear", step: 16 },
    ])
    expect(results.trials.map(({ status }) => status)).toEqual([
      "completed",
      "completed",
      "completed",
      "infeasible",
      "failed",
      "cancelled",
      "infeasible",
      "completed",
      "completed",
      "completed",
      "running",
    ])
    expect(results.trials[0]).toMatchObject({ seed: 100, hyperparameters: { optimizer: expect.any(String) } })
    expect(results.trials[0]?.measurements).toHaveLength(4)
    expect(results.trials[9]).toMatchObject({ value: 0.5, hyperparameters: { lr: 0.02 } })
  })

  it("a broken constraint is told, and so is that Optuna files NaN as a failure", () => {
    const { trials, notes } = reading(file)
    expect(trials[3]?.reason).toBe("constraint 0 is broken (1 > 0)")
    expect(notes).toContainEqual({ note: "failed-or-nan", count: 1 })
  })

  it("a user attribute is a metric, and no other name for the objective", () => {
    const { chosen, trials } = reading(file, { metric: "train_accuracy" })
    expect(chosen).toMatchObject({ metric: { name: "train_accuracy", goal: "maximize" }, others: ["value"] })
    expect(trials[0]?.value).toBe(0.99)
  })

  it("two workers that create the same study, and a deleted one", () => {
    const [first = "", ...rest] = readFileSync(file, "utf8").trim().split("\n")
    const other = first.replace('"journal"', '"other"')
    const twice = fileWith("journal.log", [first, first, ...rest].join("\n"))
    expect(reading(twice).trials).toEqual(reading(file).trials)
    const both = [first, other, ...rest]
    expect(refusal(fileWith("journal.log", both.join("\n")))).toMatch(/holds 2 studies \(journal, other\)/)
    const deleted = '{"op_code":1,"worker_id":"x","study_id":1}'
    expect(reading(fileWith("journal.log", [...both, deleted].join("\n"))).trials).toHaveLength(11)
  })
})

it("Optuna's grid search: the ends of the grid are those of the search, whatever the program declares", () => {
  const grid = { lr: [1e-3, 1e-2, 1e-1], depth: [3], optimizer: ["adam", "sgd"] }
  const points = grid.lr.flatMap((lr) => [0, 1].map((optimizer) => ({ lr, depth: 3, optimizer })))
  const distributions = {
    lr: '{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 1.0, "log": true}}',
    depth: '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 8}}',
    optimizer: '{"name": "CategoricalDistribution", "attributes": {"choices": ["adam", "sgd", "rmsprop"]}}',
  }
  const lines = points.map((params, number) => ({
    op_code: 4,
    study_id: 0,
    datetime_start: null,
    state: 1,
    value: number / 10,
    params,
    distributions,
    system_attrs: { search_space: grid, grid_id: number },
  }))
  const study = { op_code: 0, study_name: "grid", directions: [1] }
  const file = fileWith("journal.log", [study, ...lines].map((line) => JSON.stringify(line)).join("\n"))
  expect(reading(file).hyperparameters).toEqual([
    { name: "lr", type: "float", low: 1e-3, high: 0.1, scale: "log" },
    { name: "depth", type: "categorical", values: [3] },
    { name: "optimizer", type: "categorical", values: ["adam", "sgd"] },
  ])
})

it("Optuna's data frame: numbers among the user attributes", () => {
  const rows = [1, 2, 3].map((at) => `${at - 1},0.${at},${at / 100},${at + 40},0.9${at},me,COMPLETE`)
  const results = reading(
    fileWith(
      "a.csv",
      `number,value,params_lr,user_attrs_seed,user_attrs_test_acc,user_attrs_host,state\n${rows.join("\n")}\n`,
    ),
    { goal: "minimize" },
  )
  expect(results.trials.map(({ seed }) => seed)).toEqual([41, 42, 43])
  expect(results.chosen.others).toEqual(["test_acc"])
})
