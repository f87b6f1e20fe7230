import { DatabaseSync } from "node:sqlite"
import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { fileWith, refusal } from "./files.ts"

/** Files that nobody can judge as they are: each is told in one sentence, with the way out. */
const refused: ReadonlyArray<readonly [what: string, name: string, content: string | Uint8Array, said: RegExp]> = [
  ["empty", "a.csv", "", /^a\.csv: is empty; give a file of trials$/],
  ["white space only", "a.csv", " \n\n\t", /^a\.csv: is empty/],
  ["a header only", "a.csv", "lr,loss\n", /^a\.csv: has a header and no trials below it$/],
  ["binary", "a.csv", Uint8Array.from([0, 1, 2, 3, 255, 0, 9]), /^a\.csv: is a binary file/],
  ["not UTF-8", "a.csv", Uint8Array.from([...Buffer.from("lr,loss\n1,"), 0x83, 0x8f]), /^a\.csv: is not UTF-8 text/],
  ["gzip", "a.csv.gz", gzipSync("lr,loss\n1,2\n"), /compressed with gzip: unpack it first$/],
  ["a workbook", "a.xlsx", Buffer.from("PK\u0003\u0004rest"), /Excel workbook: save the sheet as CSV/],
  ["Parquet", "a.parquet", Buffer.from("PAR1\u0000"), /Parquet file: write it as CSV/],
  ["one column", "a.csv", "loss\n1\n2\n", /^a\.csv: has one column only/],
  ["an unknown delimiter", "a.csv", "lr:loss\n0.1:2\n0.2:3\n", /one column only; columns must be separated by/],
  ["prose", "a.txt", "This is a note to myself.\nNothing else.\n", /one column only/],
  ["no header", "a.csv", "0.1,0.5\n0.2,0.4\n", /the first row holds numbers \(0\.1, 0\.5\) where the columns' names/],
  ["two columns of a name", "a.csv", "lr,loss,loss\n1,2,3\n", /two columns are called loss; rename one$/],
  ["a row too long", "a.csv", "lr,loss\n1,2\n1,2,3\n", /row 3: has 3 cells, the header 2; a text with a comma/],
  ["only rows too short", "a.csv", "lr,wd,loss\n1,2\n3,4\n", /every row has fewer cells than the header \(row 2 is/],
  ["an open quote", "a.csv", 'lr,opt,loss\n1,"adam,2\n3,sgd,4\n', /a quote is opened and never closed$/],
  ["a stray quote", "a.csv", 'lr,opt,loss\n1,"ad"am",2\n', /a quote stands in the middle of a quoted text$/],
  ["no metric", "a.csv", "lr,weight_decay\n0.1,1\n0.2,2\n", /no column looks like a metric \(loss, error, accuracy…\)/],
  [
    "no hyperparameter",
    "a.csv",
    "trial,loss\n1,0.1\n2,0.2\n",
    /no column looks like a hyperparameter \(the columns are trial, loss\)/,
  ],
  [
    "a metric without direction",
    "a.csv",
    "lr,value\n0.1,1\n0.2,2\n",
    /metric value: its name does not say whether lower or higher is better; add --goal/,
  ],
  [
    "two metrics alike",
    "a.csv",
    "lr,val_auc,val_f1\n1,2,3\n2,3,1\n",
    /several metrics could be the objective \(val_auc, val_f1\); choose one with --metric NAME$/,
  ],
  [
    "an unknown status",
    "a.csv",
    "lr,loss,status\n1,2,finished\n1,3,weird\n",
    /column status: "weird" is no known status; wanted: completed/,
  ],
  [
    "numbers in thousands or not",
    "a.csv",
    'lr,width,loss\n1,"1,024",2\n2,"2,048",3\n',
    /"1,024" may be a decimal number or one in thousands/,
  ],
  [
    "evaluations without steps",
    "a.csv",
    "trial,lr,loss\na,1,5\na,1,4\nb,2,4\nb,2,3\n",
    /trial a stands in several rows with different results.*add a column step .* or seed/,
  ],
  ["JSON of another kind", "a.json", '{"a": 1', /line 1: is no JSON object; wanted one trial a line/],
  ["a list of numbers", "a.json", "[1, 2]", /is a list, but not of objects/],
  ["an empty list", "a.json", "[]", /holds no trials$/],
]

describe("files that cannot be judged", () => {
  it.each(refused)("%s", (_, name, content, said) => {
    const text = refusal(fileWith(name, content))
    expect(text).toMatch(said)
    expect(text.split("\n")).toHaveLength(1)
  })

  it("no such file", () => {
    expect(refusal("/nowhere/a.csv")).toBe("/nowhere/a.csv: no such file")
  })

  it("a folder that is not MLflow's", () => {
    expect(refusal(fileWith("a/b.csv", "x").replace(/\/b\.csv$/, ""))).toMatch(/is a folder, but not MLflow's/)
  })

  it("an SQLite file of another program", () => {
    const file = fileWith("other.sqlite", "")
    const database = new DatabaseSync(file)
    database.exec("CREATE TABLE runs (a)")
    database.close()
    expect(refusal(file)).toMatch(/is an SQLite file, but neither Optuna's nor MLflow's \(its tables are /)
  })

  it("a damaged SQLite file", () => {
    expect(refusal(fileWith("cut.sqlite", "SQLite format 3\0 and then nothing of the kind"))).toMatch(
      /SQLite cannot read it/,
    )
  })

  it("names that no column has", () => {
    const file = fileWith("a.csv", "lr,loss\n0.1,2\n0.2,3\n")
    expect(refusal(file, { metric: "los" })).toMatch(/metric los: no column or curve of this name; measured are loss$/)
    expect(refusal(file, { scientific: ["optimizer"] })).toMatch(
      /no column is called optimizer; the columns are lr, loss$/,
    )
    expect(refusal(file, { ignore: ["x"] })).toMatch(/no column is called x/)
    expect(refusal(file, { hyperparameters: ["lrr"] })).toMatch(/no column is called lrr/)
  })

  it("no metric among the columns, and none of the name that was told: the columns are named", () => {
    const file = fileWith("a.csv", "Lernrate;Genauigkeit [%];Dauer\n0,1;90,5;3\n0,2;91,5;2\n")
    expect(refusal(file)).toMatch(/among Lernrate, Genauigkeit \[%\], Dauer; name it with --metric NAME/)
    expect(refusal(file, { metric: "Genauigkeit" })).toMatch(/the columns are Lernrate, Genauigkeit \[%\], Dauer$/)
  })

  it("the data of one W&B chart", () => {
    const file = fileWith("a.csv", "Step,r1 - val_loss,r1 - val_loss__MIN,r1 - val_loss__MAX\n0,1,1,1\n1,0.5,0.5,0.5\n")
    expect(refusal(file)).toMatch(/is the data of one W&B chart .* export the table of runs instead$/)
  })

  it("a scientific hyperparameter that never varies", () => {
    const file = fileWith("a.csv", "lr,optimizer,loss\n0.1,adam,2\n0.2,adam,3\n")
    expect(refusal(file, { scientific: ["optimizer"] })).toMatch(
      /has one value in all trials, so there is nothing to compare/,
    )
  })

  it("a column that may be a second measurement", () => {
    const rows = Array.from({ length: 12 }, (_, at) => `${0.1 + at},${(at * 7) % 12},${((at * 7) % 12) * 2.5 + 1}`)
    const file = fileWith("a.csv", `lr,loss,kappa2\n${rows.join("\n")}\n`)
    const shuffled = fileWith(
      "a.csv",
      `kappa2,lr,loss\n${rows
        .map((row) => row.split(","))
        .map(([a, b, c]) => `${c},${a},${b}`)
        .join("\n")}\n`,
    )
    expect(refusal(shuffled)).toMatch(
      /column kappa2 orders the trials exactly as loss does: if it was measured, leave it out with --ignore kappa2/,
    )
    expect(refusal(shuffled, { ignore: ["kappa2"] })).toBe("read")
    expect(refusal(shuffled, { hyperparameters: ["lr", "kappa2"] })).toBe("read")
    expect(refusal(file)).toBe("read")
  })
})
