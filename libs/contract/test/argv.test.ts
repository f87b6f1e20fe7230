import { expect, test } from "vitest"
import { fillArgv } from "../src/index.ts"

const filled = (argv: ReadonlyArray<string>, values: Readonly<Record<string, boolean>>) =>
  fillArgv(["train.py", ...argv], values, ["nesterov"])

test("a flag without a value is there when its hyperparameter is true", () => {
  const argv = ["{use_dropout?--use-dropout}", "{use_dropout?--regular:--plain}"]
  expect(filled(argv, { use_dropout: true })).toEqual({ ok: true, value: ["train.py", "--use-dropout", "--regular"] })
  expect(filled(argv, { use_dropout: false })).toEqual({ ok: true, value: ["train.py", "--plain"] })
})

test("an inactive hyperparameter's flag is left out, the option before it stays", () => {
  expect(filled(["--verbose", "{nesterov?--nesterov:--plain}"], {})).toEqual({
    ok: true,
    value: ["train.py", "--verbose"],
  })
})

test("a flag of nothing that exists is refused", () => {
  expect(filled(["{momentum?--momentum}"], {})).toMatchObject({ ok: false })
})
