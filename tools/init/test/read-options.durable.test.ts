import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { hydraConfig } from "../src/hydra.ts"
import { readOptions } from "../src/read-options.ts"

const scripts = fileURLToPath(new URL("./scripts", import.meta.url))
const read = (name: string) => Effect.runPromise(readOptions(`${scripts}/${name}`, "python3"))

/** What an option differs in from the plainest one. */
const facts = async (name: string) => {
  const plain = { computed: false, required: false, several: false, help: "" }
  return (await read(name)).options.map((option) =>
    Object.fromEntries(
      Object.entries(option).filter(
        ([key, value]) =>
          value !== null &&
          plain[key as keyof typeof plain] !== value &&
          !(key === "command" && Array.isArray(value) && value.length === 0),
      ),
    ),
  )
}

describe("options are read without running the script", () => {
  test("argparse", async () => {
    expect(await facts("with_argparse.py")).toEqual([
      { name: "lr", flag: "--learning-rate", kind: "float", default: 3e-4, help: "the rate" },
      { name: "betas", flag: "--betas", kind: "float", several: true },
      { name: "bias", flag: "--no-bias", kind: "bool", default: true, off: "--no-bias" },
      { name: "nesterov", flag: "--nesterov", kind: "bool", default: true, on: "--nesterov", off: "--no-nesterov" },
      { name: "optimizer", flag: "--optimizer", kind: "str", default: "adam", choices: ["adam", "sgd"] },
      { name: "cache", flag: "--cache", kind: "str", computed: true },
      { name: "labels", flag: "--labels", kind: "str", required: true },
      { name: "folder", flag: "", kind: "str", required: true },
    ])
    expect(await read("with_argparse.py")).toMatchObject({ kind: "argparse", reported: ["loss"] })
  })
  test("argparse: two arguments of one dest are one option; set_defaults counts", async () => {
    const option = (name: string, flag: string, on: string, off: string) => ({
      name,
      flag,
      kind: "bool",
      default: true,
      on,
      off,
    })
    expect(await facts("with_pairs.py")).toEqual([
      option("nesterov", "--nesterov", "--nesterov", "--no-nesterov"),
      { ...option("bias", "--bias", "--bias", "--no-bias"), help: "no bias" },
      option("mixup", "--mixup", "--mixup", "--no-mixup"),
      { name: "use_dropout", flag: "--use-dropout", kind: "bool", default: true, on: "--use-dropout" },
      { name: "lr", flag: "--lr", kind: "float", default: 0.1 },
    ])
  })
  test("click", async () => {
    expect(await facts("with_click.py")).toEqual([
      { name: "lr", flag: "--lr", kind: "float", default: 3e-4, help: "learning rate" },
      { name: "optimizer", flag: "--optimizer", kind: "str", default: "adam", choices: ["adam", "sgd"] },
      { name: "dropout", flag: "--dropout", kind: "float", default: 0.1, low: 0, high: 0.9 },
      { name: "nesterov", flag: "--nesterov", kind: "bool", default: false, on: "--nesterov", off: "--no-nesterov" },
      { name: "amp", flag: "--amp", kind: "bool", default: false, on: "--amp" },
      { name: "bs", flag: "--batch-size", kind: "int", default: 64 },
      { name: "epochs", flag: "--epochs", kind: "int", default: 5 },
      { name: "data", flag: "", kind: "str", required: true },
    ])
  })
  test("typer", async () => {
    const flags = { kind: "bool", default: false, on: "--use-dropout", off: "--no-use-dropout" }
    expect(await facts("with_typer.py")).toEqual([
      { name: "lr", flag: "--lr", kind: "float", default: 0.1 },
      { name: "beta2", flag: "--b2", kind: "float", default: 0.999, low: 0, high: 1, help: "second moment" },
      { name: "width", flag: "--width", kind: "int", default: 64 },
      { name: "layers", flag: "--layers", kind: "int", default: 2 },
      { name: "activation", flag: "--activation", kind: "str", default: "relu", choices: ["relu", "gelu"] },
      { name: "schedule", flag: "--schedule", kind: "str", default: "constant", choices: ["constant", "cosine"] },
      { name: "use_dropout", flag: "--use-dropout", ...flags },
      { name: "dropout_rate", flag: "--dropout-rate", kind: "float", default: 0.2 },
      { name: "steps", flag: "--steps", kind: "int", default: 100 },
      { name: "tags", flag: "--tags", kind: "str", several: true },
      { name: "device", flag: "--device", kind: "str", default: "cpu", choices: ["cpu", "cuda"] },
    ])
  })
  test("argparse: options of subcommands, by groups, parents and functions that take a parser", async () => {
    const [train, evaluate] = [["train"], ["evaluate"]]
    expect((await read("with_subcommands.py")).commands).toEqual([train, evaluate, ["data"], ["data", "fetch"]])
    expect(await facts("with_subcommands.py")).toEqual([
      { name: "width", flag: "--width", command: train, kind: "int", default: 64 },
      { name: "width", flag: "--width", command: evaluate, kind: "int", default: 64 },
      { name: "lr", flag: "--lr", command: train, kind: "float", required: true },
      { name: "nesterov", flag: "--nesterov", command: train, kind: "bool", default: true },
      { name: "seed", flag: "--seed", kind: "int", default: 0 },
      { name: "checkpoint", flag: "", command: evaluate, kind: "str", required: true },
      { name: "mirror", flag: "--mirror", command: ["data", "fetch"], kind: "str", default: "none" },
    ])
  })
  test("click: a group, its commands, and a decorator that commands share", async () => {
    const [train, evaluate] = [["train-model"], ["eval"]]
    expect((await read("with_click_group.py")).commands).toEqual([train, evaluate])
    expect(await facts("with_click_group.py")).toEqual([
      { name: "width", flag: "--width", command: train, kind: "int", default: 64 },
      { name: "width", flag: "--width", command: evaluate, kind: "int", default: 64 },
      { name: "seed", flag: "--seed", kind: "int", default: 0 },
      { name: "lr", flag: "--lr", command: train, kind: "float", default: 0.1 },
      { name: "verbose", flag: "--verbose", command: train, kind: "str", several: true },
      { name: "checkpoint", flag: "", command: evaluate, kind: "str", required: true },
    ])
  })
  test("typer: Annotated, and several commands", async () => {
    const command = ["train"]
    expect((await read("with_typer_annotated.py")).commands).toEqual([command, ["evaluate"]])
    const flags = { on: "--batch-norm", off: "--no-batch-norm" }
    expect(await facts("with_typer_annotated.py")).toEqual([
      { name: "lr", flag: "--lr", command, kind: "float", default: 1e-3, low: 0, help: "learning rate" },
      { name: "norm", flag: "--batch-norm", command, kind: "bool", default: true, ...flags },
      { name: "seed", flag: "--seed", command, kind: "int", help: "random seed" },
      { name: "width", flag: "--width", command, kind: "int", default: 64 },
      { name: "checkpoint", flag: "", command: ["evaluate"], kind: "str", required: true },
    ])
  })
  test("absl's flags", async () => {
    const flags = { on: "--nesterov", off: "--nonesterov" }
    expect(await facts("with_absl.py")).toEqual([
      { name: "learning_rate", flag: "--learning_rate", kind: "float", default: 1e-3, low: 0, help: "The rate." },
      { name: "optimizer", flag: "--optimizer", kind: "str", default: "sgd", choices: ["sgd", "adam"], help: "Which." },
      { name: "nesterov", flag: "--nesterov", kind: "bool", default: true, ...flags, help: "With lookahead." },
      { name: "workdir", flag: "--workdir", kind: "str", required: true, help: "Where to write." },
    ])
  })
  test("Fire: a function's defaults", async () => {
    expect(await facts("with_fire.py")).toEqual([
      { name: "lr", flag: "--lr", kind: "float", default: 0.01 },
      { name: "hidden", flag: "--hidden", kind: "int", default: 128 },
      { name: "use_bn", flag: "--use_bn", kind: "bool", default: false, on: "--use_bn", off: "--nouse_bn" },
      { name: "optimizer", flag: "--optimizer", kind: "str", default: "sgd" },
      { name: "layers", flag: "--layers", kind: "other" },
    ])
  })
  test("HfArgumentParser: dataclasses, and those of TrainingArguments that a campaign needs", async () => {
    const found = await facts("with_dataclasses.py")
    expect(found.slice(0, 6)).toEqual([
      { name: "name", flag: "--name", kind: "str", required: true, help: "Which model" },
      { name: "dropout", flag: "--dropout", kind: "float", default: 0.1, help: "Share that is dropped" },
      { name: "tie_weights", flag: "--tie_weights", kind: "bool", default: true },
      { name: "layers", flag: "--layers", kind: "int" },
      { name: "tags", flag: "--tags", kind: "str", computed: true, several: true },
      { name: "learning_rate", flag: "--learning_rate", kind: "float", default: 3e-4 },
    ])
    expect(found).toContainEqual({ name: "num_train_epochs", flag: "--num_train_epochs", kind: "float", default: 3 })
    expect(found.filter(({ name }) => name === "learning_rate")).toHaveLength(1)
  })
  test("defaults that can be reckoned from the text, and types that a script makes itself", async () => {
    expect(await facts("with_reckoned_defaults.py")).toEqual([
      { name: "width", flag: "--width", kind: "int", default: 256 },
      { name: "lr", flag: "--lr", kind: "float", default: 0.25 },
      { name: "joined", flag: "--joined", kind: "str", computed: true },
      { name: "vast", flag: "--vast", kind: "int", computed: true },
    ])
  })
  test("modules beside the script: what it uses of them, and nothing of what they do when run themselves", async () => {
    expect(await facts("local/train.py")).toEqual([
      { name: "lr", flag: "--lr", kind: "float", default: 0.1 },
      { name: "width", flag: "--width", kind: "int", default: 32 },
      { name: "seed", flag: "--seed", kind: "int", default: 0 },
    ])
  })
  test("Hydra: the scalars of its configuration", async () => {
    const { kind, config } = await read("with_hydra.py")
    expect(kind).toBe("hydra")
    expect(hydraConfig(config ?? "").options.map(({ name, kind: of, default: value }) => [name, of, value])).toEqual([
      ["optimizer.lr", "float", 1e-3],
      ["optimizer.momentum", "float", 0.9],
      ["model.width", "int", 64],
      ["model.use_bias", "bool", true],
      ["model.name", "str", "mlp"],
      ["epochs", "int", 3],
      ["seed", "int", 0],
    ])
  })
  test("variables that it reads, what it takes from the trial file and what it declares", async () => {
    const { environment, takesParams, takesLength, honours } = await read("with_environment.py")
    expect(environment.toSorted()).toEqual(["CACHE", "DATA_ROOT", "LR", "MODE", "MORE", "ONE"])
    expect({ takesParams, takesLength, honours }).toEqual({
      takesParams: true,
      takesLength: true,
      honours: ["seeds", "cadence"],
    })
    const plain = await read("with_click.py")
    expect([plain.environment, plain.takesParams, plain.takesLength, plain.honours]).toEqual([[], false, false, []])
  })
  test("what cannot be read says why", async () => {
    await expect(read("absent.py")).rejects.toThrow("absent.py")
    await expect(Effect.runPromise(readOptions("x.py", "no-such-python"))).rejects.toThrow(
      "no-such-python is not on the PATH",
    )
  })
})
