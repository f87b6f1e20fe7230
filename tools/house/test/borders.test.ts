import { breaches } from "@tanren/house"
import { describe, expect, test } from "vitest"
import { manifestOf, sourceFiles, workspaces } from "../src/house.ts"
import { rooms } from "../src/rooms.ts"
import { everyForm, folders, planted, up } from "./planted.ts"

const nameOf = (room: string): string => manifestOf(room).name

const files = sourceFiles()

test("the house keeps its own borders", () => {
  expect(files.flatMap((file) => breaches(file))).toEqual([])
})

test("every workspace is a room of the table, and every room a workspace", () => {
  expect([...workspaces()].sort()).toEqual([...folders].sort())
})

test("a room only uses rooms that stand above it in the table", () => {
  const names = folders.map((room) => room.split("/").at(-1)!)
  for (const [index, room] of folders.entries()) {
    for (const used of rooms[room]!.uses) expect(names.slice(0, index), room).toContain(used.split("/")[0])
  }
})

test("every arrow and every exception of the table is used", () => {
  const left = new Map(Object.keys(rooms).map((room) => [room, files.filter((file) => file.room === room)]))
  const idle = Object.entries(rooms).flatMap(([room, own]) =>
    (["uses", "packages", "computed", "files"] as const).flatMap((field) =>
      (own[field] ?? [])
        .filter((name) => {
          const without = { ...own, [field]: own[field]!.filter((other) => other !== name) }
          return left.get(room)!.every((file) => breaches(file, without).length === 0)
        })
        .map((name) => `${room}: ${field}: ${name}`),
    ),
  )
  expect(idle).toEqual([])
})

describe.each(folders)("planted in %s", (room) => {
  const { uses, packages } = rooms[room]!
  const others = folders.filter((other) => other !== room)

  test("a private file of any other, by a relative path", () => {
    for (const other of others) {
      const path = `${up(room)}${other}/src/index.ts`
      for (const text of everyForm(path)) expect(planted(room, text), text).toEqual([expect.stringContaining("leaves")])
      expect(planted(room, `import "${path}"`, "test/planted.test.ts")).toHaveLength(1)
    }
  })

  test("a private file of any other, by name or through node_modules", () => {
    for (const name of others.map(nameOf)) {
      expect(planted(room, `import "${name}/src/index.ts"`)).toEqual([expect.stringContaining("no public")])
      expect(planted(room, `import "${name}/src/index.ts"`, "test/a.test.ts")).toHaveLength(1)
      expect(planted(room, `import "${up(room)}node_modules/${name}/src/index.ts"`)).toHaveLength(1)
    }
  })

  test("every room that the table does not give it", () => {
    const barred = others.filter((other) => !uses.some((used) => used.split("/")[0] === other.split("/").at(-1)))
    for (const other of barred) {
      for (const text of everyForm(nameOf(other))) expect(planted(room, text), text).toHaveLength(1)
    }
    expect(planted(room, 'import { campaign } from "tanren"')).toHaveLength(1)
  })

  test("a path of this machine", () => {
    expect(planted(room, 'import "/tmp/a.ts"')).toHaveLength(1)
    expect(planted(room, 'import "file:///tmp/a.ts"')).toHaveLength(1)
  })

  if (packages === undefined) return

  test("Node, and a package that is not listed", () => {
    for (const specifier of [
      "fs",
      "node:fs",
      "fs/promises",
      "node:sqlite",
      "yaml",
      "effect/sql",
      "@temporalio/client",
    ]) {
      for (const text of everyForm(specifier)) expect(planted(room, text), text).toHaveLength(1)
    }
    for (const name of packages) expect(planted(room, `import "${name}"`)).toEqual([])
  })
})

test("workflows see the contract of the activities, and its types alone", () => {
  expect(planted("workflows", 'import type { A } from "@tanren/activities/contract"')).toEqual([])
  expect(planted("workflows", 'import { a } from "@tanren/activities/contract"')).toHaveLength(1)
  expect(planted("workflows", 'import type { A } from "@tanren/activities"')).toHaveLength(1)
})

test("a test uses its own room's files, and every room by its public entries", () => {
  expect(planted("libs/terms", 'import "../src/metric.ts"', "test/a.test.ts")).toEqual([])
  expect(planted("libs/terms", 'import "@tanren/record"', "src/a.test.ts")).toEqual([])
  expect(planted("libs/terms", 'import "node:fs"', "test/a.test.ts")).toEqual([])
})
