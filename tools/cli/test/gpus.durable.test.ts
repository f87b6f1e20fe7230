import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { lock } from "@tanren/workers"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { campaignFolder, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

/** No GPU takes part: `nvidia-smi` is a script that lists so many, first on the PATH. */
const withFakeGpus = (folder: string, count: number): Record<string, string> => {
  const bin = join(folder, "bin")
  mkdirSync(bin)
  const lines = Array.from({ length: count }, (_, index) => `GPU ${index}: Fake (UUID: GPU-0000000${index})`)
  writeFileSync(join(bin, "nvidia-smi"), `#!/bin/sh\ncat <<'END'\n${lines.join("\n")}\nEND\n`)
  chmodSync(join(bin, "nvidia-smi"), 0o755)
  const { CUDA_VISIBLE_DEVICES: _, ...rest } = process.env as Record<string, string>
  return { ...rest, PATH: `${bin}${delimiter}${process.env.PATH}` }
}

const campaign = (changes: Record<string, unknown> = {}) =>
  shortCampaign({
    trainer: { type: "program", command: [process.execPath, "sees.mjs"], resources: "gpu" },
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 0.9, scale: "log" }],
    baseline: { learning_rate: 0.02 },
    goals: [{ question: "How low?", trials: 4, repeats: 2 }],
    ...changes,
  })

const seenIn = (folder: string): ReadonlyArray<string> =>
  readFileSync(join(folder, "seen.log"), "utf8").trim().split("\n")

test("every GPU is leased, and one that policy.parallel leaves idle is told of", async () => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, campaign())], withFakeGpus(folder, 3))
  expect(await run.ended, run.output()).toBe(0)
  expect(run.output()).toContain("Note: 3 GPUs can be seen, and policy.parallel lets 2 trials run at once.")
  expect([...new Set(seenIn(folder))].sort()).toEqual(["0", "1", "2"])
})

test.each([
  ["run", ["run"]],
  ["trainer check", ["trainer", "check", "--campaign"]],
])("tanren %s: gpu where every GPU is hidden is refused before anything starts", async (_, command) => {
  const folder = campaignFolder()
  const file = writeCampaign(folder, campaign())
  const run = tanren(folder, [...command, file], { ...withFakeGpus(folder, 2), CUDA_VISIBLE_DEVICES: "" })
  expect(await run.ended).toBe(2)
  expect(run.output()).toContain(
    `${file}: trainer.resources: no GPU can be seen here: CUDA_VISIBLE_DEVICES is "", which hides every GPU; found "gpu"; ` +
      'wanted: "cpu", or a GPU that nvidia-smi -L lists and CUDA_VISIBLE_DEVICES, where it is set, names',
  )
  expect(existsSync(join(folder, ".tanren/stack.json"))).toBe(false)
  expect(existsSync(join(folder, "seen.log"))).toBe(false)
})

test("a GPU is not checked on while a campaign trains", async () => {
  const folder = campaignFolder()
  const held = { TANREN_MACHINE_LOCK: join(folder, "machine.lock") }
  const command = ["trainer", "check", "--resources", "gpu", "--", process.execPath, "sees.mjs"]
  const output = await Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        yield* lock(held.TANREN_MACHINE_LOCK, "a campaign")
        const check = tanren(folder, command, { ...withFakeGpus(folder, 1), ...held })
        expect(yield* Effect.promise(() => check.ended)).toBe(1)
        return check.output()
      }),
    ),
  )
  expect(output.trim()).toBe(
    "another campaign trains on this machine (a campaign); devices go to one at a time: wait for it or stop it",
  )
  expect(existsSync(join(folder, "seen.log"))).toBe(false)
})

test("a training worker without a device leaves with the reason", () => {
  const folder = campaignFolder()
  const settings = { address: "", namespace: "", scope: "", stateFolder: folder, slots: 1, resources: "gpu" }
  const worker = fileURLToPath(new URL("../../../workers/src/processes/training-worker.ts", import.meta.url))
  const env = { ...withFakeGpus(folder, 0), TANREN_WORKER: JSON.stringify(settings) }
  const ended = spawnSync(process.execPath, ["--no-warnings", worker], { env, encoding: "utf8" })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toContain("trainer.resources: no GPU can be seen here: nvidia-smi lists no GPU")
})

test("the checker runs a program on what the campaign names, or --resources", async () => {
  const folder = campaignFolder()
  const environment = withFakeGpus(folder, 2)
  const file = writeCampaign(folder, campaign())
  const seen = async (args: ReadonlyArray<string>) => {
    writeFileSync(join(folder, "seen.log"), "")
    const check = tanren(folder, ["trainer", "check", ...args], environment)
    expect(await check.ended, check.output()).toBe(0)
    return [...new Set(seenIn(folder))]
  }
  const command = ["--set", "learning_rate=0.1", "--", process.execPath, "sees.mjs"]
  expect(await seen(["--campaign", file])).toEqual(["0"])
  expect(await seen(["--campaign", file, "--resources", "cpu"])).toEqual([""])
  expect(await seen(["--resources", "gpu", ...command])).toEqual(["0"])
  expect(await seen(command)).toEqual([""])
})

test("init: a script that imports torch gets the GPU that there is, and the file says why", async () => {
  const folder = campaignFolder()
  // Not torch: the import alone is the evidence.
  writeFileSync(join(folder, "torch.py"), "")
  writeFileSync(
    join(folder, "train.py"),
    [
      "import argparse, os, torch",
      "parser = argparse.ArgumentParser()",
      'parser.add_argument("--lr", type=float, default=0.1)',
      'parser.add_argument("--epochs", type=int, default=3)',
      "given = parser.parse_args()",
      'open("seen.log", "a").write(os.environ["CUDA_VISIBLE_DEVICES"] + "\\n")',
      "for epoch in range(given.epochs):",
      '    print(f"epoch {epoch + 1} valid error {given.lr / (epoch + 1)}")',
      "",
    ].join("\n"),
  )
  const init = tanren(folder, ["init", "train.py"], withFakeGpus(folder, 1))
  await init.ended
  const why = "resources are gpu: train.py imports torch, and nvidia-smi lists 1 GPU"
  expect(init.output()).toContain(`Guessed: ${why}.`)
  const text = readFileSync(join(folder, "campaign.ts"), "utf8")
  expect(text).toContain(`// - ${why}\n`)
  expect(text).toContain('resources: "gpu"')
  expect(new Set(seenIn(folder))).toEqual(new Set(["0"]))
})

test.each([
  ["devices: 2", { devices: 2 }, ["0,1", "2,3"]],
  ["processes: 2", { processes: 2 }, ["0", "1", "2", "3"]],
])("%s: a trial leases two GPUs; one that makes no pair stays idle", async (_, share, seen) => {
  const folder = campaignFolder()
  const spec = campaign()
  const file = writeCampaign(folder, { ...spec, trainer: { ...spec.trainer, ...share } })
  const run = tanren(folder, ["run", file], withFakeGpus(folder, 5))
  expect(await run.ended, run.output()).toBe(0)
  expect(run.output()).toContain("Note: 5 GPUs can be seen, and trials lease 2 each: 1 stays idle.")
  expect([...new Set(seenIn(folder))].sort()).toEqual(seen)
})
