import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { command, folder, json, written } from "./command-run.ts"
import { campaign } from "./refusals.ts"

describe("a file that cannot be read: what, where, and what would do", () => {
  const cases: ReadonlyArray<readonly [what: string, name: string, text: string, said: RegExp]> = [
    [
      "a bare word",
      "f.json",
      '{\n "a": 1,\n "b": x\n}',
      /: line 3, column 7 \("b": x\): unexpected x, wanted a value$/,
    ],
    [
      "a comma too many",
      "f.json",
      '{"a": 1,}',
      /: line 1, column 9 \(\{"a": 1,\}\): unexpected \}, wanted a name in double quotes$/,
    ],
    [
      "a comma missing",
      "f.json",
      '{\n"a": 1\n"b": 2}',
      /: line 3, column 1 \("b": 2\}\): unexpected ", wanted , or \}$/,
    ],
    ["JSON cut short", "f.json", '{"a": [1,\n2\n\n', /: line 2, column 1 \(2\): the JSON ends here, unfinished$/],
    ["NaN in JSON", "f.json", '{"a": NaN}', /: line 1, column 7 .*: unexpected N, wanted a value$/],
    ["an empty file", "f.json", " \n", /f\.json: is empty; give the path of /],
    ["YAML that is none", "f.yaml", "a: 1\nb: [1, 2\nc: 3\n", /: line 3, column 1 \(c: 3\): Flow sequence/],
  ]
  test.each(cases)("%s", async (_, name, text, said) => {
    const path = written(name, text)
    const asked = await command("suggest", ["--space", path, "--count", "1"])
    expect(asked.refused?.join("\n")).toMatch(said)
    expect((await command("plan", [path])).refused?.join("\n")).toMatch(said)
  })

  test("no file, a folder, a campaign for a space, a text for a campaign", async () => {
    const place = folder()
    const asked = async (path: string) => (await command("suggest", ["--space", path, "--count", "1"])).refused?.join()
    expect(await asked(join(place, "space.json"))).toMatch(/space\.json: no such file; give the path of a search space/)
    expect(await asked(place)).toMatch(/: is a folder; give the path of a search space/)
    expect(await asked(json(campaign))).toMatch(/is a campaign, not a search space; see it with `tanren plan`/)
    expect(await asked("campaign.ts")).toMatch(/a search space is a JSON or YAML file; .*`tanren plan`/)
    const planned = async (path: string) => (await command("plan", [path])).refused?.join()
    expect(await planned(join(place, "c.ts"))).toMatch(/c\.ts: no such file; give the path of a campaign file/)
    expect(await planned(place)).toMatch(
      /is a folder; give the path of a campaign file \(\.ts, \.js, \.json or \.yaml\)/,
    )
    const file = json(campaign, "campaign.json")
    expect(await planned(dirname(file))).toMatch(new RegExp(`is a folder; give the path of ${file}$`))
    expect(await planned(written("campaign.txt", "x"))).toMatch(/is not a campaign file/)
    expect(existsSync(join(place, ".tanren"))).toBe(false)
  })
})

describe("a file of trials", () => {
  const space = { hyperparameters: [campaign.hyperparameters[0]] }
  const refusedLines = async (text: string) => {
    const args = ["--space", json(space), "--count", "1", "--trials", written("trials.jsonl", text)]
    const { refused, out } = await command("suggest", args)
    expect(out).toEqual([])
    return (refused ?? []).map((line) => line.replace(/^.*\.jsonl: /, ""))
  }

  test("has each of its faulty lines named", async () => {
    const lines = await refusedLines(
      [
        '{"hyperparameters": {"learning_rate": 0.1}}',
        '{"hyperparameters": {"learning_rate": 0.1}',
        "",
        "7",
        '{"learning_rate": 0.1}',
        '{"hyperparameters": {"learning_rate": [0.1]}, "status": "done"}',
        '{"hyperparameters": {"learning_rate": 0.2}, "status": "infeasible", "value": NaN}',
      ].join("\n"),
    )
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^line 2: is not JSON: /)
    expect(lines[1]).toMatch(/^line 4: is not an object; wanted: /)
    expect(lines[2]).toMatch(/^line 5: hyperparameters: is missing; found nothing/)
    expect(lines[3]).toMatch(/^line 6: hyperparameters\.learning_rate: .*found \[0\.1\]; wanted: /)
    expect(lines[4]).toMatch(/^line 6: status: .*found "done"; wanted: "completed"/)
  })

  test("is not flooded with errors", async () => {
    const lines = await refusedLines("a,b\n".repeat(500))
    expect(lines).toHaveLength(21)
    expect(lines[20]).toBe("and 480 more errors")
  })

  test("that is one JSON list is told what to be", async () => {
    expect((await refusedLines('[{"hyperparameters": {}},\n{}]'))[0]).toMatch(
      /if it is a list, give one object per line/,
    )
  })
})
