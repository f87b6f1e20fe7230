import type { Examples } from "./examples.ts"

/** The training examples of a step: a pure function of the step, so that a resumed run asks for what is next. */
export type Source = (step: number) => Examples | Promise<Examples>

/**
 * Starts reading the next `ahead` steps while one is trained on; never past step `until`. Playbook, "Optimizing the
 * input pipeline". A source that answers at once is asked only when needed: there is nothing to wait for.
 */
export const prefetched = (source: Source, ahead: number, until: number): Source => {
  const pending = new Map<number, Promise<Examples>>()
  return (step) => {
    const first = pending.get(step) ?? source(step)
    pending.delete(step)
    if (!(first instanceof Promise)) return first
    for (let next = step + 1; next <= Math.min(step + ahead, until - 1); next++) {
      if (pending.has(next)) continue
      const reading = Promise.resolve(source(next))
      // Its failure is told when its step comes, not as an unhandled rejection before.
      reading.catch(() => {})
      pending.set(next, reading)
    }
    return first
  }
}
