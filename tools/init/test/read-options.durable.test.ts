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
      Object.entries(option).filter(([key, value]) => value !== null && plain[key as keyof typeof plain] !== value),
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
  test("what cannot be read says why", async () => {
    await expect(read("absent.py")).rejects.toThrow("absent.py")
    await expect(Effect.runPromise(readOptions("x.py", "no-such-python"))).rejects.toThrow(
      "no-such-python is not on the PATH",
    )
  })
})
