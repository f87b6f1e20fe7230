import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { wanted } from "../src/dependencies.ts"
import { manifestOf, ROOT, sourceFiles } from "../src/house.ts"
import { rooms } from "../src/rooms.ts"

/** Nx without its daemon, with a folder of its own for what it keeps. */
const nx = (...args: ReadonlyArray<string>): string => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-nx-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, NX_DAEMON: "false", NX_WORKSPACE_DATA_DIRECTORY: folder }
  return execFileSync("npx", ["nx", ...args], { cwd: ROOT, encoding: "utf8", env })
}

interface Graph {
  readonly graph: { readonly dependencies: Readonly<Record<string, ReadonlyArray<{ readonly target: string }>>> }
}

test("a change of any room reaches all that import it", () => {
  const file = join(mkdtempSync(join(tmpdir(), "tanren-graph-")), "graph.json")
  nx("graph", `--file=${file}`)
  const { dependencies } = (JSON.parse(readFileSync(file, "utf8")) as Graph).graph
  const names = Object.keys(rooms).map((room) => manifestOf(room).name)
  const files = sourceFiles()
  for (const room of Object.keys(rooms)) {
    const { name } = manifestOf(room)
    const want = wanted(files, room)
    const imported = Object.keys({ ...want.dependencies, ...want.devDependencies }).filter((one) => names.includes(one))
    expect(dependencies[name]?.map(({ target }) => target).sort(), name).toEqual(imported.sort())
  }
})

test("nx affected goes along that graph: a change of terms reaches the command line", () => {
  const affected = JSON.parse(nx("show", "projects", "--affected", "--files=libs/terms/src/index.ts", "--json"))
  expect(affected).toEqual(expect.arrayContaining(["@tanren/terms", "@tanren/space", "@tanren/init", "@tanren/cli"]))
  const few = JSON.parse(nx("show", "projects", "--affected", "--files=tools/cli/src/main.ts", "--json"))
  expect(few).toEqual(["@tanren/cli"])
})
