import { existsSync } from "node:fs"

/** Which rows of a file are meant: those with this value in this column. */
export interface Where {
  readonly column: string
  readonly value: string
}

/** One side of a comparison as a person names it: `FILE`, `FILE#EXPERIMENT`, `FILE#COLUMN=VALUE`, or both parts. */
export interface Side {
  readonly file: string
  readonly study?: string
  readonly where: ReadonlyArray<Where>
}

/** A file whose own name has a `#` is found by that name. */
export const sideOf = (given: string): Side => {
  const parts = given.split("#")
  const cut = parts.map((_, at) => parts.length - at).find((upTo) => existsSync(parts.slice(0, upTo).join("#"))) ?? 1
  const selectors = parts.slice(cut).filter((part) => part !== "")
  const study = selectors.find((part) => !part.includes("="))
  return {
    file: parts.slice(0, cut).join("#"),
    ...(study === undefined ? {} : { study }),
    where: selectors
      .filter((part) => part.includes("="))
      .map((part) => ({ column: part.slice(0, part.indexOf("=")), value: part.slice(part.indexOf("=") + 1) })),
  }
}
