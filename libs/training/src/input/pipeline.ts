import { type Dataset, generator } from "@tensorflow/tfjs-data"
import type { Examples } from "./examples.ts"

/** The training examples of a step: a pure function of the step, so that a resumed run asks for what is next. */
export type Source = (step: number) => Examples | Promise<Examples>

type Read = { readonly ok: true; readonly examples: Examples } | { readonly ok: false; readonly error: unknown }

/**
 * The batches of steps `from` … `until` − 1, in order, as a `tf.data` pipeline that reads up to `ahead` of them while
 * one is trained on. Playbook, "Optimizing the input pipeline". Its elements are whole batches: over single examples
 * tf.data's own shuffling and batching cost more than a step of a small network (docs/training.md), and their place in
 * the data cannot be resumed.
 */
export const pipeline = async (
  source: Source,
  from: number,
  until: number,
  ahead: number,
): Promise<() => Promise<Examples>> => {
  const batches = async function* (): AsyncGenerator<Read> {
    for (let step = from; step < until; step++) {
      try {
        yield { ok: true, examples: await source(step) }
      } catch (error) {
        // Told when its step comes, not as an unhandled rejection before.
        yield { ok: false, error }
      }
    }
  }
  // tf.data's types speak of tensors; what it hands on is whatever it is given.
  const dataset = generator(batches as unknown as Parameters<typeof generator>[0]) as unknown as Dataset<never>
  const iterator = await dataset.prefetch(ahead).iterator()
  return async () => {
    const { value, done } = (await iterator.next()) as { readonly value: Read; readonly done: boolean }
    if (done) throw new RangeError(`the input has no step ${until}`)
    if (!value.ok) throw value.error
    return value.examples
  }
}
