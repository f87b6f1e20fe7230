import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { pythonHas, pythonPath } from "@tanren/trainer/python/environment"
import { describe, expect, test } from "vitest"
import type { Report } from "../src/index.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
/** Made by `npm run test:python`. */
const env = { ...process.env, PATH: pythonPath }

/** Twenty starts of a program whose imports alone take seconds. */
const SLOW_START = 900_000

const check = (campaign: string): Report => {
  const main = join(root, "tools/cli/src/main.ts")
  const args = ["--no-warnings", main, "trainer", "check", "--campaign", join(root, campaign), "--json"]
  return JSON.parse(spawnSync(process.execPath, args, { env, encoding: "utf8" }).stdout) as Report
}

const undeclaredBy = (campaign: string): ReadonlyArray<string> => {
  const { findings } = check(campaign)
  expect(findings.filter(({ status }) => status === "fail")).toEqual([])
  return findings.filter(({ status }) => status === "undeclared").map(({ id }) => id)
}

describe("shipped programs keep their word", () => {
  test("examples/digits", () => expect(undeclaredBy("examples/digits/campaign.ts")).toEqual([]))

  test("examples/plain", () => expect(undeclaredBy("examples/plain/campaign.yaml")).toHaveLength(13))

  for (const [name, module] of [
    ["numpy/campaign.yaml", "numpy"],
    ["pytorch/campaign.ts", "torch"],
    ["jax/campaign.yaml", "jax"],
  ] as const) {
    const absent = !pythonHas(module)
    const brought = module === "torch" ? "npm run test:python -- --torch" : "npm run test:python"
    if (absent) console.warn(`NOT TESTED: examples/${name}: ${module} is not installed (${brought})`)
    test.skipIf(absent)(
      `examples/${name}`,
      () => expect(undeclaredBy(`examples/${name}`)).toEqual(["export", "warm"]),
      SLOW_START,
    )
  }
})
