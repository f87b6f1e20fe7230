import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { folder } from "./command-run.ts"

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const DIGITS = fileURLToPath(new URL("../../../examples/digits/campaign.ts", import.meta.url))

const tanren = (cwd: string, ...args: ReadonlyArray<string>) =>
  spawnSync(process.execPath, ["--no-warnings", MAIN, ...args], { cwd, encoding: "utf8" })

const withSpace = (): string => {
  const place = folder()
  const hyperparameters = [{ name: "learning_rate", type: "float", low: 1e-5, high: 0.1, scale: "log" }]
  writeFileSync(join(place, "space.json"), JSON.stringify({ hyperparameters }))
  return place
}

describe("asking, at the command line", () => {
  test("suggest prints data alone; notes and errors stand on standard error", () => {
    const place = withSpace()
    const first = tanren(place, "suggest", "--space", "space.json", "--count", "4")
    expect(first).toMatchObject({ status: 0, stderr: "" })
    writeFileSync(join(place, "trials.jsonl"), first.stdout)
    const more = tanren(place, "suggest", "--space", "space.json", "--count", "3", "--trials", "trials.jsonl")
    expect(more.status).toBe(0)
    expect(more.stderr).toMatch(/^Note: .*4 of 4 trials are points of this sequence/)
    const ids = `${first.stdout}${more.stdout}`
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly id: string }).id)
    expect(ids).toEqual(Array.from({ length: 7 }, (_, index) => `halton-0-${index}`))
    expect(readdirSync(place).toSorted()).toEqual(["space.json", "trials.jsonl"])
  })

  test.each([
    ["an unknown command", ["plam"], /Unknown subcommand "plam"[\s\S]*plan/],
    [
      "an unknown flag",
      ["suggest", "--space", "space.json", "--conut", "3"],
      /Unrecognized flag: --conut[\s\S]*--count/,
    ],
    [
      "a missing flag",
      ["suggest", "--space", "space.json"],
      /flag: --count\n.* suggest --space <file> --count <number>/,
    ],
    ["a missing argument", ["plan"], /Missing required argument: campaign/],
    ["no number", ["suggest", "--space", "space.json", "--count", "3.5"], /--count: "3.5".*whole number, at least 1/],
    ["an unknown algorithm", ["suggest", "--space", "space.json", "--count", "3", "--algorithm", "sobol"], /"halton"/],
    ["a command that brings Temporal along", ["run", "--frsh", "campaign.ts"], /Unrecognized flag: --frsh/],
    ["no such file", ["plan", "campaign.ts"], /campaign\.ts: no such file/],
    [
      "no trials to learn from where some are named",
      ["suggest", "--space", "space.json", "--count", "3", "--algorithm", "bayes", "--trials", "trials.jsonl"],
      /trials\.jsonl: no such file/,
    ],
  ])("%s ends with 2, nothing on standard output, nothing made", (_, args, said) => {
    const place = withSpace()
    const { status, stdout, stderr } = tanren(place, ...args)
    expect(stderr).toMatch(said)
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" })
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(readdirSync(place)).toEqual(["space.json"])
  })

  test("suggest asks the Gaussian process, and makes nothing", () => {
    const place = withSpace()
    const asked = ["suggest", "--space", "space.json", "--count", "3", "--algorithm", "bayes"]
    const { status, stdout } = tanren(place, ...asked)
    expect({ status, lines: stdout.trim().split("\n").length }).toEqual({ status: 0, lines: 3 })
    expect(tanren(place, ...asked).stdout).toBe(stdout)
    expect(readdirSync(place)).toEqual(["space.json"])
  })

  test("plan reads a campaign in TypeScript and makes no state folder", () => {
    const place = folder()
    const text = readFileSync(DIGITS, "utf8")
    writeFileSync(join(place, "campaign.ts"), text)
    const { status, stdout, stderr } = tanren(place, "plan", "campaign.ts")
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    expect(stdout).toMatch(/^Campaign digits\n[\s\S]*In total \d+ training runs/)
    expect(existsSync(join(place, ".tanren"))).toBe(false)
    const data = tanren(place, "plan", "campaign.ts", "--json")
    expect(JSON.parse(data.stdout)).toMatchObject({ version: 1, campaign: "digits", price: null })
  })

  test("help goes to standard output and ends well, of one command and of all", () => {
    const one = tanren(folder(), "suggest", "--help")
    expect(one).toMatchObject({ status: 0, stderr: "" })
    expect(one.stdout).toContain("--trials")
    const all = tanren(folder(), "--help")
    expect(all.status).toBe(0)
    for (const name of ["plan", "suggest", "run", "status"]) expect(all.stdout).toContain(`  ${name} `)
  })

  test("suggest and plan start without Temporal, charts or TensorFlow", () => {
    const place = withSpace()
    const ask = (...args: ReadonlyArray<string>) =>
      spawnSync(process.execPath, ["--no-warnings", "--import", WITHOUT_HEAVY_LIBRARIES, MAIN, ...args], { cwd: place })
    expect(ask("suggest", "--space", "space.json", "--count", "1").status).toBe(0)
    expect(ask("plan", DIGITS).status).toBe(0)
    expect(ask("run", "--help").stderr.toString()).toContain("loads @temporalio/")
  })
})

/** Makes it an error to load a library that takes long to load. */
const WITHOUT_HEAVY_LIBRARIES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module"
  registerHooks({
    resolve: (specifier, context, next) => {
      if (/^(@temporalio|@tensorflow|vega)/.test(specifier)) throw new Error("loads " + specifier)
      return next(specifier, context)
    },
  })
`)}`
