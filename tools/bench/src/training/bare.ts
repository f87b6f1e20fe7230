import { closeSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs"
import { join } from "node:path"
import { batchOrder, crossEntropy, type Examples, type Scalar, type Tensor, type Tensor2D, tf } from "@tanren/training"

/**
 * A way to write the loop. The library is held against the fastest that is TensorFlow.js alone; those that borrow our
 * loss, whose gradient is written down, show what everything else costs.
 */
interface Form {
  readonly name: string
  /** Nothing of ours is in its step. */
  readonly alone: boolean
  readonly loss: (labels: Tensor2D, logits: Tensor2D) => Scalar
  /** Where a batch is picked: from all examples on the device, or on the host, which uploads it. */
  readonly batches: "device" | "host"
}

const theirs: Form["loss"] = (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits) as Scalar
const ours: Form["loss"] = (labels, logits) => crossEntropy(logits, labels)

export const forms: ReadonlyArray<Form> = [
  { name: "tf.losses, batches by tf.gather", alone: true, loss: theirs, batches: "device" },
  { name: "tf.losses, batches from the host", alone: true, loss: theirs, batches: "host" },
  { name: "our loss, batches by tf.gather", alone: false, loss: ours, batches: "device" },
  { name: "our loss, batches from the host", alone: false, loss: ours, batches: "host" },
]

interface Course {
  readonly train: Examples
  readonly valid: Examples
  readonly steps: number
  readonly every: number
  readonly batch: number
  readonly rate: number
  readonly gamma: number
  readonly folder: string
}

/** The digits network 64-64-10 as a person would train it with TensorFlow.js alone, log and checkpoint included. */
export const bare = ({ train, valid, steps, every, batch, rate, gamma, folder }: Course, form: Form): void => {
  const log = openSync(join(folder, "bare.jsonl"), "a")
  const weights = [
    tf.variable(tf.truncatedNormal([64, 64], 0, 0.18, "float32", 1)),
    tf.variable(tf.zeros([64])),
    tf.variable(tf.truncatedNormal([64, 10], 0, 0.18, "float32", 2)),
    tf.variable(tf.zeros([10])),
  ]
  const [w1, b1, w2, b2] = weights as unknown as [Tensor2D, Tensor, Tensor2D, Tensor]
  const forward = (x: Tensor): Tensor2D =>
    tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x as Tensor2D, w1), b1)) as Tensor2D, w2), b2)
  const optimizer = tf.train.momentum(rate, gamma, true)
  const order = batchOrder(2, train.count, batch)
  const tensorsOf = (data: Examples) => ({
    x: tf.tensor2d(data.features, [data.count, 64]),
    y: tf.cast(tf.oneHot(tf.tensor1d(data.labels, "int32"), 10), "float32") as Tensor2D,
    labels: tf.tensor1d(data.labels, "int32"),
  })
  const all = tf.tidy(() => tensorsOf(train))
  const held = tf.tidy(() => tensorsOf(valid))
  const batchAt = (step: number) =>
    form.batches === "device" ? gathered(all, order(step)) : uploaded(train, order(step))
  const measure = ({ x, y, labels }: typeof all): readonly [loss: number, error: number] => {
    const [loss, right] = tf.tidy(() => {
      const logits = forward(x)
      const right = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), "float32"))
      return [form.loss(y, logits), right] as const
    }) as unknown as readonly [Tensor, Tensor]
    const measured = [loss.dataSync()[0]!, 1 - right.dataSync()[0]! / x.shape[0]] as const
    tf.dispose([loss, right])
    return measured
  }
  const save = (bytes: Buffer): void => {
    const path = join(folder, "bare.checkpoint")
    writeFileSync(`${path}.partial`, bytes)
    renameSync(`${path}.partial`, path)
  }
  for (let step = 1; step <= steps; step++) {
    const { x, y } = batchAt(step - 1)
    const cost = optimizer.minimize(() => form.loss(y, forward(x)), true, weights)
    const loss = cost!.dataSync()[0]!
    tf.dispose([x, y, cost!])
    if (step % every === 0) {
      const [trainLoss, trainError] = measure(all)
      const [validLoss, validError] = measure(held)
      writeSync(log, `${JSON.stringify({ step, loss, trainLoss, trainError, validLoss, validError })}\n`)
      save(Buffer.concat(weights.map((weight) => Buffer.from(weight.dataSync().buffer))))
    }
  }
  tf.dispose([...weights, ...Object.values(all), ...Object.values(held)])
  optimizer.dispose()
  closeSync(log)
}

interface Pair {
  readonly x: Tensor2D
  readonly y: Tensor2D
}

const gathered = (all: Pair, rows: ArrayLike<number>): Pair =>
  tf.tidy(() => {
    const chosen = tf.tensor1d(Int32Array.from(rows), "int32")
    return { x: tf.gather(all.x, chosen), y: tf.gather(all.y, chosen) }
  })

const uploaded = ({ features, labels }: Examples, rows: ArrayLike<number>): Pair => {
  const x = new Float32Array(rows.length * 64)
  const y = new Float32Array(rows.length * 10)
  for (let i = 0; i < rows.length; i++) {
    x.set(features.subarray(rows[i]! * 64, (rows[i]! + 1) * 64), i * 64)
    y[i * 10 + labels[rows[i]!]!] = 1
  }
  return { x: tf.tensor2d(x, [rows.length, 64]), y: tf.tensor2d(y, [rows.length, 10]) }
}
