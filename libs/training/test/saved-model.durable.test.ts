import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import {
  exportMlp,
  findNative,
  mlp,
  selectBackend,
  sgd,
  stream,
  type Tensor,
  tf,
  trainerOf,
  uniform,
} from "../src/index.ts"

const native = findNative("node")
if (native === undefined)
  test.skip("NOT TESTED: SavedModel export (`npx tanren setup tensorflow` brings the reader)", () => {})

interface Reader {
  readonly node: {
    readonly loadSavedModel: (path: string) => Promise<{ readonly predict: (inputs: object) => Record<string, Tensor> }>
  }
}

test.skipIf(native === undefined)(
  "TensorFlow opens the exported SavedModel and computes the network's logits",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "tanren-saved-model-"))
    try {
      await selectBackend("node")
      const network = { inputs: 5, hidden: [7, 6], classes: 3 }
      const trainer = trainerOf({
        model: mlp(network),
        loss: () => tf.scalar(0),
        rule: sgd(),
        weightDecay: 0,
        seeds: { init: 4, dropout: 0 },
      })
      const state = trainer.initial()
      const exported = await exportMlp(network, (name) => trainer.parameter(state, name), folder)
      const path = join(folder, "saved_model")
      expect(exported).toContainEqual({ path, format: "tensorflow-saved-model" })

      const next = stream(1)
      const inputs = tf.tensor2d(
        Float32Array.from({ length: 20 }, () => uniform(next)),
        [4, 5],
      )
      const { node } = createRequire(import.meta.url)(native!) as Reader
      const model = await node.loadSavedModel(path)
      const { logits } = model.predict({ inputs })
      const wanted = trainer.outputs(state, inputs).dataSync()
      expect(logits!.shape).toEqual([4, 3])
      for (const [i, x] of logits!.dataSync().entries()) expect(x).toBeCloseTo(wanted[i]!, 5)
      expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.01)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
