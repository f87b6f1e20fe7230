import { describe, expect, it } from "vitest"
import { analyseResults } from "../src/index.ts"
import { csvOf, fileWith, planted, reading } from "./files.ts"

const noted = (file: string) => reading(file).notes.map(({ note }) => note)
const byStatus = (file: string) =>
  Object.groupBy(reading(file).trials, ({ status }) => status) as Readonly<
    Record<string, ReadonlyArray<{ id: string }>>
  >

describe("the same trials however the file is written", () => {
  const rows = planted("however", 24, 1e-3)
  const csv = csvOf(rows)
  const reference = reading(fileWith("a.csv", csv)).trials
  const semicolons = csvOf(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value).replace(".", ",")])),
    ),
    ";",
  )
  const quoted = csv.replaceAll("adam", '"ad\n""am"""').replaceAll("\n", "\r\n")

  it.each<readonly [string, string | Uint8Array]>([
    ["a byte order mark", `\uFEFF${csv}`],
    ["CRLF", csv.replaceAll("\n", "\r\n")],
    ["blank lines", csv.replaceAll("\n", "\n\n")],
    ["tabs", csvOf(rows, "\t")],
    ["semicolons", csvOf(rows, ";")],
    ["bars", csvOf(rows, "|")],
    ["spaces around the cells", csv.replaceAll(",", " , ")],
    ["UTF-16", Buffer.from(`\uFEFF${csv}`, "utf16le")],
    ["decimal commas", semicolons],
    ["JSON lines", rows.map((row) => JSON.stringify(row)).join("\n")],
    ["a list in JSON", JSON.stringify(rows, null, 2)],
    ["trials inside an object", JSON.stringify({ trials: rows })],
  ])("%s", (_, content) => {
    expect(reading(fileWith("a.csv", content)).trials).toEqual(reference)
  })

  it("quoted texts with line breaks and quotes in them", () => {
    const values = reading(fileWith("a.csv", quoted)).trials.map(({ hyperparameters }) => hyperparameters.optimizer)
    expect(values).toEqual(rows.map(({ optimizer }) => (optimizer === "adam" ? 'ad\r\n"am"' : optimizer)))
  })
})

describe("what is left out is said, and changes no verdict", () => {
  it("rows that are cut short", () => {
    const file = fileWith("a.csv", "lr,wd,loss\n1,2,3\n1,2\n2,3,4\n")
    expect(reading(file).notes[0]).toEqual({ note: "short-rows", file, count: 1, first: 3 })
    expect(reading(file).trials).toHaveLength(2)
  })

  it("lines that are no JSON, such as one that is being written", () => {
    const file = fileWith("a.jsonl", '{"lr":1,"loss":2}\n{"lr":2,"loss":3}\n{"lr":3,"lo')
    expect(reading(file).notes[0]).toEqual({ note: "bad-lines", file, count: 1, first: 3 })
  })

  it.each(["NaN", "nan", "inf", "-Infinity", "diverged", "OOM"])(
    "a metric that is %s: infeasible, never best",
    (word) => {
      const file = fileWith("a.csv", `lr,loss\n0.1,0.5\n0.2,${word}\n0.3,0.4\n`)
      expect(byStatus(file).infeasible?.map(({ id }) => id)).toEqual(["2"])
      expect(byStatus(file).completed).toHaveLength(2)
    },
  )

  it("NaN and Infinity bare in JSON, as Python writes them", () => {
    const file = fileWith(
      "a.jsonl",
      '{"lr":0.1,"loss":NaN,"note":"NaN"}\n{"lr":0.2,"loss":-Infinity}\n{"lr":0.3,"loss":1}\n',
    )
    expect(byStatus(file).infeasible).toHaveLength(2)
  })

  it("a best value that stands for failed runs is told of", () => {
    const rows = planted("sentinel", 20, 1e-3).map((row, at) => (at % 5 === 0 ? { ...row, loss: 0 } : row))
    expect(reading(fileWith("a.csv", csvOf(rows))).notes).toContainEqual({
      note: "same-best",
      metric: "loss",
      value: 0,
      count: 4,
    })
    expect(noted(fileWith("a.csv", csvOf(planted("sentinel", 20, 1e-3))))).not.toContain("same-best")
  })

  it("percentages are shares, whether or not their neighbours are written so", () => {
    const { trials, chosen } = reading(fileWith("a.csv", "lr,Dropout,Best Val Acc\n0.1,10%,93.12%\n0.2,20 %,0.9\n"))
    expect(chosen.metric).toEqual({ name: "Best Val Acc", goal: "maximize" })
    expect(trials.map(({ value, hyperparameters }) => [hyperparameters.Dropout, value])).toEqual([
      [0.1, 0.9312],
      [0.2, 0.9],
    ])
  })

  it("a metric that is missing, or a text", () => {
    const file = fileWith("a.csv", "lr,loss\n0.1,0.5\n0.2,\n0.3,oops\n0.4,0.3\n0.5,0.2\n")
    expect(byStatus(file).failed?.map(({ id }) => id)).toEqual(["2", "3"])
    expect(reading(file).notes.slice(0, 2)).toEqual([
      { note: "no-value", metric: "loss", trials: ["2"] },
      { note: "not-a-number", metric: "loss", found: "3", count: 1 },
    ])
  })

  it("a text among a hyperparameter's numbers", () => {
    const rows = planted("text", 20, 1e-3).map((row, at) => ({ ...row, dropout: at === 4 ? "oops" : row.dropout }))
    const results = reading(fileWith("a.csv", csvOf(rows)))
    expect(results.notes[0]).toEqual({ note: "bad-hyperparameter", hyperparameter: "dropout", found: "oops", count: 1 })
    expect(results.trials).toHaveLength(19)
    expect(results.hyperparameters.find(({ name }) => name === "dropout")).toMatchObject({
      type: "float",
      low: 0,
      high: 0.5,
    })
  })

  it("an infinite hyperparameter", () => {
    const rows = planted("infinite", 20, 1e-3).map((row, at) => ({ ...row, dropout: at === 4 ? "inf" : row.dropout }))
    const results = reading(fileWith("a.csv", csvOf(rows)))
    expect(results.notes[0]).toMatchObject({ note: "bad-hyperparameter", found: "inf" })
  })

  it("few texts and numbers together are choices", () => {
    const file = fileWith("a.csv", "max_features,loss\n0.5,1\nsqrt,2\n0.5,3\nlog2,4\n0.7,4.5\n")
    expect(reading(file).hyperparameters).toEqual([
      { name: "max_features", type: "categorical", values: [0.5, 0.7, "log2", "sqrt"] },
    ])
  })

  it("numbers as texts in JSON", () => {
    const file = fileWith("a.jsonl", [1, 2, 3].map((at) => `{"params":{"lr":"${at}e-3"},"loss":"0.${at}"}`).join("\n"))
    expect(reading(file).trials[1]).toMatchObject({ hyperparameters: { lr: 0.002 }, value: 0.2 })
  })

  it("duplicates, and equal ids", () => {
    const file = fileWith("a.csv", "id,lr,loss\na,0.1,1\na,0.1,1\nb,0.2,2\nb,0.3,2.5\n")
    const results = reading(file)
    expect(results.trials.map(({ id }) => id)).toEqual(["a", "a (2)", "b", "b (2)"])
    expect(results.notes).toContainEqual({ note: "same-ids", count: 2 })
    expect(results.notes).toContainEqual({ note: "duplicates", count: 1 })
  })

  it("statuses of every tracker", () => {
    const words = ["FINISHED", "TrialState.COMPLETE", "crashed", "KILLED", "PRUNED", "running", "diverged", "ERROR"]
    const file = fileWith("a.csv", `lr,loss,state\n${words.map((word, at) => `${0.1 * at},${at},${word}`).join("\n")}`)
    expect(reading(file).trials.map(({ status }) => status)).toEqual([
      "completed",
      "completed",
      "failed",
      "cancelled",
      "cancelled",
      "running",
      "infeasible",
      "failed",
    ])
  })

  it.each<readonly [string, string, string]>([
    ["one trial", "lr,loss\n0.1,0.5\n", "one-trial"],
    ["no finished trial", "lr,loss,status\n0.1,,failed\n0.2,,running\n", "none-finished"],
    ["only diverged trials", "lr,loss\n0.1,nan\n0.2,nan\n0.3,inf\n", "none-finished"],
  ])("%s: said, and no verdict to act on", (_, content, note) => {
    const file = fileWith("a.csv", content)
    expect(noted(file)).toContain(note)
    const verdicts = analyseResults(reading(file)).map(({ question, verdict }) => ({ question, verdict }))
    expect(verdicts.filter(({ verdict }) => verdict === "problem")).toEqual([])
    expect(verdicts.find(({ question }) => question === "sampling")?.verdict).toBe("too-few-data")
  })
})

/** The learning rate's verdict at its upper end. */
const edge = (content: string) => {
  const findings = analyseResults(reading(fileWith("a.csv", content)))
  return findings.find(({ question, subject }) => question === "search-space-edge" && subject === "learning_rate")
}

describe("verdicts survive the mess", () => {
  const atEdge = planted("edge", 64, 1e-1)
  const inside = planted("inside", 64, 10 ** -3.5)
  const mess = (rows: typeof atEdge): string =>
    [
      csvOf(rows),
      "0.001,0.1,3,adam,NaN",
      "0.001,0.1,3,adam",
      "oops,0.1,3,adam,0.2",
      ...rows.slice(0, 3).map((row) => Object.values(row).join(",")),
    ].join("\n")

  it("a range that ends too low", () => {
    const clean = edge(csvOf(atEdge))
    expect(clean).toMatchObject({ verdict: "problem", action: { type: "widen", high: 0.1 } })
    expect(edge(mess(atEdge))).toMatchObject({ verdict: "problem", action: { type: "widen", high: 0.1 } })
  })

  it("a range that is wide enough", () => {
    expect(edge(csvOf(inside))?.verdict).toBe("fine")
    expect(edge(mess(inside))?.verdict).toBe("fine")
  })
})
