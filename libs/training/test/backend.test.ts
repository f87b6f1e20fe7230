import { createRequire } from "node:module"
import { afterEach, expect, test } from "vitest"
import {
  BACKEND_VARIABLE,
  crossEntropy,
  mlp,
  nesterov,
  selectBackend,
  type Tensor2D,
  tf,
  trainerOf,
} from "../src/index.ts"

const require = createRequire(import.meta.url)
const installed = (name: string): boolean => {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

const native = [
  ["node", "@tensorflow/tfjs-node"],
  ["gpu", "@tensorflow/tfjs-node-gpu"],
] as const

afterEach(() => {
  delete process.env[BACKEND_VARIABLE]
})

/** The loss after ten steps, equal to about 1e-4 wherever it is computed. */
const lossAfterTenSteps = (): number => {
  const trainer = trainerOf({
    model: mlp({ inputs: 4, hidden: [8], classes: 2, dropoutRate: 0.2 }),
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    rule: nesterov({ momentum: 0.9 }),
    weightDecay: 0.01,
    seeds: { init: 1, dropout: 2 },
  })
  const inputs = tf.tensor2d([
    [1, 0, 2, 0],
    [0, 1, 0, 3],
    [1, 1, 0, 0],
  ])
  const labels = tf.tensor2d([
    [1, 0],
    [0, 1],
    [1, 0],
  ])
  let state = trainer.initial()
  let loss = Number.NaN
  for (let i = 0; i < 10; i++) {
    const taken = trainer.step(state, { inputs, labels }, 0.05)
    state = taken.state
    loss = taken.report.loss
  }
  return loss
}

test("WASM and plain JavaScript compute the same; what was chosen is told", async () => {
  const wasm = await selectBackend("wasm")
  expect(wasm).toMatchObject({ backend: "wasm", device: "cpu", version: tf.version_core })
  const loss = lossAfterTenSteps()
  expect(loss).toBeLessThan(0.6)
  process.env[BACKEND_VARIABLE] = "cpu"
  expect(await selectBackend("wasm")).toMatchObject({ backend: "cpu" })
  expect(lossAfterTenSteps()).toBeCloseTo(loss, 4)
})

test("a backend that is not known is refused", async () => {
  process.env[BACKEND_VARIABLE] = "abacus"
  await expect(selectBackend()).rejects.toThrow('backend is "abacus", wanted: gpu, node, wasm or cpu')
})

for (const [choice, name] of native) {
  if (installed(name)) {
    // One native package a process: the backend itself is exercised by tests that start programs.
    test(`forced to ${choice}, that backend loads or says why`, async () => {
      const chosen = await selectBackend(choice).catch((error: Error) => error.message)
      expect(typeof chosen === "string" ? chosen : chosen.backend).toMatch(choice)
    })
  } else {
    test(`forced to ${choice}, which is not installed: an error, never another backend`, async () => {
      await expect(selectBackend(choice)).rejects.toThrow(`the backend ${choice} was asked for and does not load`)
    })
    test.skip(`NOT TESTED: training on ${choice} (${name} is not installed)`, () => {})
  }
}
