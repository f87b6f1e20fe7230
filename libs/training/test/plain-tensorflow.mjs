// TensorFlow.js and nothing of ours: `node plain-tensorflow.mjs FOLDER < inputs.json` opens FOLDER/model.json, a layers
// or a graph model, and prints its outputs for {"shape": […], "values": […]}.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import "@tensorflow/tfjs-backend-cpu"
import { loadGraphModel } from "@tensorflow/tfjs-converter"
import * as tf from "@tensorflow/tfjs-core"
import { loadLayersModel } from "@tensorflow/tfjs-layers"

const folder = process.argv[2]
const { shape, values } = JSON.parse(readFileSync(0, "utf8"))
const { weightsManifest, ...model } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"))
const weights = weightsManifest[0].paths.map((path) => readFileSync(join(folder, path)))
const artifacts = {
  ...model,
  weightSpecs: weightsManifest[0].weights,
  weightData: Uint8Array.from(Buffer.concat(weights)).buffer,
}
const load = model.format === "graph-model" ? loadGraphModel : loadLayersModel
const opened = await load({ load: async () => artifacts })
await tf.setBackend("cpu")
const outputs = opened.predict(tf.tensor(values, shape))
process.stdout.write(JSON.stringify({ shape: outputs.shape, values: [...outputs.dataSync()] }))
