import { closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent, type TrialFile } from "@tanren/trainer"
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
  stream,
  type Task,
  type Tensor,
  type Tensor2D,
  tf,
  uniform,
} from "@tanren/training"

// What training through libs/training costs beside a bare TensorFlow.js loop: the digits network 64-64-10 at batch 64,
// evaluated and logged every 25 steps in both. Paired and interleaved in one run, since machines drift.
//
//   node tools/bench/src/training/overhead.ts [--backend wasm|node|gpu] [--pairs 12] [--steps 200]

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const STEPS = Number(option("steps", "200"))
const PAIRS = Number(option("pairs", "12"))
const EVERY = 25
const BATCH = 64
const RATE = 0.05
const GAMMA = 0.9

/** Images are not needed to time a step: random ones of the digits' shape and number. */
const examples = (count: number, seed: number): Examples => {
  const next = stream(seed)
  return {
    count,
    shape: [64],
    classes: 10,
    features: Float32Array.from({ length: count * 64 }, () => uniform(next)),
    labels: Uint8Array.from({ length: count }, () => Math.floor(10 * uniform(next))),
  }
}

const train = examples(300, 1)
const valid = examples(600, 2)
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

const trial: TrialFile = {
  version: 1,
  task: "train",
  trial: "overhead",
  hyperparameters: {},
  maxTrainSteps: STEPS,
  evalEverySteps: EVERY,
  stepUnit: "step",
  seeds: { init: 1, data: 2, dropout: 3 },
  checkpointDir: folder,
  resumeFrom: null,
  split: "valid",
  limits: {},
  keepCheckpoints: 0,
  metric: { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
}

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

const median = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
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
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
}

try {
  await main()
} finally {
  rmSync(folder, { recursive: true })
}
