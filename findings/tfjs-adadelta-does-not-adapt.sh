#!/usr/bin/env bash
# TensorFlow.js 4.22.0: tf.train.adadelta is plain gradient descent.
#
# Adadelta divides by a running norm of the gradients, so that its steps hardly depend on their scale (Zeiler 2012, arXiv
# 1212.5701): with rho 0.95, epsilon 1e-7 and a learning rate of 0.1 its first step for a gradient of 2 is about 1.4e-4, and
# about the same for a gradient of 2000. Here both are learning rate times gradient. A learning rate from the paper or from
# another framework does something else.
#
# Seen: gradient 2 moves by 0.2, gradient 2000 by 200, at every step.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y > npm.log && npm install --no-audit --no-fund @tensorflow/tfjs@4.22.0 >> npm.log 2>&1
cat > look.cjs <<'JS'
const tf = require("@tensorflow/tfjs")
const moves = async (slope) => {
  const weight = tf.variable(tf.scalar(0))
  const optimizer = tf.train.adadelta(0.1, 0.95, 1e-7)
  const seen = []
  for (let step = 0; step < 3; step++) {
    const [before] = await weight.data()
    optimizer.minimize(() => tf.mul(weight, slope))
    seen.push((before - (await weight.data())[0]).toFixed(4))
  }
  console.log("gradient", slope, "moves by", seen.join(" "))
}
tf.setBackend("cpu").then(() => moves(2)).then(() => moves(2000))
JS
node look.cjs 2> /dev/null | grep ^gradient | tee seen.txt
diff seen.txt - <<'SEEN'
gradient 2 moves by 0.2000 0.2000 0.2000
gradient 2000 moves by 200.0000 200.0000 200.0000
SEEN
