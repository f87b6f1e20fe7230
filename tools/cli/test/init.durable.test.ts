import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { pythonHas, pythonPath } from "@tanren/contract/python/environment"
import { describe, expect, onTestFinished, test } from "vitest"
import { recordOf, tanren, until } from "./campaign-run.ts"

const PLAIN = fileURLToPath(new URL("../../../examples/plain/train.py", import.meta.url))
const scriptOf = (library: string): string => fileURLToPath(new URL(`scripts/${library}_train.py`, import.meta.url))

/** A folder with nothing but a script that knows nothing of Tanren. */
const folderWithScript = (change: (script: string) => string = (script) => script, script = PLAIN): string => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-newcomer-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  writeFileSync(join(folder, "train.py"), change(readFileSync(script, "utf8")))
  return folder
}

const runs = async (folder: string, file: string, environment: Record<string, string> = {}) => {
  const run = tanren(folder, ["run", file], environment)
  const record = recordOf(folder)
  const trials = await until("six completed trials", async () => {
    const completed = (await record.trials()).filter(({ status }) => status === "completed")
    return completed.length >= 6 && completed
  })
  run.child.kill("SIGINT")
  await run.ended
  return trials
}

const PRINT = /print\(f"epoch.*\n/

const twoChangedLines = (script: string): string =>
  script
    .replace("import argparse\n", "import tanren\nimport argparse\n")
    .replace(PRINT, 'tanren.report(epoch, {"train/loss": loss, "valid/error": error})\n')

describe("two commands and two changed lines", () => {
  for (const [library, script, option, module] of [
    ["plain Python", PLAIN, "cosine", "math"],
    ["NumPy", scriptOf("numpy"), "squares", "numpy"],
    ["PyTorch", scriptOf("torch"), "hidden", "torch"],
  ] as const) {
    const absent = !pythonHas(module)
    const brought = module === "torch" ? "npm run test:python -- --torch" : "npm run test:python"
    if (absent) console.warn(`NOT TESTED: a ${library} script: ${module} is not installed (${brought})`)
    test.skipIf(absent)(`a ${library} script`, async () => {
      const environment = { PATH: pythonPath }
      const folder = folderWithScript(twoChangedLines, script)
      const init = tanren(folder, ["init", "train.py"], environment)
      expect(await init.ended, init.output()).toBe(0)
      expect(existsSync(join(folder, "tanren.py"))).toBe(true)
      expect(init.output()).toContain("pass  metrics")
      expect(init.output()).toContain(`Goal 1: Does ${option} improve valid/error?`)
      const trials = await runs(folder, "campaign.ts", environment)
      expect(new Set(trials.map(({ value }) => value)).size).toBeGreaterThan(1)
    })
  }
})

test("two commands and no changed line, where it prints what it measures", async () => {
  const folder = folderWithScript()
  const init = tanren(folder, ["init", "train.py", "--yaml"])
  expect(await init.ended, init.output()).toBe(0)
  expect(existsSync(join(folder, "tanren.py"))).toBe(false)
  const again = tanren(folder, ["init", "train.py", "--yaml"])
  expect(await again.ended).toBe(2)
  expect(again.output()).toContain("campaign.yaml exists; --force writes it anew")
  expect((await runs(folder, "campaign.yaml")).length).toBeGreaterThanOrEqual(6)
})

test("a script that reports and prints nothing is told the two lines", async () => {
  const folder = folderWithScript((script) => script.replace(PRINT, "pass\n"))
  const init = tanren(folder, ["init", "train.py"])
  expect(await init.ended).toBe(1)
  expect(init.output()).toContain("FAIL  metrics")
  expect(init.output()).toContain('tanren.report(step, {"valid/error": …})')
})

test.each([
  ["a missing script", ["init", "absent.py"], "absent.py: no such file"],
  ["no options", ["init", "empty.py"], "empty.py: it takes no options"],
  ["a syntax error", ["init", "broken.py"], "broken.py: "],
  ["a metric of unknown direction", ["init", "train.py", "--metric", "valid/blorp"], "add --metric valid/blorp --goal"],
  ["the same of a check", ["trainer", "check", "--metric", "valid/blorp", "--", "true"], "does not say whether lower"],
  ["an option that must be given", ["init", "needy.py"], "--data must be given: tanren init needy.py -- --data VALUE"],
])("%s is one line, exit 2, nothing written", async (_, args, said) => {
  const folder = folderWithScript()
  writeFileSync(join(folder, "empty.py"), "print(1)\n")
  writeFileSync(join(folder, "broken.py"), "def (:\n")
  writeFileSync(
    join(folder, "needy.py"),
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--data", required=True)\np.add_argument("--lr", type=float, default=0.1)\n',
  )
  const init = tanren(folder, args)
  expect(await init.ended).toBe(2)
  expect(init.output()).toContain(said)
  expect(existsSync(join(folder, "campaign.ts"))).toBe(false)
})
