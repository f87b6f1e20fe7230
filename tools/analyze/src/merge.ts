import { basename } from "node:path"
import { unionOf } from "./read/optuna-distribution.ts"
import type { Cell, Column, Source, Table } from "./table.ts"

/** Several files of trials as one; equal ids in two files are two trials. */
export const merged = (sources: readonly [Source, ...ReadonlyArray<Source>]): Source => {
  const [first, ...rest] = sources
  if (rest.length === 0) return first
  const declared = new Map(sources.flatMap((source) => (source.declared ?? []).map((one) => [one.name, one] as const)))
  for (const one of sources.flatMap((source) => source.declared ?? [])) {
    const before = declared.get(one.name)
    if (before !== undefined) declared.set(one.name, unionOf(before, one))
  }
  const metric = sources.every((source) => JSON.stringify(source.metric) === JSON.stringify(first.metric))
    ? first.metric
    : undefined
  return {
    file: sources.map(({ file }) => file).join(", "),
    format: first.format,
    table: joined(sources),
    ...(declared.size === 0 ? {} : { declared: [...declared.values()] }),
    ...(metric === undefined ? {} : { metric }),
    notes: sources.flatMap(({ notes }) => notes),
  }
}

const joined = (sources: ReadonlyArray<Source>): Table => {
  const rows = sources.reduce((total, { table }) => total + table.rows, 0)
  const columns = new Map<string, { column: Column; cells: Array<Cell> }>()
  const ids = sharedIds(sources)
  let from = 0
  for (const { file, table } of sources) {
    for (const column of table.columns) {
      const key = `${column.given ?? ""} ${column.name}`
      const known = columns.get(key) ?? { column, cells: new Array<Cell>(rows).fill(undefined) }
      columns.set(key, known)
      column.cells.forEach((cell, row) => {
        known.cells[from + row] = ids.has(column.name) && cell !== undefined ? `${basename(file)}:${cell}` : cell
      })
    }
    from += table.rows
  }
  const curves = sources.flatMap(({ table }) => table.curves ?? new Array<undefined>(table.rows).fill(undefined))
  return {
    rows,
    columns: [...columns.values()].map(({ column, cells }) => ({ ...column, cells })),
    ...(curves.some((curve) => curve !== undefined) ? { curves } : {}),
  }
}

/** Id columns that use the same id in two files. */
const sharedIds = (sources: ReadonlyArray<Source>): ReadonlySet<string> => {
  const shared = new Set<string>()
  const seen = new Map<string, number>()
  sources.forEach(({ table }, at) => {
    for (const { name, given, cells } of table.columns) {
      if (given !== "id" && !/^(id|name|number|index|((trial|run)([ _.]?(id|name|number))?))$/i.test(name)) continue
      for (const cell of cells) {
        const key = `${name} ${cell}`
        const before = seen.get(key)
        if (before !== undefined && before !== at) shared.add(name)
        seen.set(key, at)
      }
    }
  })
  return shared
}
