#!/usr/bin/env bash
# TensorFlow.js 4.22.0: on the WASM backend some kernels turn NaN into ordinary numbers, on the CPU backend they keep it.
#
# relu6(NaN) is 0, clipByValue(NaN, -5, 5) is -5, and max pooling over a window that holds a NaN is -Infinity, though
# relu, max and softmax keep NaN. So a network that diverged goes on with finite activations: behind a relu6 its logits
# are the bias alone, and the loss is that of guessing. Watching the loss for NaN does not see it.
#
# Seen: cpu  relu6 NaN  clip NaN  maxPool 3
#       wasm relu6 0  clip -5  maxPool -Infinity
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y > npm.log && npm install --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >> npm.log 2>&1
cat > look.cjs <<'JS'
const tf = require("@tensorflow/tfjs")
const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm")
setWasmPaths(require("node:path").dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + "/")
const look = async (backend) => {
  await tf.setBackend(backend)
  const one = tf.tensor1d([NaN])
  const window = tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1])
  const [relu6] = await tf.relu6(one).data()
  const [clip] = await tf.clipByValue(one, -5, 5).data()
  const [maxPool] = await tf.maxPool(window, 2, 1, "valid").data()
  console.log(backend, "relu6", relu6, "clip", clip, "maxPool", maxPool)
}
look("cpu").then(() => look("wasm"))
JS
node look.cjs 2> /dev/null | grep -E "^(cpu|wasm) " | tee seen.txt
diff seen.txt - <<'SEEN'
cpu relu6 NaN clip NaN maxPool 3
wasm relu6 0 clip -5 maxPool -Infinity
SEEN
