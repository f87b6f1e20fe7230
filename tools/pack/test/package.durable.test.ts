import { type SpawnSyncReturns, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { ROOT } from "@tanren/house"
import { pack } from "@tanren/pack"
import { afterAll, expect, test } from "vitest"
import { campaign, reader, train, tsconfig } from "./outside.ts"

const TSC = join(ROOT, "node_modules", ".bin", "tsc")
/** What npm says where no registry answers, and the cache has not everything. */
const NO_REGISTRY = /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/

/** Nothing here is timed: an install on a busy machine takes what it takes. */
const NEVER_MS = 1_800_000

const folder = mkdtempSync(join(tmpdir(), "tanren-outside-"))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }), NEVER_MS)

/** Nothing of the checkout helps: neither its commands on the PATH, nor what npm hands its scripts. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name))),
  PATH: process.env.PATH?.split(delimiter)
    .filter((place) => !place.startsWith(ROOT))
    .join(delimiter),
  TANREN_MACHINE_LOCK: join(folder, "machine.lock"),
  TANREN_PORT: String(19_000 + Number(process.env.VITEST_POOL_ID ?? 0)),
}

const run = (command: string, ...args: ReadonlyArray<string>): SpawnSyncReturns<string> =>
  spawnSync(command, args, { cwd: folder, encoding: "utf8", env })

const said = (ended: SpawnSyncReturns<string>): string => {
  expect(ended.status, ended.stdout + ended.stderr).toBe(0)
  return ended.stdout
}

test(
  "the package, installed in an empty folder: types, plan, run, status, report",
  (context) => {
    const tarball = pack()
    const files = { "campaign.ts": campaign, "train.mjs": train, "reader.ts": reader, "tsconfig.json": tsconfig }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, "package.json"), "{}")
    const installed = run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", tarball)
    if (installed.status !== 0 && NO_REGISTRY.test(installed.stderr))
      return context.skip("NOT TESTED: the installed package (npm's registry does not answer)")
    said(installed)

    said(run(TSC, "-p", "."))
    writeFileSync(join(folder, "campaign.ts"), campaign.replace('["dropout"]', '["dropuot"]'))
    expect(run(TSC, "-p", ".").stdout).toMatch(/campaign\.ts\(11,\d+\): error .*"dropuot"/)
    writeFileSync(join(folder, "campaign.ts"), campaign)
    writeFileSync(join(folder, "tsconfig.json"), tsconfig.replace('["campaign.ts"]', '["reader.ts"]'))
    said(run(TSC, "-p", ".", "--skipLibCheck"))
    said(run(process.execPath, "reader.ts"))

    expect(said(run("npx", "tanren", "plan", "campaign.ts"))).toMatch(/study g1\.dropout=true: 2 trials/)
    expect(said(run("npx", "tanren", "run", "campaign.ts"))).toMatch(/Finished \(\d+ completed\)/)
    expect(said(run("npx", "tanren", "status"))).toMatch(/finished/)
    expect(readFileSync(said(run("npx", "tanren", "report")).trim(), "utf8")).toMatch(/<svg/)
  },
  NEVER_MS,
)
