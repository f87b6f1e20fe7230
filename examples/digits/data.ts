import { readFileSync } from "node:fs"
import { type Examples, permutation, picked, Refused, stream } from "tanren/training"
import { checkDigits, IMAGES, PIXELS } from "./check.ts"

/** The split is part of the problem, not of a trial: one fixed seed, whatever the trial's seeds are. */
const SPLIT_SEED = 20_201
/** Few, so that choices matter. */
const TRAIN = 300
const VALID = 600

/** Reads the text of digits.csv; throws with one line when it is not whole. */
export const readDigits = (text: string): Examples => {
  const wrong = checkDigits(text)
  if (wrong !== undefined) throw new RangeError(wrong)
  const features = new Float32Array(IMAGES * PIXELS)
  const labels = new Uint8Array(IMAGES)
  for (const [row, line] of text.trimEnd().split("\n").entries()) {
    const numbers = line.split(",").map(Number)
    for (let i = 0; i < PIXELS; i++) features[row * PIXELS + i] = numbers[i]! / 16
    labels[row] = numbers[PIXELS]!
  }
  return { count: IMAGES, shape: [PIXELS], classes: 10, features, labels }
}

/** 300 images to train on, 600 for validation, 897 for the final test. */
export const split = (digits: Examples): { train: Examples; valid: Examples; test: Examples } => {
  const order = permutation(stream(SPLIT_SEED), digits.count)
  return {
    train: picked(digits, order.subarray(0, TRAIN)),
    valid: picked(digits, order.subarray(TRAIN, TRAIN + VALID)),
    test: picked(digits, order.subarray(TRAIN + VALID)),
  }
}

let data: ReturnType<typeof split> | undefined

/** From the file named by `DIGITS_CSV`, else the one here; once a process: a warm one trains trial after trial on it. */
export const digits = (): ReturnType<typeof split> => {
  try {
    data ??= split(readDigits(readFileSync(process.env.DIGITS_CSV || new URL("digits.csv", import.meta.url), "utf8")))
    return data
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error))
  }
}
