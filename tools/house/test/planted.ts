import { breaches, rooms } from "@tanren/house"
import { sourceFile } from "../src/house.ts"

export const folders = Object.keys(rooms).filter((room) => room !== ".")

/** From a room's `src` to the root. */
export const up = (room: string): string => "../".repeat(room.split("/").length + 1)

/** What a file of this text in a room's `src` is refused for. */
export const planted = (room: string, text: string, file = "src/planted.ts"): ReadonlyArray<string> =>
  breaches(sourceFile(`${room}/${file}`, text)).map((line) => line.split(": ").slice(1).join(": "))

export const everyForm = (specifier: string): ReadonlyArray<string> => [
  `import "${specifier}"`,
  `import { a } from "${specifier}"`,
  `import type { A } from "${specifier}"`,
  `export * from "${specifier}"`,
  `export { a } from "${specifier}"`,
  `export type { A } from "${specifier}"`,
  `const a = await import("${specifier}")`,
  `const a = await import(\`${specifier}\`)`,
  `const a = await import(("${specifier}" as string))`,
  `type A = import("${specifier}").A`,
  `import a = require("${specifier}")`,
  `const a = require("${specifier}")`,
  `const a = require.resolve("${specifier}")`,
  `const a = createRequire(import.meta.url)("${specifier}")`,
  `const r = createRequire(import.meta.url); r("${specifier}")`,
  `const r = createRequire(import.meta.url); r.resolve(\`${specifier}\`)`,
  `const r = module.createRequire(import.meta.url); r("${specifier}")`,
  `const a = import.meta.resolve("${specifier}")`,
]
