import { posix } from "node:path"
import { importsOf, manifestOf, rooms } from "@tanren/house"

/**
 * The imports of a compiled file, as they are in the package: other rooms by relative paths, TypeScript as what it
 * was compiled to.
 */
export const compiledImports = (file: string, text: string): string =>
  importsOf(file, text)
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { specifier, start, end }) => {
      const written = specifier === undefined ? undefined : compiled(file, specifier)
      return written === undefined ? done : `${done.slice(0, start)}"${written}"${done.slice(end)}`
    }, text)

const compiled = (file: string, specifier: string): string | undefined => {
  if (specifier.startsWith(".")) return specifier.endsWith(".ts") ? specifier.replace(/\.ts$/, ".js") : undefined
  const room = Object.keys(rooms).find((one) => {
    const { name } = manifestOf(one)
    return one !== "." && (specifier === name || specifier.startsWith(`${name}/`))
  })
  if (room === undefined) return undefined
  const { name, exports = {} } = manifestOf(room)
  const target = exports[`.${specifier.slice(name.length)}`]
  if (target === undefined) throw new Error(`${file}: ${specifier} is no entry of ${room}`)
  const path = posix.relative(posix.dirname(file), posix.join(room, target)).replace(/\.ts$/, ".js")
  return path.startsWith(".") ? path : `./${path}`
}
