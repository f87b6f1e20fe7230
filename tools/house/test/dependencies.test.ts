import { expect, test } from "vitest"
import { undeclared } from "../src/dependencies.ts"
import { sourceFile, sourceFiles } from "../src/house.ts"

const files = sourceFiles()
const told = (path: string, text: string) => undeclared([...files, sourceFile(path, text)])

test("every package.json declares what its files import, and nothing else", () => {
  expect(undeclared(files)).toEqual([])
})

test("an import that is not declared is named, with where and the way out", () => {
  expect(told("libs/terms/src/a.ts", 'import { parse } from "yaml"')).toEqual([
    expect.stringMatching(/^libs\/terms\/package\.json: dependencies: yaml is imported, at \d.*npm run declare/),
  ])
  expect(told("libs/terms/test/a.test.ts", 'import type { Record } from "@tanren/record"')).toEqual([
    expect.stringMatching(/^libs\/terms\/package\.json: devDependencies: @tanren\/record is imported, at \*/),
  ])
  expect(told("examples/digits/a.ts", 'import { parse } from "yaml"')).toEqual([
    expect.stringMatching(/^package\.json: yaml is imported/),
  ])
  expect(told("libs/terms/src/a.ts", 'import "never-heard-of"')).toEqual([
    expect.stringMatching(/never-heard-of is imported; give it a version/),
  ])
})

test("what only tests imported moves up when the room itself does", () => {
  expect(told("libs/terms/src/a.ts", 'import { expect } from "vitest"')).toEqual([
    expect.stringMatching(/dependencies: vitest is imported/),
    expect.stringMatching(/devDependencies: no file imports vitest/),
  ])
})

test("what no file imports any more is named", () => {
  const without = files.filter(({ room }) => room !== "workers")
  expect(undeclared(without)).toContain(
    "workers/package.json: dependencies: no file imports @temporalio/worker (npm run declare)",
  )
})
