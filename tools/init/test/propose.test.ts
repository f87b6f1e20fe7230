import { decodeCampaign } from "@tanren/playbook/schema"
import { describe, expect, test } from "vitest"
import { campaignTypeScript } from "../src/campaign-text.ts"
import { composeCampaign } from "../src/compose.ts"
import { firstGoal } from "../src/goals.ts"
import { metricOf, showing } from "../src/observe.ts"
import { printedMetrics } from "../src/printed-metrics.ts"
import { propose } from "../src/propose.ts"
import type { ScriptOption } from "../src/read-options.ts"
import { given, option } from "./option.ts"

const only = (one: ScriptOption) => {
  const { hyperparameters, baseline, left } = propose([one], given([]), "flags")
  return { hyperparameter: hyperparameters[0], start: baseline[one.name], left }
}

describe("a range around a default", () => {
  test.each([
    ["lr", 0.1, { type: "float", low: 0.01, high: 1, scale: "log" }],
    ["learning_rate", 3e-4, { type: "float", low: 1e-5, high: 0.01, scale: "log" }],
    ["momentum", 0.9, { type: "float", low: 0.5, high: 0.99, scale: "reverse_log" }],
    ["beta1", 0.3, { type: "float", low: 0.3, high: 0.99, scale: "reverse_log" }],
    ["beta2", 0.999, { type: "float", low: 0.9, high: 0.9999, scale: "reverse_log" }],
    ["eps", 1e-8, { type: "float", low: 1e-11, high: 1e-5, scale: "log" }],
    ["weight_decay", 1e-4, { type: "float", low: 1e-6, high: 0.01, scale: "log" }],
    ["dropout", 0.1, { type: "float", low: 0, high: 0.6, naturalLow: 0, naturalHigh: 1 }],
    ["label_smoothing", 0.1, { type: "float", low: 0, high: 0.3 }],
    ["width", 64, { type: "int", low: 16, high: 256, scale: "log" }],
    ["layers", 2, { type: "int", low: 1, high: 4, naturalLow: true }],
    ["use_dropout", false, { type: "boolean" }],
    ["mixup_alpha", 0.2, { type: "float", low: 0, high: 1, scale: "linear", naturalLow: 0 }],
    ["cutmix", 2, { type: "float", low: 0, high: 2, scale: "linear", naturalLow: 0 }],
    ["mixup_prob", 0.5, { type: "float", low: 0, high: 1, naturalLow: 0, naturalHigh: 1 }],
    ["weight_decay", 0.1, { type: "float", low: 0.001, high: 1, scale: "log" }],
    ["gae_lambda", 0.95, { type: "float", low: 0.5, high: 0.995, scale: "reverse_log" }],
    ["vf_coef", 0.5, { type: "float", low: 0.01, high: 10, scale: "log" }],
    ["gamma", 0.7, { type: "float", low: 0.1, high: 1, scale: "log", naturalHigh: true }],
    ["lr_decay", 1, { low: 0.1, high: 1, scale: "log", naturalHigh: true }],
    ["gamma", 0.97, { type: "float", low: 0.5, high: 0.997, scale: "reverse_log" }],
  ])("%s = %s", (name, value, wanted) => {
    const { hyperparameter, start } = only(
      option(name, value, typeof value === "number" && name !== "width" && name !== "layers" ? { kind: "float" } : {}),
    )
    expect(hyperparameter).toMatchObject({ name, ...wanted })
    expect(start).toBe(value)
  })
  test("keeps to the limits that the script sets", () => {
    expect(only(option("dropout", 0.1, { high: 0.5 })).hyperparameter).toMatchObject({ high: 0.5, naturalHigh: true })
  })
  test("choices: in order where they are numbers", () => {
    expect(only(option("kernel", 3, { choices: [5, 3] })).hyperparameter).toMatchObject({
      type: "discrete",
      values: [3, 5],
    })
    expect(only(option("optimizer", "adam", { choices: ["adam", "sgd"] })).hyperparameter).toMatchObject({
      type: "categorical",
      values: ["adam", "sgd"],
    })
  })
  test("a default of 0 lies on no log scale: the start is moved, and said", () => {
    const { baseline, notes } = propose([option("weight_decay", 0, { kind: "float" })], given([]), "flags")
    expect(baseline).toEqual({ weight_decay: 1e-6 })
    expect(notes.join()).toContain("weight_decay starts at 1e-6")
  })
})

describe("what the rules would not know by its name", () => {
  test.each([
    ["lr_base", 0.1, "learning-rate", { low: 0.01, high: 1, scale: "log" }],
    ["smoothing", 0.1, "regulariser", { low: 0, high: 0.3 }],
    ["hflip", 0.5, "regulariser", { low: 0, high: 1, naturalHigh: 1 }],
  ])("%s is told by its meaning", (name, value, meaning, range) => {
    expect(only(option(name, value)).hyperparameter).toMatchObject({ name, meaning, ...range })
  })
  test("the file says so", () => {
    const proposal = propose([option("lr_base", 0.1)], given([]), "flags")
    const observed = { metric: { name: "valid/error", goal: "minimize" }, most: 10, every: 1 } as const
    const resources = { resources: "cpu", parallel: 1 } as const
    const campaign = composeCampaign("x", ["x", "{lr_base}"], resources, proposal, observed)
    expect(campaignTypeScript(campaign, [])).toContain('lr_base: log(0.01, 1, { meaning: "learning-rate" }),')
  })
  test("what nobody knows is varied where the first goal has room for it, and its range is called a guess", () => {
    const unknown = ["aux_weight", "temperature"].map((name) => option(name, 0.3))
    const few = propose([option("lr", 0.1), option("momentum", 0.9), option("wd", 0.1), ...unknown], given([]), "flags")
    expect(few.hyperparameters.map(({ name }) => name)).toEqual(["lr", "momentum", "wd", "aux_weight"])
    expect(few.left).toEqual(["temperature"])
    expect(few.notes.join()).toContain("the range of aux_weight is a mere guess")
    expect(only(option("aux_weight", 0, { kind: "float" })).left).toEqual(["aux_weight"])
  })
})

test("a learning rate without a default is not passed over in silence", () => {
  const { notes, left } = propose([option("lr", null, { kind: "float" }), option("momentum", 0.9)], given([]), "flags")
  expect(left).toEqual(["lr"])
  expect(notes[0]).toBe("--lr has no number as its default, so no range was proposed: give it one, or add it by hand")
})

describe("what is no hyperparameter stays at its default", () => {
  test.each([
    ["batch_size", 64],
    ["num_workers", 4],
    ["log_interval", 10],
    ["data_dir", "data"],
    ["device", "cpu"],
    ["amp", false],
    ["warmup_steps", 100],
    ["anything", 3],
    ["no_accel", false],
    ["evaluate", false],
    ["pretrained", false],
    ["multiprocessing_distributed", false],
    ["dummy", false],
    ["pad_to_max_length", false],
    ["overwrite_output_dir", false],
    ["save_model", false],
    ["compile", true],
    ["freeze_layers", false],
    ["max_seq_length", 128],
    ["per_device_train_batch_size", 8],
    ["min_lr", 6e-5],
    ["val_split", 0.1],
    ["validation_fraction", 0.1],
    ["sync_bn", false],
    ["decay_epochs", 90],
    ["bn_momentum", 0.1],
    ["model.norm.eps", 1e-5],
    ["layer_norm_eps", 1e-12],
  ])("%s", (name, value) => {
    const { hyperparameter, left } = only(option(name, value, name === "device" ? { choices: ["cpu", "cuda"] } : {}))
    expect(hyperparameter).toBeUndefined()
    expect(left).toEqual([name])
  })
})

describe("switches and choices are varied where their meaning is known", () => {
  test.each(["nesterov", "batch_norm", "use_dropout", "mixup", "no_bias", "skip_connections", "cosine"])(
    "%s",
    (name) => {
      expect(only(option(name, false)).hyperparameter).toEqual({ name, type: "boolean" })
    },
  )
  test("not where no flag changes them", () => {
    const one = option("use_dropout", true)
    expect(only(one).left).toEqual(["use_dropout"])
    const { notes, baseline } = propose([one, option("lr", 0.1)], given([]), "flags")
    expect(baseline).toEqual({ lr: 0.1 })
    expect(notes[0]).toContain("--use-dropout is on by default and no option turns it off, so it is not varied")
    expect(only({ ...one, off: "--no-use-dropout" }).hyperparameter).toEqual({ name: "use_dropout", type: "boolean" })
  })
  test("or said in the help", () => {
    const help = "squared features as well"
    expect(only(option("squares", false, { help })).hyperparameter).toMatchObject({ type: "boolean" })
  })
  test.each([
    ["optimizer", true],
    ["arch", true],
    ["lr_scheduler_type", true],
    ["activation", true],
    ["dtype", false],
    ["task_name", false],
    ["report_to", false],
    ["init_from", false],
  ])("a choice of %s: %s", (name, known) => {
    expect(only(option(name, "a", { choices: ["a", "b"] })).hyperparameter !== undefined).toBe(known)
  })
})

describe("the length", () => {
  test("of two options the one that is in force", () => {
    const { args, steps } = propose(
      [option("max_train_steps", null, { kind: "int" }), option("num_train_epochs", 3), option("lr", 0.1)],
      given([]),
      "flags",
    )
    expect([args.join(" "), steps.most]).toEqual(["--lr {lr} --num-train-epochs {maxTrainSteps}", 3])
  })
  test("may stand in a group of a configuration", () => {
    const { steps } = propose([option("trainer.max_epochs", 9), option("lr", 0.1)], given([]), "assignments")
    expect(steps).toEqual({ most: 9, every: null, unit: "epoch" })
  })
})

describe("the command", () => {
  const options = [
    option("lr", 0.1),
    option("use_dropout", false),
    option("dropout_rate", 0.2),
    option("bias", true, { on: null, off: "--no-bias" }),
    option("epochs", 20),
    option("seed", 0),
    option("eval_every", 5),
  ]
  test("hands each on as the script takes it", () => {
    const { args, steps, baseline, hyperparameters, shortenable } = propose(options, given(["--data", "x"]), "flags")
    expect(args.join(" ")).toBe(
      "--lr {lr} {use_dropout?--use-dropout} --dropout-rate {dropout_rate} {bias?:--no-bias} --epochs {maxTrainSteps} " +
        "--eval-every {evalEverySteps} --seed {seeds.init} --data x",
    )
    expect([steps, shortenable]).toEqual([{ most: 20, every: 5, unit: "epoch" }, true])
    expect(hyperparameters.find(({ name }) => name === "dropout_rate")?.when).toEqual({ use_dropout: [true] })
    expect(baseline).toEqual({ lr: 0.1, use_dropout: false, bias: true })
  })
  test("leaves alone what a person gave", () => {
    const { args, hyperparameters } = propose(options.slice(0, 2), given(["--lr", "0.5"]), "flags")
    expect(args).toEqual(["{use_dropout?--use-dropout}", "--lr", "0.5"])
    expect(hyperparameters.map(({ name }) => name)).toEqual(["use_dropout"])
  })
  test("says what must be given", () => {
    const required = [option("data", null, { required: true }), option("path", null, { flag: "", required: true })]
    expect(propose(required, given([]), "flags").missing).toEqual(["--data", "path"])
    expect(propose(required, given(["--data", "x", "y"]), "flags").missing).toEqual([])
  })
  test("of Hydra is made of assignments", () => {
    expect(propose([option("optimizer.lr", 0.1, { flag: "optimizer.lr" })], given([]), "assignments").args).toEqual([
      "optimizer.lr={optimizer.lr}",
    ])
  })
})

describe("a first goal", () => {
  const space = propose(
    [
      option("lr", 0.1),
      option("optimizer", "adam", { choices: ["adam", "sgd"] }),
      option("width", 64),
      option("use_dropout", false),
    ],
    given([]),
    "flags",
  )
  const metric = { name: "valid/error", goal: "minimize" } as const
  test("asks about a regulariser first", () => {
    expect(firstGoal(space, metric)).toMatchObject({ scientific: ["use_dropout"], nuisance: ["lr"], trials: 32 })
    expect(firstGoal(space, metric).fixed).toEqual(["optimizer", "width"])
  })
  test("the schedule is no question: it is tuned along", () => {
    const choices = ["linear", "cosine"]
    const proposal = propose([option("schedule", "linear", { choices }), option("lr", 0.1)], given([]), "flags")
    expect(firstGoal(proposal, metric)).toMatchObject({ direction: "exploit", nuisance: ["lr", "schedule"] })
  })
  test("or tunes, where there is nothing to compare", () => {
    expect(firstGoal(propose([option("lr", 0.1)], given([]), "flags"), metric)).toMatchObject({
      direction: "exploit",
      nuisance: ["lr"],
      trials: 24,
    })
  })
})

describe("the metric", () => {
  const shown = (...names: ReadonlyArray<string>) => ({
    curve: [{ step: 1, metrics: Object.fromEntries(names.map((name) => [name, 0.5])) }],
    fromStdout: undefined,
  })
  const of = (names: ReadonlyArray<string>, wanted?: string) => metricOf(wanted, { reported: [] }, shown(...names))
  test("is one on validation data", () => {
    expect(of(["train/loss", "valid/accuracy"])).toEqual({ name: "valid/accuracy", goal: "maximize" })
    expect(of(["train_loss", "my/score"])).toEqual({ name: "my/score", goal: "maximize" })
  })
  test("is asked for its direction where its name does not tell", () => {
    expect(of(["valid/examples", "valid/accuracy"])).toEqual({ name: "valid/accuracy", goal: "maximize" })
    expect(of(["valid/blorp"])).toEqual({ name: "valid/blorp", goal: undefined })
    expect(of(["valid/error"], "valid/blorp")).toEqual({ name: "valid/blorp", goal: undefined })
  })
  test("is never one on training data, unless a person says so", () => {
    expect(of(["train/loss", "lr"])).toEqual({ only: ["train/loss", "lr"] })
    expect(of(["train/loss", "lr"], "train/loss")).toEqual({ name: "train/loss", goal: "minimize" })
  })
})

describe("what an optimizer alone has exists under it alone", () => {
  const options = (optimizer: string) => [
    option("optimizer", optimizer, { choices: ["adam", "sgd", "rmsprop"] }),
    option("lr", 0.1),
    option("momentum", 0.9),
    option("beta1", 0.9),
    option("augment", false),
  ]
  const of = (optimizer: string, some = options(optimizer)) => {
    const proposal = propose(some, given([]), "flags")
    const observed = { metric: { name: "valid/error", goal: "minimize" }, most: 10, every: 1 } as const
    const campaign = composeCampaign("x", ["x"], { resources: "cpu", parallel: 1 }, proposal, observed)
    const decoded = decodeCampaign(campaign)
    expect(decoded.ok ? [] : decoded.issues).toEqual([])
    return { campaign, goal: campaign.goals[0], baseline: campaign.baseline }
  }
  test("it is tuned where the baseline has it, and takes no part elsewhere", () => {
    const adam = of("adam")
    expect(adam.campaign.hyperparameters.find(({ name }) => name === "momentum")?.when).toEqual({
      optimizer: ["sgd", "rmsprop"],
    })
    expect(adam.baseline).not.toHaveProperty("momentum")
    expect(adam.goal).toMatchObject({ scientific: ["augment"], nuisance: ["lr", "beta1"], fixed: ["optimizer"] })
    expect(of("sgd").goal).toMatchObject({ nuisance: ["lr", "momentum"], fixed: ["optimizer"] })
  })
  test("what is fixed under one optimizer alone is fixed at the script's default", () => {
    const some = [...options("adam").slice(0, 4), option("nesterov", false)]
    expect(of("adam", some).goal).toMatchObject({ scientific: ["optimizer"], fixed: [{ nesterov: false }] })
  })
  test("where optimizers are compared, each has its own", () => {
    const { goal, campaign } = of("adam", options("adam").slice(0, 4))
    expect(goal).toMatchObject({ scientific: ["optimizer"], nuisance: ["lr", "momentum", "beta1"] })
    expect(campaignTypeScript(campaign, [])).toContain('.when({ optimizer: ["sgd", "rmsprop"] })')
  })
})

describe("numbers that a program prints", () => {
  const found = (...lines: ReadonlyArray<string>) => {
    const patterns = printedMetrics(lines)
    return Object.fromEntries(
      Object.entries(patterns).map(([name, pattern]) => [name, new RegExp(pattern).exec(lines.at(-1) ?? "")?.[1]]),
    )
  }
  test.each([
    [
      ["epoch 1/9: train loss 0.5, validation error 0.3", "epoch 2/9: train loss 0.4, validation error 0.25"],
      { step: "2", "train/loss": "0.4", "valid/error": "0.25" },
    ],
    [
      ["Step 10 loss=0.5 val_loss=0.7 val_acc=81.2%", "Step 20 loss=0.4 val_loss=0.6 val_acc=83.0%"],
      { step: "20", "train/loss": "0.4", "valid/loss": "0.6", "valid/accuracy": "83.0" },
    ],
    [["[Epoch: 1] loss: 1e-3", "[Epoch: 2] loss: nan"], { step: "2", "train/loss": "nan" }],
    [
      ["Test set: Average loss: 0.05, Accuracy: 98", "Test set: Average loss: 0.04, Accuracy: 99"],
      { "valid/loss": "0.04", "valid/accuracy": "99" },
    ],
    [["{'eval_loss': 0.6, 'epoch': 1.0}", "{'eval_loss': 0.5, 'epoch': 2.0}"], { step: "2", "valid/loss": "0.5" }],
    [["[eval] step 10 | error 0.5", "[eval] step 20 | error 0.4"], { step: "20", "valid/error": "0.4" }],
    [
      ["Epoch 1: best_val_acc=0.8 val_acc=0.80 (best 0.8)", "Epoch 2: best_val_acc=0.9 val_acc=0.85 (best 0.9)"],
      { step: "2", "valid/accuracy": "0.85" },
    ],
    [["Test set: Accuracy: 90/200 (45%)", "Test set: Accuracy: 101/200 (50.5%)"], { "valid/accuracy": "50.5" }],
    [["epoch 1 loss 0.5", "epoch 2 loss 0.4", "Final test accuracy: 0.93"], { "valid/accuracy": "0.93" }],
    [
      [
        "Test Accuracy of the model on the 10000 test images: 9 %",
        "Test Accuracy of the model on the 10000 test images: 97.5 %",
      ],
      { "valid/accuracy": "97.5" },
    ],
    [
      ["epoch 1 loss 0.5", "epoch 2 loss 0.4", "Accuracy of the network on the 50000 test images: 1.5%"],
      { "valid/accuracy": "1.5" },
    ],
    [["val loss 5 time: 3", "val loss 4 time: 2"], { "valid/loss": "4" }],
    [
      ["Accuracy over 10 folds: 0.8, test loss 0.3", "Accuracy over 10 folds: 0.9, test loss 0.2"],
      { "train/accuracy": "0.9", "valid/loss": "0.2" },
    ],
    [["best val acc 0.60 val acc 0.60", "best val acc 0.61 val acc 0.55"], { "valid/accuracy": "0.55" }],
    [
      ["epoch 1 valid loss 100 val loss 0.5", "epoch 1 valid loss 100 val loss 0.4"],
      { step: "1", "valid/loss": "0.4" },
    ],
    [["test accuracy 0.1", "test accuracy 0.1"], { "valid/accuracy": "0.1" }],
    [
      ["epoch=1 val_acc=0.9 train_loss=0.4", "epoch=2 val_acc=0.8 train_loss=0.3"],
      { step: "2", "valid/accuracy": "0.8", "train/loss": "0.3" },
    ],
    [["val F1 0.5, val RMSE 3", "val F1 0.61, val RMSE 2"], { "valid/f1": "0.61", "valid/rmse": "2" }],
    [
      ["val Loss: 0.3 Acc: 0.8", "val Loss: 0.2 Acc: 0.9", "Best val Acc: 0.95"],
      { "valid/loss": undefined, "valid/accuracy": undefined },
    ],
    [["val_acc1=0.5 epoch1", "val_acc1=0.6 epoch2"], { "valid/accuracy": "0.6", step: "2" }],
  ])("%j", (lines, wanted) => expect(found(...lines)).toEqual(wanted))
  test("epochs counted from 0: what comes once an epoch counts them instead", () => {
    const lines = [0, 1, 2].flatMap((epoch) => [
      `Epoch: [${epoch}][ 0/20]\tLoss 2.0 (2.0)\tAcc@1 1.0 (1.0)`,
      `Epoch: [${epoch}][10/20]\tLoss 1.0 (1.5)\tAcc@1 2.0 (1.5)`,
      "Test: [ 0/9]\tLoss 9.0 (9.0)\tAcc@1 9.0 (9.0)",
      ` *   Acc@1 ${10 + epoch} Acc@5 ${20 + epoch}`,
    ])
    const patterns = printedMetrics(lines)
    expect(Object.keys(patterns)).toEqual(["valid/accuracy"])
    const { curve } = showing({ curve: [], printed: lines, lastLines: "" })
    expect(curve.map(({ step, metrics }) => [step, metrics["valid/accuracy"]])).toEqual([
      [1, 10],
      [2, 11],
      [3, 12],
    ])
  })
  test("an epoch on the lines of training and of validation is one count", () => {
    const printed = [1, 2].flatMap((epoch) => [
      `valid | epoch 00${epoch} | loss ${9 - epoch}`,
      `train | epoch 00${epoch} | loss ${10 - epoch}`,
    ])
    const { curve } = showing({ curve: [], printed, lastLines: "" })
    expect(curve).toEqual([
      { step: 1, metrics: { "valid/loss": 8, "train/loss": 9 } },
      { step: 2, metrics: { "valid/loss": 7, "train/loss": 8 } },
    ])
  })
  test("the same words about training and testing are kept apart", () => {
    const lines = ["Train epoch 1 loss: 0.5", "Test: loss: 0.7", "Train epoch 2 loss: 0.4", "Test: loss: 0.6"]
    const patterns = printedMetrics(lines)
    const read = (name: string) => lines.map((line) => new RegExp(patterns[name] ?? "never").exec(line)?.[1])
    expect(read("train/loss")).toEqual(["0.5", undefined, "0.4", undefined])
    expect(read("valid/loss")).toEqual([undefined, "0.7", undefined, "0.6"])
  })
  test("settings, which appear once, are no metrics", () => {
    expect(printedMetrics(["loss weight 3", "epochs 20", "done in 3 s"])).toEqual({})
  })
})
