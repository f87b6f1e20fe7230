#!/usr/bin/env bash
# TensorFlow.js 4.22.0: centred RMSProp turns a weight into NaN as soon as its gradient is exactly zero.
#
# Zero gradients are everyday: a dead relu, an embedding row that no batch names, a masked weight. The centred form divides
# by the root of mean square minus squared mean plus epsilon, which for a gradient of 0 is the root of epsilon and should
# leave the weight alone; without `centered` it does.
#
# Seen: centred NaN, plain 1, after one step.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y > npm.log && npm install --no-audit --no-fund @tensorflow/tfjs@4.22.0 >> npm.log 2>&1
cat > look.cjs <<'JS'
const tf = require("@tensorflow/tfjs")
const after = async (name, centred) => {
  const weight = tf.variable(tf.scalar(1))
  tf.train.rmsprop(0.1, 0.9, 0, 1e-8, centred).minimize(() => tf.mul(weight, 0))
  console.log("weight", name, (await weight.data())[0])
}
tf.setBackend("cpu").then(() => after("centred", true)).then(() => after("plain", false))
JS
node look.cjs 2> /dev/null | grep ^weight | tee seen.txt
diff seen.txt - <<'SEEN'
weight centred NaN
weight plain 1
SEEN
