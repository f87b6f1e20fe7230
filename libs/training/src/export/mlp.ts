import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { layers, sequential } from "@tensorflow/tfjs-layers"
import { type MlpOptions, mlp } from "../models/mlp.ts"
import { type Tensor, tf } from "../tensor.ts"
import { type ExportedModel, graphOf } from "./model.ts"
import { writeSavedModel } from "./saved-model.ts"

/**
 * Writes a multilayer perceptron as a TensorFlow.js layers model (`model.json` and `weights.bin`), which
 * `tf.loadLayersModel` opens without Tanren and can train further, and as a SavedModel (`saved_model/`). Its output is
 * logits. Dropout is left out: it does nothing in use.
 */
export const exportMlp = async (
  options: MlpOptions,
  parameter: (name: string) => Tensor,
  folder: string,
): Promise<ReadonlyArray<ExportedModel>> => {
  const { inputs, hidden, classes } = options
  const names = [...hidden.map((_, i) => `hidden${i + 1}`), "logits"]
  const widths = [inputs, ...hidden, classes]
  const model = sequential({
    layers: names.map((name, i) =>
      layers.dense({
        name,
        units: widths[i + 1]!,
        inputShape: [widths[i]!],
        activation: name === "logits" ? "linear" : "relu",
        kernelInitializer: "zeros",
      }),
    ),
  })
  const parameters = names.flatMap((name) => [parameter(`${name}/weight`), parameter(`${name}/bias`)])
  model.setWeights(parameters)
  const savedModel = join(folder, "saved_model")
  writeSavedModel(savedModel, graphOf(mlp(options), [inputs], parameter))
  tf.dispose(parameters)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, "model.json")
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      const weights = Buffer.from(tf.io.CompositeArrayBuffer.join(weightData))
      writeFileSync(join(folder, "weights.bin"), weights)
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }]
      const generatedBy = `TensorFlow.js ${tf.version_core}`
      const json = { format: "layers-model", generatedBy, convertedBy: null, modelTopology, weightsManifest }
      writeFileSync(path, JSON.stringify(json))
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } }
    },
  })
  model.dispose()
  return [
    { path, format: "tfjs-layers-model" },
    { path: savedModel, format: "tensorflow-saved-model" },
  ]
}
