#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the gradients of average pooling with "same" padding and of mirrorPad are wrong at the borders.
#
# Average pooling leaves the padding out of its means (ones stay ones), but the gradient divides by the whole window: for
# a 2 x 2 input, window 2, stride 1, the sum of the outputs has the gradient 0.25 0.75 0.75 2.25. mirrorPad by reflection
# copies inner values outwards (1 2 3 becomes 2 1 2 3 2), so the middle one counts three times; its gradient leaves the
# copies out. Nothing fails: training is a little wrong.
#
# Seen: avgPool 0.25 0.5 0.5 1, mirrorPad 1 1 1 (right: 1 3 1). Finite differences agree with what is right.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y > npm.log && npm install --no-audit --no-fund @tensorflow/tfjs@4.22.0 >> npm.log 2>&1
cat > look.cjs <<'JS'
const tf = require("@tensorflow/tfjs")
const look = async (name, f, x) => {
  const said = await tf.grad((at) => tf.sum(f(at)))(x).data()
  const values = await x.data()
  const at = async (index, by) => {
    const moved = Float32Array.from(values)
    moved[index] += by
    return (await tf.sum(f(tf.tensor(moved, x.shape))).data())[0]
  }
  const measured = []
  for (const index of values.keys()) measured.push(((await at(index, 0.5)) - (await at(index, -0.5))).toFixed(2))
  console.log(name, "gradient", [...said].join(" "), "measured", measured.map(Number).join(" "))
}
tf.setBackend("cpu")
  .then(() => look("avgPool", (x) => tf.avgPool(x, 2, 1, "same"), tf.ones([1, 2, 2, 1])))
  .then(() => look("mirrorPad", (x) => tf.mirrorPad(x, [[1, 1]], "reflect"), tf.tensor1d([1, 2, 3])))
JS
node look.cjs 2> /dev/null | grep gradient | tee seen.txt
diff seen.txt - <<'SEEN'
avgPool gradient 0.25 0.5 0.5 1 measured 0.25 0.75 0.75 2.25
mirrorPad gradient 1 1 1 measured 1 3 1
SEEN
