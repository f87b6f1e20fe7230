import { describe, expect, it } from "vitest"
import { metricName } from "../src/guess/names.ts"
import { statusWord } from "../src/guess/status.ts"
import { readResults } from "../src/index.ts"
import { fileWith, reading, refusal } from "./files.ts"

// The columns and first rows are those of `client.summarize().to_csv("…", index=False)`, Ax 1.3.1.
it("Ax's summary: how a point was made is no hyperparameter", () => {
  const results = reading(
    fileWith(
      "ax.csv",
      [
        "trial_index,arm_name,trial_status,generation_node,val_loss,lr,layers,opt",
        "0,0_0,COMPLETED,CenterOfSearchSpace,0.3525763695063109,0.001,3,sgd",
        "1,1_0,COMPLETED,Sobol,0.3256987511133745,0.0320598625865914,4,adam",
        "2,2_0,COMPLETED,MBM,0.4,0.00003,2,adam",
        "3,3_0,FAILED,Sobol,,0.08,5,sgd",
        "4,4_0,ABANDONED,Sobol,,0.02,5,sgd",
      ].join("\n"),
    ),
  )
  expect(results.formats).toEqual(["ax"])
  expect(results.hyperparameters.map(({ name }) => name)).toEqual(["lr", "layers", "opt"])
  expect(results.trials.map(({ id, status }) => [id, status])).toEqual([
    ["0", "completed"],
    ["1", "completed"],
    ["2", "completed"],
    ["3", "failed"],
    ["4", "cancelled"],
  ])
  expect(results.notes).toContainEqual({ note: "adaptive" })
})

// The columns are those of `pandas.DataFrame(search.cv_results_).to_csv("…")`, scikit-learn 1.x.
it("scikit-learn's cv_results_: the mean over held-out folds is the objective", () => {
  const row = (at: number) =>
    [at, 0.01, 0.002, 0.004, 0.001, 10 ** at, at % 2 === 0 ? "rbf" : "", `"{'C': ${10 ** at}}"`].join(",") +
    [0.9, 0.8, 0.85 + at / 100, 0.05, 10 - at, 0.99].map((score) => `,${score}`).join("")
  const header =
    ",mean_fit_time,std_fit_time,mean_score_time,std_score_time,param_C,param_svc__kernel,params,split0_test_score,split1_test_score,mean_test_score,std_test_score,rank_test_score,mean_train_score"
  const results = reading(fileWith("cv.csv", [header, ...[0, 1, 2, 3].map(row)].join("\n")))
  expect(results.formats).toEqual(["scikit-learn"])
  expect(results.chosen).toMatchObject({
    metric: { name: "mean_test_score", goal: "maximize" },
    others: ["mean_train_score"],
  })
  expect(results.hyperparameters.map(({ name }) => name)).toEqual(["C"])
  expect(results.fixed).toEqual({ svc__kernel: "rbf" })
  expect(results.notes.map(({ note }) => note)).not.toContain("test-metric")
})

it.each([
  ["mean_test_neg_log_loss", "maximize"],
  ["mean_test_neg_mean_squared_error", "maximize"],
  ["neg_log_likelihood", "minimize"],
  ["val_neg_loss", "minimize"],
])("%s: %s", (name, goal) => {
  expect(metricName(name)?.goal).toBe(goal)
})

it("a spread or a duration beside the metric is measured, and no objective", () => {
  const results = reading(
    fileWith("a.csv", "val_acc_std,val_acc,lr,score_time\n0.1,0.9,0.1,3\n0.2,0.8,0.2,3\n0.3,0.7,0.4,3\n"),
  )
  expect(results.chosen.metric.name).toBe("val_acc")
  expect(results.hyperparameters.map(({ name }) => name)).toEqual(["lr"])
})

// The columns are those of Ray 2.60.
describe("Ray Tune", () => {
  const common = "done,training_iteration,trial_id,time_this_iter_s,time_total_s,iterations_since_restore"
  it("progress.csv holds no hyperparameters, and the way out is said", () => {
    const file = fileWith("progress.csv", `val_loss,${common}\n1.3,False,1,28a45_00000,0.1,0.1,1\n`)
    expect(refusal(file)).toBe(
      "progress.csv: is Ray Tune's progress.csv, which holds no hyperparameters; give the result.json beside it (of all trials at once), or write results.get_dataframe().to_csv(…)",
    )
  })

  it("result.json of several trials", () => {
    const trial = (id: string, lr: number) =>
      fileWith(
        "result.json",
        [1, 2, 3]
          .map((step) =>
            JSON.stringify({
              val_loss: lr + 1 / step,
              done: step === 3,
              training_iteration: step,
              trial_id: id,
              time_this_iter_s: 0.1,
              time_total_s: 0.1 * step,
              config: { lr, model: { width: 64 }, seed: 1 },
              iterations_since_restore: step,
            }),
          )
          .join("\n"),
      )
    const outcome = readResults([trial("a", 0.1), trial("b", 0.2)], {})
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        formats: ["ray"],
        fixed: { "model.width": 64 },
        trials: [{ id: "a", seed: 1, bestStep: 3 }, { id: "b" }],
      },
    })
    expect(outcome.ok && outcome.value.trials[0]?.measurements).toHaveLength(3)
  })

  it("a table that tells how far each trial ran: trials that ended sooner are told of", () => {
    const rows = [5, 5, 1, 5, 1].map((steps, at) => `0.${at + 1},${at}_1,${steps},0.1,${(at + 1) / 100}`)
    const header = "val_loss,trial_id,training_iteration,time_this_iter_s,config/lr"
    expect(reading(fileWith("ray.csv", [header, ...rows].join("\n"))).notes).toContainEqual({
      note: "ended-sooner",
      count: 2,
      step: 5,
    })
  })
})

describe("data frames as JSON, as pandas 3.1 and TensorBoard write them", () => {
  const columns =
    '{"lr":{"0":0.1,"1":0.01,"2":0.001},"opt":{"0":"adam","1":"sgd","2":"adam"},"val_loss":{"0":0.5,"1":null,"2":0.25}}'
  it.each([
    ["to_json()", columns],
    [
      'orient="index"',
      '{"0":{"lr":0.1,"opt":"adam","val_loss":0.5},"1":{"lr":0.01,"opt":"sgd","val_loss":null},"2":{"lr":0.001,"opt":"adam","val_loss":0.25}}',
    ],
    [
      'orient="split"',
      '{"columns":["lr","opt","val_loss"],"index":[0,1,2],"data":[[0.1,"adam",0.5],[0.01,"sgd",null],[0.001,"adam",0.25]]}',
    ],
    [
      'orient="records"',
      '[{"lr":0.1,"opt":"adam","val_loss":0.5},{"lr":0.01,"opt":"sgd","val_loss":null},{"lr":0.001,"opt":"adam","val_loss":0.25}]',
    ],
    [
      'orient="table"',
      '{"schema":{"fields":[]},"data":[{"lr":0.1,"opt":"adam","val_loss":0.5},{"lr":0.01,"opt":"sgd","val_loss":null},{"lr":0.001,"opt":"adam","val_loss":0.25}]}',
    ],
    [
      "HParams",
      '{"header": ["lr", "opt", "val_loss"], "rows": [[0.1, "adam", 0.5], [0.01, "sgd", null], [0.001, "adam", 0.25]]}',
    ],
  ])("%s", (_, content) => {
    const { trials } = reading(fileWith("a.json", content))
    expect(trials.map(({ hyperparameters, value }) => [hyperparameters, value])).toEqual([
      [{ lr: 0.1, opt: "adam" }, 0.5],
      [{ lr: 0.01, opt: "sgd" }, undefined],
      [{ lr: 0.001, opt: "adam" }, 0.25],
    ])
  })
})

// Fields as export_trials_data of NNI's nnictl_utils.py writes them.
describe("NNI", () => {
  const records = [0.1, 0.01, 0.001].map((lr, at) => ({
    parameter: { lr, kernel: [3, 5, 7][at] },
    value: at === 2 ? `{"default": 0.3, "other": 1}` : `0.${at + 1}`,
    trialJobId: `k${at}`,
    intermediate: ["0.9", `0.${at + 1}`],
  }))
  const points = records.map(({ parameter }, at) => [`k${at}`, parameter, (at + 1) / 10])
  const found = ({ trials }: ReturnType<typeof reading>) =>
    trials.map(({ id, hyperparameters, value }) => [id, hyperparameters, value])

  it("as JSON, with curves", () => {
    const file = fileWith("a.json", JSON.stringify(records))
    const results = reading(file, { goal: "minimize" })
    expect(results.formats).toEqual(["nni"])
    expect(found(results)).toEqual(points)
    expect(results.trials[0]?.measurements).toEqual([
      { step: 1, metrics: { value: 0.9 } },
      { step: 2, metrics: { value: 0.1 } },
    ])
  })

  it("as CSV, whose columns stand in no order; what is called a reward may be a loss", () => {
    const rows = records.map(({ parameter }, at) => `${parameter.kernel},0.${at + 1},${parameter.lr},k${at}`)
    const file = fileWith("a.csv", ["kernel,reward,lr,trialJobId", ...rows].join("\n"))
    expect(refusal(file)).toMatch(/metric value: its name does not say/)
    expect(found(reading(file, { goal: "minimize" }))).toEqual(points)
  })
})

it.each([
  ["USER_CANCELED", "cancelled"],
  ["EarlyStopped", "cancelled"],
  ["EARLY_STOPPED", "cancelled"],
  ["TrialStatus.STAGED", "running"],
  ["in_progress", "running"],
  ["INVALID", "infeasible"],
])("status %s: %s", (word, status) => {
  expect(statusWord(word)).toBe(status)
})
