import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { ROOT, workspaces } from "../src/house.ts"

const lockfile = (folder: string): string => readFileSync(join(folder, "package-lock.json"), "utf8")

test("npm install leaves the lockfile as it is, whatever npm is told on this machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-lockfile-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const manifests = workspaces().map((room) => join(room, "package.json"))
  for (const file of ["package.json", "package-lock.json", ".npmrc", ...manifests]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(ROOT, file), join(folder, file))
  }
  writeFileSync(join(folder, "nobody"), "")
  // A whole lockfile needs nothing from the registry. A machine's own settings must not be needed either.
  execFileSync("npm", ["install", "--package-lock-only", "--offline", "--no-audit"], {
    cwd: folder,
    env: { ...process.env, NPM_CONFIG_USERCONFIG: join(folder, "nobody") },
  })
  expect(lockfile(folder)).toBe(lockfile(ROOT))
})

test("the lockfile has the packages of every platform, and names no registry", () => {
  const packages = JSON.parse(lockfile(ROOT)).packages as Readonly<
    Record<string, { readonly optionalDependencies?: object; readonly resolved?: string }>
  >
  for (const [place, { optionalDependencies = {}, resolved = "" }] of Object.entries(packages)) {
    expect(resolved, place).not.toMatch(/:/)
    for (const name of Object.keys(optionalDependencies)) {
      expect(
        [`${place}/node_modules/${name}`, `node_modules/${name}`].some((key) => key in packages),
        name,
      ).toBe(true)
    }
  }
})
