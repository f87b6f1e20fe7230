/** `node check-program.ts node|gpu FOLDER`: what the native package in FOLDER computes, as one JSON line. */
import { loadNativeFrom, type Tensor, tf } from "@tanren/training"
import { type NativeChoice, nativeIn } from "@tanren/training/native"
import type { Checked } from "./check.ts"

const [choice, folder] = process.argv.slice(2) as [NativeChoice, string]

const load = async (): Promise<{ readonly device: string }> => {
  const file = nativeIn(folder, choice)
  try {
    if (file === undefined) throw new Error(`${folder} holds no native package`)
    return await loadNativeFrom(choice, file)
  } catch (error) {
    // One line for a person; a broken library's own words are its first.
    process.stderr.write(`${error instanceof Error ? error.message.split("\n")[0] : String(error)}\n`)
    process.exit(1)
  }
}
const { device } = await load()

const CLOSE = 1e-4
const compared = (name: string, result: Tensor, wanted: ReadonlyArray<number>): Checked["operations"][number] => {
  const found = [...result.dataSync()]
  const right = found.length === wanted.length && found.every((x, i) => Math.abs(x - wanted[i]!) <= CLOSE)
  return right ? { name, right } : { name, right, found: found.slice(0, 8).join(", ") }
}

const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])
const kernel = tf.ones([2, 2, 1, 1]) as ReturnType<typeof tf.tensor4d>
const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])

/** Enough kinds that a library which loads and cannot train is found out; each right answer is by hand. */
const operations = tf.tidy(() => [
  compared(
    "matrix product",
    tf.matMul(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor2d([
        [5, 6],
        [7, 8],
      ]),
    ),
    [19, 22, 43, 50],
  ),
  compared("convolution", tf.conv2d(image, kernel, 1, "valid"), [12, 16, 24, 28]),
  compared(
    "its gradient",
    tf.grad((k) => tf.sum(tf.conv2d(image, k as typeof kernel, 1, "valid")))(kernel),
    [12, 16, 24, 28],
  ),
  compared(
    "gather's gradient",
    tf.grad((x) => tf.sum(tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))))(table),
    [1, 1, 0, 0, 2, 2],
  ),
  compared("softmax", tf.softmax(tf.tensor1d([0, Math.log(3)])), [0.25, 0.75]),
  compared("sum of float32 to int32", tf.sum(tf.cast(tf.tensor1d([1.9, 2.9]), "int32")), [3]),
])

const SIDE = 512
const TIMES = 50
const matrix = tf.ones([SIDE, SIDE]) as ReturnType<typeof tf.tensor2d>
const multiply = (): void => tf.tidy(() => void tf.sum(tf.matMul(matrix, matrix)).dataSync())
multiply()
const began = performance.now()
for (let i = 0; i < TIMES; i++) multiply()
const productsPerSecond = Math.round((1000 * TIMES) / (performance.now() - began))

const { binding } = tf.backend() as unknown as { readonly binding: { readonly TF_Version: string } }
const checked: Checked = { device, libtensorflow: binding.TF_Version, operations, productsPerSecond }
process.stdout.write(`${JSON.stringify(checked)}\n`)
