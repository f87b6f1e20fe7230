import { rooms } from "@tanren/house"
import { describe, expect, test } from "vitest"
import { folders, planted } from "./planted.ts"

const TEST = "test/planted.test.ts"
const pure = folders.filter((room) => rooms[room]!.parts !== undefined)

describe.each([...pure, "workflows"])("planted in %s", (room) => {
  test("a folder called test inside src is no way out", () => {
    expect(planted(room, 'import "node:fs"', "src/test/zz.ts")).toHaveLength(1)
    expect(planted(room, "process.cwd()", "src/deep/test/zz.ts")).toHaveLength(1)
  })

  test("the machine", () => {
    for (const text of [
      'process.getBuiltinModule("node:fs")',
      'globalThis.process.getBuiltinModule("node:fs")',
      'global["process"]',
      "const { env } = process",
      'eval("1")',
      "export const where = { process }",
    ]) {
      expect(planted(room, text), text).not.toEqual([])
      expect(planted(room, text, TEST), text).toEqual([])
    }
    expect(planted(room, "export const a = (of: { process: string }) => of.process")).toEqual([])
  })
})

describe.each(pure)("planted in %s", (room) => {
  test("the clock and chance", () => {
    for (const text of [
      "Date.now()",
      "new Date()",
      "performance.now()",
      "Math.random()",
      'Math["random"]()',
      "const { random } = Math",
      "const m = Math; m.random()",
      "crypto.randomUUID()",
    ]) {
      expect(planted(room, text), text).toHaveLength(1)
      expect(planted(room, text, "src/schema/planted.ts"), text).toHaveLength(1)
    }
    expect(planted(room, "Math.max(1, 2)")).toEqual([])
  })

  test("Effect, but what describes and decodes, in its schemas", () => {
    const schema = "src/deep/schema/planted.ts"
    for (const text of [
      'import { Effect } from "effect"; Effect.runSync(Effect.void)',
      'import { FileSystem } from "effect"',
      'import { Schema, FileSystem } from "effect"',
      'import * as All from "effect"',
      'import "effect"',
      'import "effect/sql"',
      'import { Schema } from "effect/Schema"',
      'export * from "effect"',
      'export { Effect } from "effect"',
      'const { Effect } = await import("effect")',
      'type A = import("effect").Effect.Effect<number>',
      'import "yaml"',
    ]) {
      expect(planted(room, text, schema), text).toHaveLength(1)
      expect(planted(room, text), text).toHaveLength(1)
    }
    const decoding = 'import { Result, Schema, type SchemaIssue } from "effect"'
    expect(planted(room, decoding, schema)).toEqual([])
    expect(planted(room, decoding, "src/schema.ts")).toEqual([])
    expect(planted(room, decoding)).toHaveLength(1)
  })
})
