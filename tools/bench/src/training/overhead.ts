import { closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent } from "@tanren/trainer"
import {
  type BackendChoice,
  batchOrder,
  constant,
  type Examples,
  mlp,
  nesterov,
  runTrial,
  type Scalar,
  selectBackend,
  type Task,
  type Tensor,
  type Tensor2D,
  tf,
} from "@tanren/training"
import { likeDigits, median, option, print, trialOf } from "./start.ts"

// What training through libs/training costs beside a bare TensorFlow.js loop: the digits network 64-64-10 at batch 64,
// evaluated and logged every 25 steps in both. Paired and interleaved in one run, since machines drift.
//
//   node tools/bench/src/training/overhead.ts [--backend wasm|node|gpu] [--pairs 12] [--steps 200]

const STEPS = Number(option("steps", "200"))
const PAIRS = Number(option("pairs", "12"))
const EVERY = 25
const BATCH = 64
const RATE = 0.05
const GAMMA = 0.9

const train = likeDigits(300, 1)
const valid = likeDigits(600, 2)
const folder = mkdtempSync(join(tmpdir(), "tanren-overhead-"))

const task: Task = {
  model: mlp({ inputs: 64, hidden: [64], classes: 10 }),
  rule: nesterov({ momentum: GAMMA }),
  learningRate: RATE,
  schedule: constant,
  weightDecay: 0,
  batchSize: BATCH,
  train,
  trainSample: train,
  splits: { valid, test: valid },
}

const trial = trialOf(folder, "overhead", { maxTrainSteps: STEPS, evalEverySteps: EVERY })

const throughTanren = async (): Promise<void> => {
  const log = openSync(join(folder, "tanren.jsonl"), "a")
  await runTrial(
    trial,
    task,
    undefined,
    (event) => void writeSync(log, encodeEvent(event)),
    () => false,
  )
  closeSync(log)
}

/** What a person would write with TensorFlow.js alone, checkpoint included. */
const bare = async (): Promise<void> => {
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
  const optimizer = tf.train.momentum(RATE, GAMMA, true)
  const order = batchOrder(2, train.count, BATCH)
  const tensorsOf = (data: Examples) => ({
    x: tf.tensor2d(data.features, [data.count, 64]),
    y: tf.cast(tf.oneHot(tf.tensor1d(data.labels, "int32"), 10), "float32") as Tensor2D,
    labels: tf.tensor1d(data.labels, "int32"),
  })
  const all = tf.tidy(() => tensorsOf(train))
  const held = tf.tidy(() => tensorsOf(valid))
  const measure = ({ x, y, labels }: typeof all): readonly [loss: number, error: number] => {
    const [loss, right] = tf.tidy(() => {
      const logits = forward(x)
      const right = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), "float32"))
      return [tf.losses.softmaxCrossEntropy(y, logits), right] as const
    }) as unknown as readonly [Tensor, Tensor]
    const measured = [loss.dataSync()[0]!, 1 - right.dataSync()[0]! / x.shape[0]] as const
    tf.dispose([loss, right])
    return measured
  }
  for (let step = 1; step <= STEPS; step++) {
    const rows = tf.tensor1d([...order(step - 1)], "int32")
    const x = tf.gather(all.x, rows)
    const y = tf.gather(all.y, rows)
    const cost = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, forward(x)) as Scalar, true, weights)
    const loss = cost!.dataSync()[0]!
    tf.dispose([rows, x, y, cost!])
    if (step % EVERY === 0) {
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

const save = (bytes: Buffer): void => {
  const path = join(folder, "bare.checkpoint")
  writeFileSync(`${path}.partial`, bytes)
  renameSync(`${path}.partial`, path)
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / STEPS
}

const main = async (): Promise<void> => {
  const backend = await selectBackend(option("backend", "wasm") as BackendChoice)
  for (const warm of [bare, throughTanren]) await timed(warm)
  const pairs: Array<{ bare: number; tanren: number }> = []
  for (let i = 0; i < PAIRS; i++) {
    // Which goes first alternates, so that a slow drift favours neither.
    const first = i % 2 === 0 ? await timed(bare) : undefined
    const tanren = await timed(throughTanren)
    pairs.push({ bare: first ?? (await timed(bare)), tanren })
  }
  const ratios = pairs.map((pair) => pair.tanren / pair.bare)
  const result = {
    backend: backend.backend,
    steps: STEPS,
    pairs: PAIRS,
    bareMsPerStep: median(pairs.map((pair) => pair.bare)),
    tanrenMsPerStep: median(pairs.map((pair) => pair.tanren)),
    ratioMedian: median(ratios),
    ratioLowest: Math.min(...ratios),
    ratioHighest: Math.max(...ratios),
    logLines: readFileSync(join(folder, "tanren.jsonl"), "utf8").split("\n").length - 1,
  }
  print(result)
}

try {
  await main()
} finally {
  rmSync(folder, { recursive: true })
}
