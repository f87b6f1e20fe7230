const others: ReadonlyArray<unknown> = [null, "other", 3, true, [], [{}], {}, { a: "b" }]

/**
 * What was recorded as another version of the rules may have written it: each of its fields, at whatever depth, left out or
 * holding something of another kind.
 */
export const otherShapes = <A>(recorded: A): ReadonlyArray<A> => shapesOf(recorded) as ReadonlyArray<A>

const shapesOf = (recorded: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(recorded))
    return recorded.flatMap((element, at) => [...others, ...shapesOf(element)].map((other) => recorded.with(at, other)))
  if (typeof recorded !== "object" || recorded === null) return []
  return Object.entries(recorded).flatMap(([name, held]) => {
    const { [name]: _, ...rest } = recorded as Readonly<Record<string, unknown>>
    const changed = [
      ...others.filter((other) => typeof other !== typeof held || typeof other === "object"),
      ...shapesOf(held),
    ]
    return [rest, ...changed.map((other) => ({ ...rest, [name]: other }))]
  })
}
