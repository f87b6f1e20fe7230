import { median } from "@tanren/statistics"
import { batchOf, batchOrder, picked, pipeline, selectBackend, type Tensor, tf } from "@tanren/training"
import { array } from "@tensorflow/tfjs-data"
import { likeDigits, option, print } from "./start.ts"

// What it costs to bring a batch of 64 images of 8 x 8 pixels to the device: the input of libs/training (tf.data over
// whole batches) beside tf.data over single examples, as its guide shows, and beside no pipeline at all.
//
//   node tools/bench/src/training/input.ts [--batches 600] [--rounds 7]

const BATCHES = Number(option("batches", "600"))
const ROUNDS = Number(option("rounds", "7"))
const COUNT = 300
const BATCH = 64
const AHEAD = 2

const examples = likeDigits(COUNT, 1)
const order = batchOrder(2, COUNT, BATCH)

const throughTanren = async (): Promise<void> => {
  const nextExamples = await pipeline((step) => picked(examples, order(step)), 0, BATCHES, AHEAD)
  for (let step = 0; step < BATCHES; step++) {
    const batch = batchOf(await nextExamples())
    tf.dispose([batch.inputs, batch.labels])
  }
}

interface Element {
  readonly inputs: Tensor
  readonly labels: Tensor
}

const consume = async (dataset: { readonly iterator: () => Promise<{ next: () => Promise<{ value: unknown }> }> }) => {
  const iterator = await dataset.iterator()
  for (let step = 0; step < BATCHES; step++) {
    const { inputs, labels } = (await iterator.next()).value as Element
    tf.dispose([inputs, labels])
  }
}

const byElement = (): Promise<void> => {
  const rows = Array.from({ length: COUNT }, (_, row) => ({
    inputs: examples.features.subarray(row * 64, (row + 1) * 64),
    labels: Array.from({ length: 10 }, (_, digit) => (digit === examples.labels[row] ? 1 : 0)),
  }))
  return consume(array(rows).shuffle(COUNT, "2").repeat().batch(BATCH).prefetch(AHEAD))
}

/** What nothing at all would cost: the batch is made when it is needed. */
const direct = async (): Promise<void> => {
  for (let step = 0; step < BATCHES; step++) {
    const batch = batchOf(picked(examples, order(step)))
    tf.dispose([batch.inputs, batch.labels])
  }
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / BATCHES
}

const { backend } = await selectBackend("wasm")
const ways = { tanren: throughTanren, direct, tfDataByElement: byElement }
const found: Record<string, Array<number>> = {}
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, work] of Object.entries(ways)) {
    const ms = await timed(work)
    // The first round warms up.
    if (round > 0) found[name] = [...(found[name] ?? []), ms]
  }
}
const msPerBatch = Object.fromEntries(Object.entries(found).map(([name, values]) => [name, median(values)]))
print({ backend, batches: BATCHES, rounds: ROUNDS, msPerBatch })
