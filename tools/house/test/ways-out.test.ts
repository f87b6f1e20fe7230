import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { breaches } from "@tanren/house"
import { describe, expect, onTestFinished, test } from "vitest"
import { sourceFiles } from "../src/house.ts"
import { folders, planted, up } from "./planted.ts"

const TEST = "test/planted.test.ts"

const computed = [
  "await import(name)",
  `await import(\`../\${name}.ts\`)`,
  'await import("../" + name)',
  "await import(new URL(name, base).href)",
  "new URL(name, import.meta.url)",
  `new URL(\`\${name}.ts\`, import.meta.url)`,
  "require(name)",
  "const r = createRequire(import.meta.url); r(name)",
  "const r = createRequire(import.meta.url); const q = r",
  "import { createRequire as c } from 'node:module'; const r = c(import.meta.url); r(name)",
  "const load = require",
  'createRequire("/tmp/")("./a.ts")',
  "process.getBuiltinModule('module').createRequire(base)",
  "join(import.meta.dirname, name)",
  "const { url } = import.meta",
]

describe.each([...folders, "."])("planted in %s", (room) => {
  test("an import that is computed, in a file that the table does not name", () => {
    for (const text of computed) {
      const told = expect.stringContaining("imports are written out")
      expect(planted(room, text), text).toContainEqual(told)
      expect(planted(room, text, TEST), text).toContainEqual(told)
    }
  })

  if (room === ".") return

  test("a file of another room, by a URL", () => {
    for (const other of folders.filter((one) => one !== room)) {
      const path = `${up(room)}${other}/src/planted.ts`
      for (const text of [
        `new URL("${path}", import.meta.url)`,
        `new URL(\`${path}\`, import.meta.url).pathname`,
        `new URL(\`${up(room)}${other}/src/\${name}\`, import.meta.url)`,
        `await import(new URL("${path}", import.meta.url).href)`,
        `await import(new URL("${path}", import.meta["url"]).href)`,
      ]) {
        expect(planted(room, text), text).toEqual([expect.stringContaining("leaves")])
        expect(planted(room, text, TEST), text).toEqual([expect.stringContaining("leaves")])
      }
    }
    expect(planted(room, 'new URL("planted.py", import.meta.url)')).toEqual([])
    expect(planted(room, 'await import(new URL("planted.ts", import.meta.url).href)')).toEqual([])
  })

  test("what counts as a test, from `src`", () => {
    for (const path of ["../zz.ts", "../test/zz.ts", "./zz.test.ts"]) {
      for (const text of [`import "${path}"`, `await import("${path}")`, `new URL("${path}", import.meta.url)`]) {
        expect(planted(room, text), text).toEqual([expect.stringContaining("a test")])
        expect(planted(room, text, "src/zz.test.ts"), text).toEqual([])
      }
    }
    expect(planted(room, 'import "@tanren/space/invalid-spaces"')).toHaveLength(1)
    expect(planted(room, 'import "@tanren/space/invalid-spaces"', TEST)).toEqual([])
  })
})

test("files are run or read as the table names them, and imported never", () => {
  const main = '"../../../cli/src/main.ts"'
  expect(planted("tools/bench", `new URL(${main}, import.meta.url)`, "src/speed/planted.ts")).toEqual([])
  expect(planted("tools/bench", `import(${main})`, "src/speed/planted.ts")).toHaveLength(1)
  expect(planted("tools/bench", `import(new URL(${main}, import.meta.url).href)`, "src/speed/a.ts")).toHaveLength(1)
})

test.each(["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"])("a file with the ending .%s is read", (ending) => {
  const root = mkdtempSync(join(tmpdir(), "tanren-house-"))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const room of folders) {
    const file = join(root, room, `src/planted.${ending}`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'require("../../nowhere/planted.ts")')
  }
  expect(sourceFiles(root).flatMap((file) => breaches(file))).toHaveLength(folders.length)
})
