import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { csvOf, fileWith, refusal } from "./files.ts"

type Row = Readonly<Record<string, number | string | undefined>>

const epochs = 60
const { uniform, normal } = randomOf("one run")
const cosine = (at: number) => 0.005 * (1 + Math.cos((Math.PI * at) / epochs)) + 1e-5
const loss = (at: number) => 0.3 + Math.exp(-at / 20) + 0.02 * normal()
const log = (row: (at: number) => Row): ReadonlyArray<Row> => Array.from({ length: epochs }, (_, at) => row(at))
const said = (rows: ReadonlyArray<Row>, options = {}) => refusal(fileWith("log.csv", csvOf(rows)), options)

const evaluations = /these look like the evaluations of one run: (epoch|step) ascends from row to row/
const keras = log((epoch) => ({
  epoch,
  accuracy: 1 - loss(epoch) / 2,
  learning_rate: cosine(epoch),
  loss: loss(epoch),
  val_accuracy: 1 - loss(epoch) / 2,
  val_loss: loss(epoch),
}))

describe("one run's training log is no search", () => {
  it.each<readonly [string, ReadonlyArray<Row>]>([
    ["Keras's CSVLogger, a cosine", keras],
    ["the same with pandas' index", keras.map((row, index) => ({ index, ...row }))],
    ["an exponential decay", log((epoch) => ({ epoch, lr: 0.01 * 0.9 ** epoch, val_loss: loss(epoch) }))],
    ["steps down", log((epoch) => ({ epoch, lr: 0.01 * 0.1 ** Math.floor(epoch / 15), val_loss: loss(epoch) }))],
    ["warm restarts", log((epoch) => ({ epoch, lr: cosine((epoch * 4) % 60), val_loss: loss(epoch) }))],
    ["a constant rate", log((epoch) => ({ epoch, "lr/pg0": 0.01, val_loss: loss(epoch) }))],
    ["no rate at all", log((epoch) => ({ epoch, loss: loss(epoch), val_loss: loss(epoch) }))],
    [
      "Lightning's metrics.csv",
      log((epoch) => ({
        epoch,
        "lr-Adam": cosine(epoch),
        step: 100 * epoch,
        train_loss: loss(epoch),
        val_loss: loss(epoch),
      })),
    ],
    [
      "Lightning's with a row for each logger",
      log((at) =>
        at % 2 === 0
          ? { epoch: at, "lr-Adam": cosine(at), step: at, train_loss: "", val_loss: "" }
          : { epoch: at - 1, "lr-Adam": "", step: at - 1, train_loss: loss(at), val_loss: loss(at) },
      ),
    ],
    [
      "YOLO's results.csv, whose metrics would have to be chosen from",
      log((epoch) => ({
        epoch,
        "metrics/precision(B)": 1 - loss(epoch),
        "metrics/recall(B)": 1 - loss(epoch),
        "lr/pg0": cosine(epoch),
      })),
    ],
    ["iterations", log((at) => ({ step: at, lr: cosine(at), val_loss: loss(at) }))],
    [
      "two logs one after another",
      [0.01, 0.1].flatMap((by) => log((epoch) => ({ epoch, lr: by * cosine(epoch), val_loss: loss(epoch) }))),
    ],
  ])("%s", (_, rows) => {
    const text = said(rows)
    expect(text).toMatch(evaluations)
    expect(text).toMatch(/give one row a trial, or add a column trial/)
    expect(text.split("\n")).toHaveLength(1)
  })

  it("Hugging Face's log history", () => {
    const lines = log((at) => ({
      epoch: at,
      learning_rate: cosine(at),
      loss: loss(at),
      step: 100 * at,
      eval_loss: loss(at),
    }))
    expect(refusal(fileWith("log.jsonl", lines.map((row) => JSON.stringify(row)).join("\n")))).toMatch(evaluations)
  })

  it("whatever is named, until the rows are said to be trials", () => {
    expect(said(keras, { hyperparameters: ["learning_rate"], metric: "val_loss" })).toMatch(evaluations)
    expect(said(keras, { ignore: ["epoch"], hyperparameters: ["learning_rate"], metric: "val_loss" })).toBe("read")
    expect(
      said(
        keras.map((row, trial) => ({ trial, ...row })),
        { metric: "val_loss" },
      ),
    ).toBe("read")
  })
})

describe("without a column of steps it is asked about", () => {
  const asked = /these may be the evaluations of one run: .*name what was chosen with --hyperparameters lr$/

  it.each<readonly [string, (at: number) => number]>([
    ["steps down", (at) => 0.01 * 0.1 ** Math.floor(at / 5)],
    ["a cosine", cosine],
    ["an exponential decay", (at) => 0.01 * 0.9 ** at],
    ["a warmup and a decay", (at) => (at < 5 ? 0.002 * (at + 1) : cosine(at))],
  ])("%s", (_, rate) => {
    const rows = log((at) => ({ lr: rate(at), train_loss: loss(at), val_loss: loss(at) }))
    expect(said(rows)).toMatch(asked)
    expect(said(rows, { hyperparameters: ["lr"] })).toBe("read")
  })
})

describe("a search is read", () => {
  const bowl = (lr: number) => 0.3 + 0.1 * (Math.log10(lr) + 3) ** 2 + 0.002 * normal()
  const rates = Array.from({ length: 40 }, (_, at) => 10 ** (-5 + 0.1 * at))

  it.each<readonly [string, ReadonlyArray<Row>]>([
    ["a sweep sorted by its rate", rates.map((lr) => ({ lr, loss: bowl(lr) }))],
    ["the same downwards", [...rates].reverse().map((lr) => ({ lr, loss: bowl(lr) }))],
    ["sorted, each rate repeated", rates.flatMap((lr) => [1, 2, 3].map(() => ({ lr, loss: bowl(lr) })))],
    ["sorted upwards, the best rate at the end", rates.map((lr) => ({ lr, loss: bowl(lr / 100) }))],
    ["a grid of two", [1e-4, 1e-3, 1e-2].flatMap((lr) => rates.map((wd) => ({ lr, wd, loss: bowl(lr) + bowl(wd) })))],
    [
      "a sweep that tells how far each trial ran",
      rates.map((lr, at) => ({ lr, epoch: at < 39 ? 20 : 30, loss: bowl(lr) })),
    ],
    ["a leaderboard, best first", rates.map((lr) => ({ lr, loss: bowl(lr) })).sort((a, b) => a.loss - b.loss)],
    ["a leaderboard, best last", rates.map((lr) => ({ lr, loss: bowl(lr) })).sort((a, b) => b.loss - a.loss)],
    [
      "random search counted by iteration",
      rates.map((_, iteration) => {
        const lr = 10 ** (-5 + 4 * uniform())
        return { iteration, lr, loss: bowl(lr) }
      }),
    ],
    [
      "one row an evaluation, trials told apart by their hyperparameters",
      rates
        .slice(0, 6)
        .flatMap((lr) => Array.from({ length: 20 }, (_, epoch) => ({ lr, epoch, loss: bowl(lr) + 1 / (epoch + 1) }))),
    ],
    [
      "the same, all trials at an epoch together",
      Array.from({ length: 20 }, (_, epoch) => rates.slice(0, 6).map((lr) => ({ lr, epoch, loss: bowl(lr) }))).flat(),
    ],
    [
      "one row an evaluation of one trial whose rate stands still",
      log((epoch) => ({ lr: 0.01, epoch, loss: loss(epoch) })),
    ],
  ])("%s", (_, rows) => {
    expect(said(rows)).toBe("read")
  })
})
