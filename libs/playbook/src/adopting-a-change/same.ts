const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

/** Whether two pieces of plain data are equal, in whatever order their fields were written. */
export const same = (one: unknown, other: unknown): boolean => {
  if (!isTree(one) || !isTree(other)) return Object.is(one, other)
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]))
}
