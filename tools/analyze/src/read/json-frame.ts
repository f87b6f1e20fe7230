import { type Fields, isFields } from "./record.ts"

/**
 * A data frame as pandas writes it as one JSON object: `{"lr": {"0": 0.1, …}, …}` (its default), `{"0": {"lr": 0.1},
 * …}` (orient="index"), `{"schema": …, "data": [{…}, …]}` (orient="table") or `{"columns": […], "data": [[…], …]}` (orient="split"; TensorBoard's HParams say `header` and
 * `rows`).
 */
export const frameIn = (value: Fields): ReadonlyArray<Fields> | undefined => {
  const names = value.columns ?? value.header
  const rows = value.data ?? value.rows
  if (Array.isArray(names) && Array.isArray(rows) && rows.every(Array.isArray))
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [String(name), row[at]])))
  if (isFields(value.schema) && Array.isArray(value.data) && value.data.every(isFields)) return value.data
  const inner = Object.values(value).filter(isFields)
  if (inner.length < 2 || inner.length < Object.keys(value).length) return undefined
  if (Object.keys(value).every(isCount)) return inner
  const keys = Object.keys(inner[0] ?? {})
  const isColumn = (column: Fields): boolean =>
    Object.keys(column).length === keys.length && keys.every((key) => Object.hasOwn(column, key) && isCount(key))
  if (keys.length === 0 || !inner.every(isColumn)) return undefined
  return keys.map((key) =>
    Object.fromEntries(
      Object.entries(value).map(([name, column]) => [name, isFields(column) ? column[key] : undefined]),
    ),
  )
}

const isCount = (key: string): boolean => /^\d+$/.test(key)
