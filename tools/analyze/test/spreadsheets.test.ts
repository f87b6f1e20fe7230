import { describe, expect, it } from "vitest"
import { csvOf, fileWith, planted, reading, refusal } from "./files.ts"

const rows = planted("spreadsheet", 30, 1e-3).map((row) => ({
  lr: row.learning_rate.toFixed(5),
  dropout: row.dropout.toFixed(2),
  "val acc": (100 - 100 * row.loss).toFixed(2),
}))
const csv = csvOf(rows)

describe("sheets as people keep them", () => {
  it("empty rows below the table, and empty columns beside it", () => {
    const sheet = `${csv.replaceAll("\n", ",,\n")},,\n${",,,,\n".repeat(200)}`
    expect(reading(fileWith("a.csv", sheet)).trials).toEqual(reading(fileWith("a.csv", csv)).trials)
  })

  it("units in the names", () => {
    const named = rows.map((row) => ({
      "lr [1/s]": row.lr,
      "Dropout (p)": row.dropout,
      "val acc (%)": row["val acc"],
      "train time (min)": 12.5,
    }))
    const { chosen, hyperparameters } = reading(fileWith("a.csv", csvOf(named)))
    expect(chosen.metric).toEqual({ name: "val acc (%)", goal: "maximize" })
    expect(hyperparameters.map(({ name }) => name)).toEqual(["lr [1/s]", "Dropout (p)"])
  })

  it.each<readonly [string, string, string]>([
    [
      "a title above the names",
      `Experiments in March,,\n,,\n${csv}`,
      "a.csv: the first row names 1 of 3 columns (Experiments in March): is it a title? The names of the columns must stand in the first row",
    ],
    [
      "percentages in some rows",
      csvOf(rows.map((row, at) => (at % 2 === 0 ? row : { ...row, "val acc": `${row["val acc"]}%` }))),
      "a.csv: column val acc: some cells are percentages (93.1%), others plain numbers above 1; write one of the two throughout",
    ],
    [
      "pandas' two rows of names",
      ",number,value,params,params,params\n,,,lr,wd,depth\n0,0,1,0.1,0.1,3\n",
      "a.csv: 3 columns share the names params: are there two rows of names (pandas with multi_index=True)? Write one",
    ],
  ])("%s: refused, and the way out is said", (_, content, sentence) => {
    expect(refusal(fileWith("a.csv", content))).toBe(sentence)
  })

  it("a mean below and a best beside the trials are no trials", () => {
    const named = rows.map((row, at) => ({ run: `r${at}`, ...row }))
    const sheet = `${csvOf(named)}\nmax,,,99.9\n,Mean,,88\n`
    const { trials, notes } = reading(fileWith("a.csv", sheet))
    expect(trials).toHaveLength(rows.length)
    expect(notes).toContainEqual({ note: "no-hyperparameters", trials: ["max"] })
    expect(notes).toContainEqual({ note: "bad-hyperparameter", hyperparameter: "lr", found: "Mean", count: 1 })
  })

  it.each<readonly [string, (at: number) => string]>([
    ["Swiss thousands", (at) => `${1 + at}'024`],
    ["thousands set apart", (at) => `${1 + at} 024`],
    ["powers of ten", (at) => `10^-${(at / 10).toFixed(1)}`],
    ["the same with a factor", (at) => `${(1 + at / 10).toFixed(1)}×10^-5`],
    ["units", (at) => `${at + 0.5} ms`],
  ])("numbers in other words (%s): no choices of many values, nor left out", (_, written) => {
    const sheet = rows.map((row, at) => ({ ...row, hidden: written(at) }))
    expect(refusal(fileWith("a.csv", csvOf(sheet)))).toBe(
      `a.csv: column hidden: "${written(0)}" is read as text; write plain numbers such as 1024 or 1e-5, without units and separators of thousands (or leave the column out: --ignore hidden)`,
    )
    expect(refusal(fileWith("a.csv", csvOf(sheet)), { ignore: ["hidden"] })).toBe("read")
  })

  it("names and times are no numbers in other words", () => {
    const sheet = rows.map((row, at) => ({
      ...row,
      made: `2026-01-${10 + at}`,
      took: `1h ${at}m`,
      key: `${at}abc${at}`,
    }))
    expect(refusal(fileWith("a.csv", csvOf(sheet)))).toBe("read")
  })

  it("a metric with a spread in its cells is not passed over for another one", () => {
    const sheet = rows.map((row) => ({ lr: row.lr, train_loss: 0.1, "val acc": `${row["val acc"]} ± 0.1` }))
    expect(refusal(fileWith("a.csv", csvOf(sheet)))).toBe(
      `a.csv: metric val acc: its cells are texts (found "${rows[0]?.["val acc"]} ± 0.1"); write plain numbers there, or choose another one with --metric NAME`,
    )
    expect(refusal(fileWith("a.csv", csvOf(sheet)), { metric: "train_loss" })).toBe("read")
  })

  it("decimal commas in one column, points in another", () => {
    const mixed = rows.map((row) => ({ ...row, lr: row.lr.replace(".", ","), dropout: row.dropout.replace(".", ",") }))
    expect(reading(fileWith("a.csv", csvOf(mixed, ";"))).trials).toEqual(reading(fileWith("a.csv", csv)).trials)
  })

  it.each<readonly [string, (at: number) => string]>([
    ["whole thousands", (at) => `${1 + (at % 4)}.000`],
    ["other ones", (at) => `${1 + (at % 4)}.024`],
  ])("decimal commas, and points that may group thousands (%s): asked about", (_, hidden) => {
    const mixed = rows.map((row, at) => ({ lr: row.lr.replace(".", ","), hidden: hidden(at), "val acc": "0,9" }))
    expect(refusal(fileWith("a.csv", csvOf(mixed, ";")))).toBe(
      `a.csv: column hidden: "${hidden(0)}" may be a decimal number or one in thousands, since column lr has decimal commas ("${mixed[0]?.lr}"); write numbers without separators of thousands`,
    )
  })

  it("quoted commas beside decimal points are texts", () => {
    const listed = rows.map((row, at) => ({ ...row, gpus: at % 2 === 0 ? '"0,1"' : '"2,3"' }))
    const { hyperparameters } = reading(fileWith("a.csv", csvOf(listed)), { hyperparameters: ["gpus"] })
    expect(hyperparameters).toEqual([{ name: "gpus", type: "categorical", values: ["0,1", "2,3"] }])
  })

  it("percentages beside fractions of one are the same", () => {
    const mixed = rows.map((row, at) => ({
      ...row,
      "val acc": at % 2 === 0 ? `${row["val acc"]} %` : String(Number(row["val acc"]) / 100),
    }))
    const values = reading(fileWith("a.csv", csvOf(mixed))).trials.map(({ value }) => value)
    rows.forEach((row, at) => {
      expect(values[at]).toBeCloseTo(Number(row["val acc"]) / 100, 9)
    })
  })
})
