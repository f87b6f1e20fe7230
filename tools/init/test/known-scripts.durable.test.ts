import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Goal, type GoalPlan, type Plan, planCampaign } from "@tanren/playbook"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { type InitRequest, initCampaign } from "../src/index.ts"

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "tanren-init-test-"))
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }))
  return path
}

const initialised = async (directory: string, name: string, more: Partial<InitRequest> = {}) => {
  const findings: Array<string> = []
  const told: Array<string> = []
  const made = await Effect.runPromise(
    initCampaign(
      {
        script: name,
        directory,
        python: "python3",
        extra: [],
        env: [],
        metric: undefined,
        goal: undefined,
        steps: undefined,
        yaml: false,
        force: false,
        seconds: 60,
        ...more,
      },
      (line) => Effect.sync(() => told.push(line)),
      ({ id, status }) => Effect.sync(() => findings.push(`${status} ${id}`)),
    ),
  )
  return { ...made, findings, told: told.join("\n") }
}

/** From a known script, in a folder of its own, to a campaign and its plan. */
const campaignOf = async (name: string, extra: ReadonlyArray<string> = []) => {
  const directory = folder()
  copyFileSync(fileURLToPath(new URL(`scripts/${name}`, import.meta.url)), join(directory, name))
  const { spec, findings } = await initialised(directory, name, { extra })
  expect(findings.filter((line) => line.startsWith("fail"))).toEqual([])
  expect(findings).toContain("pass metrics")
  const { metric, maxTrainSteps, stepUnit, hyperparameters, goals } = spec
  const goal = goals[0] as Goal | undefined
  return {
    metric: metric.name,
    length: `${maxTrainSteps} ${stepUnit}s`,
    space: hyperparameters.map((one) => one.name),
    direction: goal?.direction,
    scientific: goal?.scientific,
    nuisance: goal?.nuisance,
    designed: (planCampaign(spec) as Plan<GoalPlan>).goals.map(({ trials }) => trials.designed),
  }
}

test("PyTorch's MNIST example: lr and gamma, by the loss on its test lines", async () => {
  expect(await campaignOf("mnist_example.py")).toMatchObject({
    metric: "valid/loss",
    length: "14 epochs",
    space: ["lr", "gamma"],
    direction: "exploit",
    nuisance: ["lr", "gamma"],
    designed: [16],
  })
})

test("PyTorch's ImageNet example: nothing about machines, by the line that sums up an epoch", async () => {
  expect(await campaignOf("imagenet_example.py")).toMatchObject({
    metric: "valid/accuracy",
    length: "90 epochs",
    space: ["lr", "momentum", "weight_decay"],
    direction: "exploit",
  })
})

test("nanoGPT's settings: bias is asked about; precision, compiling and logging are left alone", async () => {
  expect(await campaignOf("nanogpt_like.py")).toMatchObject({
    metric: "valid/loss",
    length: "600000 steps",
    scientific: ["bias"],
    nuisance: ["learning_rate", "beta1", "dropout", "weight_decay"],
  })
})

test("names as in run_glue.py: batch sizes and lengths stay, the schedule is tuned along", async () => {
  expect(await campaignOf("glue_like.py", ["--model_name_or_path", "bert"])).toMatchObject({
    metric: "valid/loss",
    length: "3 epochs",
    space: ["learning_rate", "weight_decay", "lr_scheduler_type"],
    direction: "exploit",
    nuisance: ["learning_rate", "weight_decay", "lr_scheduler_type"],
  })
})

const BEGINNING = [
  "import argparse",
  "p = argparse.ArgumentParser()",
  'p.add_argument("--lr", type=float, default=0.1)',
  'p.add_argument("--epochs", type=int, default=9)',
  "args = p.parse_args()",
]

test.each([
  [
    "only training data is shown",
    ["for e in range(1, args.epochs + 1):", '    print(f"epoch {e} loss {args.lr / e}")'],
    /prints only train\/loss, .*--metric train\/loss/,
  ],
  ["it crashes", ['raise ValueError("no data here")'], /exit code 1: ValueError: no data here; make it run by hand/],
])("%s: refused, nothing written", async (_, lines, said) => {
  const directory = folder()
  writeFileSync(join(directory, "train.py"), [...BEGINNING, ...lines, ""].join("\n"))
  await expect(initialised(directory, "train.py")).rejects.toThrow(said)
  expect(existsSync(join(directory, "campaign.ts"))).toBe(false)
})

test("training loss, where a person insists", async () => {
  const directory = folder()
  const lines = ["for e in range(1, args.epochs + 1):", '    print(f"epoch {e} loss {args.lr / e}")', ""]
  writeFileSync(join(directory, "train.py"), [...BEGINNING, ...lines].join("\n"))
  const { spec } = await initialised(directory, "train.py", { metric: "train/loss" })
  expect(spec.metric).toEqual({ name: "train/loss", goal: "minimize" })
})

test("what is written on standard error alone is refused by name, with the way out", async () => {
  const directory = folder()
  const lines = [
    "import sys",
    "for e in range(1, 4):",
    '    sys.stderr.write(f"\\repoch {e}: 50%|##  | loss={args.lr}\\repoch {e}: 100%|####|\\n")',
    '    print(f"epoch {e} val_loss={args.lr / e}", file=sys.stderr)',
    "",
  ]
  writeFileSync(join(directory, "train.py"), [...BEGINNING, ...lines].join("\n"))
  await expect(initialised(directory, "train.py")).rejects.toThrow(
    /writes valid\/loss on standard error, which is not read: .*tanren.report\(step, \{"valid\/loss": …\}\)/,
  )
  expect(existsSync(join(directory, "campaign.ts"))).toBe(false)
})

test("a cadence of its own: what three steps do not show is looked for in more", async () => {
  const directory = folder()
  const lines = [
    "for i in range(1, 201):",
    '    print(f"step {i} loss {args.lr / i}")',
    '    if i % 50 == 0: print(f"[eval] step {i} error {args.lr / i}")',
    "    if i == args.max_steps: break",
    "",
  ]
  const steps = ['p.add_argument("--max-steps", type=int, default=200)', "args = p.parse_args()"]
  writeFileSync(join(directory, "train.py"), [...BEGINNING.slice(0, 3), ...steps, ...lines].join("\n"))
  const { told, spec, findings } = await initialised(directory, "train.py")
  expect(told).toContain("In 3 steps it showed no number on validation data; running it for 200")
  expect(spec).toMatchObject({ metric: { name: "valid/error" }, maxTrainSteps: 200, evalEverySteps: 50 })
  expect(findings.filter((line) => line.startsWith("fail"))).toEqual([])
})

test("a subcommand trains, with the program's own seed before it", async () => {
  const directory = folder()
  const lines = [
    "import argparse",
    "p = argparse.ArgumentParser()",
    'p.add_argument("--seed", type=int, default=0)',
    'commands = p.add_subparsers(dest="command", required=True)',
    't = commands.add_parser("train")',
    't.add_argument("--lr", type=float, required=True)',
    't.add_argument("--epochs", type=int, required=True)',
    'commands.add_parser("evaluate").add_argument("checkpoint")',
    "a = p.parse_args()",
    "for e in range(1, a.epochs + 1):",
    '    print(f"epoch {e} loss {a.lr / e} val_loss {a.lr / e + a.seed / 1e6}")',
    "",
  ]
  writeFileSync(join(directory, "train.py"), lines.join("\n"))
  const { spec, findings } = await initialised(directory, "train.py", { extra: ["--lr", "0.1"], steps: 7 })
  expect(spec.trainer).toMatchObject({
    command: ["python3", "train.py", "--seed", "{seeds.init}", "train", "--lr", "{lr}", "--epochs", "{maxTrainSteps}"],
  })
  expect(spec).toMatchObject({ maxTrainSteps: 7, baseline: { lr: 0.1 } })
  expect(findings.filter((line) => line.startsWith("fail"))).toEqual([])
})

test("it runs where the person stands, with the variables that it reads", async () => {
  const directory = folder()
  mkdirSync(join(directory, "src"))
  writeFileSync(join(directory, "data.csv"), "0.5")
  const lines = [
    "import os, tanren",
    'start = float(open("data.csv").read()) + float(os.environ["TANREN_TEST_OFFSET"])',
    "for e in range(1, args.epochs + 1):",
    '    tanren.report(e, {"valid/loss": start + args.lr / e})',
    "",
  ]
  writeFileSync(join(directory, "src", "train.py"), [...BEGINNING, ...lines].join("\n"))
  process.env.TANREN_TEST_OFFSET = "1"
  onTestFinished(() => {
    delete process.env.TANREN_TEST_OFFSET
  })
  const { spec, file, passed, told } = await initialised(directory, "src/train.py")
  expect({ file, passed }).toEqual({ file: join(directory, "campaign.ts"), passed: true })
  expect(spec.trainer).toMatchObject({ env: ["TANREN_TEST_OFFSET"] })
  expect(readFileSync(file, "utf8")).toContain('], { env: ["TANREN_TEST_OFFSET"] }),')
  expect(readFileSync(file, "utf8")).toContain('"python3", "src/train.py"')
  expect(existsSync(join(directory, "src", "tanren.py"))).toBe(true)
  expect(told).toContain("Wrote campaign.ts, and src/tanren.py.")
})

test("a script that counts batches keeps its length in epochs, counted in what it reports", async () => {
  const directory = folder()
  const lines = [
    "import tanren",
    "for e in range(1, args.epochs + 1):",
    '    tanren.report(e * 20, {"valid/loss": args.lr / e})',
    "",
  ]
  writeFileSync(join(directory, "train.py"), [...BEGINNING, ...lines].join("\n"))
  const { spec, findings, passed } = await initialised(directory, "train.py")
  expect(spec).toMatchObject({ maxTrainSteps: 180, evalEverySteps: 20, stepUnit: "step" })
  expect(spec.trainer).toMatchObject({ command: ["python3", "train.py", "--lr", "{lr}", "--epochs", "9"] })
  expect({ passed, metrics: findings[1] }).toEqual({ passed: true, metrics: "pass metrics" })
})
