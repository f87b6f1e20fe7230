/** A field that is undefined counts as absent, as it does in JSON; TypeScript files may hold such. */
export function withoutUndefined(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutUndefined)
  if (typeof input !== "object" || input === null || Object.getPrototypeOf(input) !== Object.prototype) return input
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) => (value === undefined ? [] : [[key, withoutUndefined(value)]])),
  )
}
