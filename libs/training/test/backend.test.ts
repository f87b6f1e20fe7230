import { afterEach, expect, test } from "vitest"
import {
  BACKEND_VARIABLE,
  crossEntropy,
  findNative,
  mlp,
  nesterov,
  selectBackend,
  type Tensor2D,
  tf,
  trainerOf,
} from "../src/index.ts"

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

for (const choice of ["node", "gpu"] as const) {
  // What they compute once they load: backends.durable.test.ts, in processes of their own.
  if (findNative(choice) !== undefined) continue
  test(`forced to ${choice}, which is not installed: an error that says how to get it, never another backend`, async () => {
    await expect(selectBackend(choice)).rejects.toThrow(
      new RegExp(
        `the backend ${choice} was asked for and does not load: .* is not installed; .npx tanren setup tensorflow`,
      ),
    )
  })
}
