import { execFile } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { pythonHas, pythonPath } from "@tanren/contract/python/environment"
import { describe, expect, test, vi } from "vitest"
import type { Report } from "../src/index.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
/** Made by `npm run test:python`. */
const env = { ...process.env, PATH: pythonPath }

// Twenty starts of programs whose imports alone take seconds; the limit only ends what will never end.
vi.setConfig({ testTimeout: 3_600_000 })

/** Exit code 1, where a check fails, is not yet a verdict: the report is. */
const check = async (campaign: string): Promise<Report> => {
  const main = join(root, "tools/cli/src/main.ts")
  const args = ["--no-warnings", main, "trainer", "check", "--campaign", join(root, campaign), "--json"]
  const printed = new Promise<string>((resolve) => {
    execFile(process.execPath, args, { env }, (_, stdout) => resolve(stdout))
  })
  return JSON.parse(await printed) as Report
}

const undeclaredBy = async (campaign: string): Promise<ReadonlyArray<string>> => {
  const { findings } = await check(campaign)
  expect(findings.filter(({ status }) => status === "fail")).toEqual([])
  return findings.filter(({ status }) => status === "undeclared").map(({ id }) => id)
}

describe.concurrent("shipped programs keep their word", () => {
  test("examples/digits", async () => {
    expect(await undeclaredBy("examples/digits/campaign.ts")).toEqual([])
  })

  test("examples/plain", async () => {
    expect(await undeclaredBy("examples/plain/campaign.yaml")).toHaveLength(14)
  })

  for (const [name, module] of [
    ["numpy/campaign.yaml", "numpy"],
    ["pytorch/campaign.ts", "torch"],
    ["jax/campaign.yaml", "jax"],
  ] as const) {
    const absent = !pythonHas(module)
    const brought = module === "torch" ? "npm run test:python -- --torch" : "npm run test:python"
    if (absent) console.warn(`NOT TESTED: examples/${name}: ${module} is not installed (${brought})`)
    test.skipIf(absent)(`examples/${name}`, async () => {
      expect(await undeclaredBy(`examples/${name}`)).toEqual(["export", "warm"])
    })
  }
})
