import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { beforeAll, describe, expect, it } from "vitest"
import { readResults } from "../src/index.ts"
import { pythonLiteral } from "../src/read/python-literal.ts"
import { fileWith, fixture, reading, refusal } from "./files.ts"

describe("Optuna's SQLite file, written by Optuna 5.0", () => {
  let file = ""
  beforeAll(() => {
    file = fileWith("study.db", "")
    // A dump holds rows before the rows that they refer to.
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: false })
    database.exec(readFileSync(fixture("optuna.sql"), "utf8"))
    database.close()
  })

  it("several studies: asks for one", () => {
    expect(refusal(file)).toBe("study.db: holds 2 studies (digits, two-objectives); choose one with --study")
    expect(refusal(file, { study: "digit" })).toMatch(/holds no study digit; it holds digits, two-objectives/)
  })

  it("distributions become the declared space, conditions included", () => {
    const results = reading(file, { study: "digits" })
    expect(results.spaceBy).toBe("file")
    expect(results.chosen.metric).toEqual({ name: "value", goal: "minimize" })
    expect(results.hyperparameters).toEqual([
      { name: "learning_rate", type: "float", low: 1e-5, high: 0.1, scale: "log" },
      { name: "optimizer", type: "categorical", values: ["adam", "nesterov"] },
      { name: "layers", type: "int", low: 1, high: 6, scale: "linear" },
      { name: "dropout", type: "float", low: 0, high: 0.5, scale: "linear", step: 0.1 },
      { name: "augment", type: "boolean" },
      { name: "clip", type: "categorical", values: ["None", 1, 5] },
      { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "linear", when: { optimizer: ["nesterov"] } },
    ])
  })

  it("states, values, curves and seeds", () => {
    const { trials } = reading(file, { study: "digits" })
    const trial = (number: number) => trials.find(({ id }) => id === String(number))
    expect(trials).toHaveLength(31)
    expect(trial(0)).toMatchObject({ status: "completed", seed: 0, hyperparameters: { optimizer: expect.any(String) } })
    expect(trial(0)?.measurements).toHaveLength(5)
    expect(trial(4)?.measurements?.[0]?.metrics).toEqual({ value: Number.POSITIVE_INFINITY })
    expect(trial(4)?.status).toBe("completed")
    expect(trial(5)).toMatchObject({ status: "infeasible", reason: "diverged: value is not finite" })
    expect(trial(7)?.status).toBe("failed")
    expect(trial(30)?.status).toBe("running")
    expect(trials.filter(({ status }) => status === "cancelled").length).toBeGreaterThan(2)
  })

  it("a person's name for a bare value, and a left-out hyperparameter", () => {
    const results = reading(file, { study: "digits", metric: "valid/error", ignore: ["clip"] })
    expect(results.chosen.metric).toEqual({ name: "valid/error", goal: "minimize" })
    expect(results.hyperparameters.map(({ name }) => name)).not.toContain("clip")
    expect(results.trials[0]?.measurements?.[0]?.metrics).toHaveProperty("valid/error")
  })

  it("several objectives: asks for one, and takes its direction", () => {
    expect(refusal(file, { study: "two-objectives" })).toMatch(
      /has 2 objectives \(cost, gain\); choose one with --metric/,
    )
    const results = reading(file, { study: "two-objectives", metric: "gain" })
    expect(results.chosen.metric).toEqual({ name: "gain", goal: "maximize" })
    expect(results.trials[0]?.value).toBeCloseTo((Number(results.trials[0]?.hyperparameters.x) - 1) ** 2)
  })
})

it("Optuna's data frame as CSV", () => {
  const rows = [0.1, 0.01, 0.001].map(
    (lr, at) => `${at},${at + 0.5},2026-01-01,2026-01-01,0 days,${lr},${at},adam,COMPLETE`,
  )
  const file = fileWith(
    "a.csv",
    `number,value,datetime_start,datetime_complete,duration,params_lr,params_seed,params_opt,state\n${rows.join("\n")}\n`,
  )
  const results = reading(file, { goal: "minimize" })
  expect(results.formats).toEqual(["optuna-csv"])
  expect(results.trials[2]).toMatchObject({ id: "2", seed: 2, value: 2.5, hyperparameters: { lr: 0.001, opt: "adam" } })
})

describe("W&B", () => {
  it("the table of runs from the user interface", () => {
    const results = reading(fixture("wandb-ui.csv"))
    expect(results.formats).toEqual(["wandb"])
    expect(results.chosen.metric).toEqual({ name: "val_acc", goal: "maximize" })
    expect(results.hyperparameters.map(({ name }) => name)).toEqual(["lr", "optimizer", "layers", "amp"])
    expect(results.fixed).toEqual({ epochs: 20 })
    const statuses = results.trials.map(({ status }) => status)
    expect(statuses[7]).toBe("failed")
    expect(statuses[12]).toBe("running")
    const diverged = results.trials.filter(({ status }) => status === "infeasible")
    expect(diverged.length).toBeGreaterThan(0)
    for (const { hyperparameters } of diverged) expect(hyperparameters.lr).toBeGreaterThan(6e-3)
  })

  it("the data frame of its export guide, with Python dicts in cells", () => {
    const api = reading(fixture("wandb-api.csv"), { ignore: ["betas"] })
    const ui = reading(fixture("wandb-ui.csv"))
    expect(api.formats).toEqual(["wandb"])
    expect(api.trials.map(({ hyperparameters }) => hyperparameters)).toEqual(
      ui.trials.map(({ hyperparameters }) => hyperparameters),
    )
    expect(api.trials[0]?.value).toBe(ui.trials[0]?.value)
  })

  it("JSON rows with config and summary", () => {
    const row = (lr: number, loss: number | string) =>
      `{"name":"r${lr}","state":"finished","config":{"optim":{"lr":${lr}},"depth":{"value":${lr * 100},"desc":null},"_wandb":{"x":1}},"summary":{"val/loss":${loss},"_step":9}}`
    const results = reading(fileWith("a.jsonl", [row(0.1, 0.5), row(0.2, "NaN"), row(0.3, 0.4)].join("\n")))
    expect(results.formats).toEqual(["wandb"])
    expect(results.trials.map(({ status }) => status)).toEqual(["completed", "infeasible", "completed"])
    expect(results.trials[0]).toMatchObject({ id: "r0.1", hyperparameters: { "optim.lr": 0.1, depth: 10 }, value: 0.5 })
  })
})

describe("MLflow", () => {
  it("search_runs as CSV, written by MLflow 3.17", () => {
    const results = reading(fixture("mlflow-3.17-search-runs.csv"))
    expect(results.formats).toEqual(["mlflow"])
    expect(results.chosen.metric).toEqual({ name: "val_loss", goal: "minimize" })
    expect(results.hyperparameters.map(({ name }) => name)).toEqual(["model/depth", "lr", "optimizer"])
    expect(results.trials.map(({ status, seed }) => [status, seed])).toEqual([
      ["failed", 3],
      ["failed", 2],
      ["completed", 1],
      ["completed", 0],
    ])
    // pandas writes NaN as an empty cell: it must not be taken for a verdict of its own.
    expect(results.notes).toContainEqual({
      note: "no-value",
      metric: "val_loss",
      trials: ["c458d444c6734ec4ad9bf807ba54ce09"],
    })
  })

  it("the folder mlruns, with its curves", () => {
    const run = (
      id: string,
      status: number,
      lr: string,
      losses: ReadonlyArray<string>,
    ): ReadonlyArray<readonly [string, string]> => [
      [`7/${id}/meta.yaml`, `experiment_id: '7'\nrun_id: ${id}\nstatus: ${status}\n`],
      [`7/${id}/params/lr`, lr],
      [`7/${id}/params/model/depth`, "3"],
      [`7/${id}/metrics/val/loss`, losses.map((loss, at) => `179540684210${at} ${loss} ${at * 10}\n`).join("")],
    ]
    const files = [
      ["0/meta.yaml", "experiment_id: '0'\nname: Default\n"],
      ["7/meta.yaml", "experiment_id: '7'\nname: digits\n"],
      ...run("aa", 3, "0.1", ["0.9", "0.4", "0.5"]),
      ...run("bb", 4, "0.2", ["0.9", "nan"]),
    ] as ReadonlyArray<readonly [string, string]>
    const root = join(dirname(fileWith("mlruns/keep", "")))
    for (const [name, content] of files) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), content)
    }
    const results = reading(root)
    expect(results.trials.map(({ id, status, value, bestStep }) => [id, status, value, bestStep])).toEqual([
      ["aa", "completed", 0.4, 10],
      ["bb", "infeasible", undefined, undefined],
    ])
    expect(results.fixed).toEqual({ "model/depth": 3 })
  })
})

it("Ray Tune's table", () => {
  const results = reading(
    fileWith(
      "a.csv",
      "trial_id,val_loss,time_total_s,training_iteration,done,config/lr,config/model/width\na_1,0.5,10,5,True,0.1,64\na_2,0.4,11,5,True,0.2,128\n",
    ),
  )
  expect(results.formats).toEqual(["ray"])
  expect(results.trials[1]).toMatchObject({ id: "a_2", value: 0.4, hyperparameters: { lr: 0.2, "model/width": 128 } })
})

describe("Tanren's own interchange format", () => {
  const lines = [
    '{"id": "a1", "hyperparameters": {"optimizer": "adam", "learning_rate": 0.001}, "status": "completed", "value": 0.031, "seed": 7, "measurements": [{"step": 100, "train/loss": 0.9, "valid/error": 0.2}, {"step": 200, "train/loss": 0.5, "valid/error": 0.031}]}',
    '{"id": "a2", "hyperparameters": {"optimizer": "nesterov", "learning_rate": 4, "momentum": 0.9}, "status": "infeasible", "reason": "diverged"}',
    '{"id": "a3", "hyperparameters": {"optimizer": "adam", "learning_rate": 0.01}, "measurements": [{"step": 100, "valid/error": 0.3}, {"step": 200, "valid/error": 0.4}]}',
  ]
  it("as JSON lines", () => {
    const { trials } = reading(fileWith("a.jsonl", lines.join("\n")), { metric: "valid/error" })
    expect(trials).toMatchObject([
      { id: "a1", status: "completed", value: 0.031, bestStep: 200, seed: 7 },
      { id: "a2", status: "infeasible", reason: "diverged", hyperparameters: { momentum: 0.9 } },
      { id: "a3", status: "completed", value: 0.3, bestStep: 100 },
    ])
  })

  it("as CSV with the same fields as columns, objects as JSON", () => {
    const cell = (value: unknown) => `"${JSON.stringify(value ?? "").replaceAll('"', '""')}"`
    const rows = lines
      .map((line) => JSON.parse(line))
      .map((trial) =>
        [
          trial.id,
          cell(trial.hyperparameters),
          trial.status ?? "",
          trial.value ?? "",
          trial.seed ?? "",
          cell(trial.measurements),
        ].join(","),
      )
    const csv = reading(fileWith("a.csv", `id,hyperparameters,status,value,seed,measurements\n${rows.join("\n")}\n`), {
      metric: "valid/error",
    })
    const jsonl = reading(fileWith("a.jsonl", lines.join("\n")), { metric: "valid/error" })
    expect(csv.trials.map(({ reason: _, ...trial }) => trial)).toEqual(
      jsonl.trials.map(({ reason: _, ...trial }) => trial),
    )
  })

  it("several files as one search", () => {
    const first = fileWith("a.jsonl", lines.slice(0, 2).join("\n"))
    const second = fileWith("b.jsonl", lines.slice(1).join("\n"))
    const outcome = readResults([first, second], { metric: "valid/error" })
    expect(outcome.ok && outcome.value.trials.map(({ id }) => id)).toEqual([
      "a.jsonl:a1",
      "a.jsonl:a2",
      "b.jsonl:a2",
      "b.jsonl:a3",
    ])
  })
})

describe("Python literals", () => {
  it.each<readonly [string, unknown]>([
    [
      "{'lr': 1e-3, 'amp': True, 'x': None, 'betas': (0.9, 0.999), 'l': [1, 'a\\'b']}",
      { lr: 0.001, amp: true, x: null, betas: [0.9, 0.999], l: [1, "a'b"] },
    ],
    ["{'a': nan, 'b': -inf}", { a: Number.NaN, b: Number.NEGATIVE_INFINITY }],
    ["{}", {}],
    ["{'a': }", undefined],
    ["{'a': 1} and more", undefined],
    ["open('x')", undefined],
  ])("%s", (text, value) => {
    expect(pythonLiteral(text)).toEqual(value)
  })
})
