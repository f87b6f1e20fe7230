import type { Answer } from "@tanren/playbook"
import type { Trial } from "@tanren/terms"
import { metricDifference } from "@tanren/words"
import { describe, expect, it } from "vitest"
import { type GoalReport, type ReportData, renderReport } from "../src/index.ts"
import { fixture } from "./fixture.ts"

const empty: ReportData = {
  campaign: "nothing",
  runId: "nothing-1",
  metric: { name: "valid/error", goal: "minimize" },
  status: "running",
  goals: [],
  decisions: [],
  launched: null,
}

const goalWith = (trials: ReadonlyArray<Trial>, question = "What now?"): GoalReport => ({
  question,
  roles: { scientific: [], nuisance: ["learning_rate"], fixed: {} },
  caveats: [],
  studies: [{ id: "only", scientific: {}, trials }],
  findings: [],
})

/** The parts that a page should show and does not: a page itself is too long for a failure's message. */
const lacks = (page: string, ...parts: ReadonlyArray<string>): ReadonlyArray<string> =>
  parts.filter((part) => !page.includes(part))

const count = (page: string, part: string): number => page.split(part).length - 1

/** What a browser could fetch or run. Vega writes namespaces as http addresses; they are names, not places. */
const reachesOut = (page: string): ReadonlyArray<string> =>
  page
    .replace(/xmlns(:xlink)?="[^"]*"/g, "")
    .replace(/<script type="application\/json".*?<\/script>/gs, "")
    .match(/<script|<link|<iframe|<img|url\((?!#)|@import|src=|href="(?!#)|javascript:| on[a-z]+="/gi) ?? []

const data = fixture()

describe("the report of a finished campaign", async () => {
  const page = await renderReport(data)

  it("needs nothing but itself: no script, no network, no font", () => {
    expect(reachesOut(page)).toEqual([])
    expect(lacks(page, "default-src &#39;none&#39;")).toEqual([])
  })

  it("reads in a busy person's order", () => {
    const order = [
      'id="answers"',
      'id="best"',
      'id="goal-1"',
      'id="goal-2"',
      'id="decisions"',
      'id="trials"',
      'id="limits"',
    ]
    const places = order.map((part) => page.indexOf(part))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  it("says the answers and launch decisions in words", () => {
    for (const goal of data.goals) {
      expect(lacks(page, goal.question)).toEqual([])
      expect(lacks(page, goal.answer!.text.slice(0, 20))).toEqual([])
    }
    expect(lacks(page, "Launch: Adopt")).toEqual([])
  })

  it("says how far the best can be from the best possible, or that nobody can tell", async () => {
    const drawn = (of: typeof data, more: object = {}) => ({
      ...of,
      goals: of.goals.map((goal) => ({
        ...goal,
        studies: goal.studies.map((study) => ({ ...study, drawn: true, ...more })),
      })),
    })
    const many = await renderReport(drawn(fixture({ trials: 60, evaluations: 4 })))
    expect(many).toMatch(
      /best possible in its space, at most \(95 %, unless every trial missed a valley\): schedule = constant (\d+\.\d+ points|cannot be told)/,
    )
    const few = drawn(fixture({ trials: 12, evaluations: 4 }))
    expect(lacks(await renderReport(few), "schedule = constant cannot be told from 12 trials")).toEqual([])
    expect(lacks(await renderReport(few, { language: "ja" }), "schedule = constant 12 試行からは分からない")).toEqual(
      [],
    )
    // Listed points say nothing of the space between them.
    expect(await renderReport(drawn(few, { drawn: false }))).not.toContain("best possible in its space")
  })

  it("draws the difference beside what re-runs, another search and other examples make of it", async () => {
    const { comparisons, samplingError, metric } = data.goals[1]!.answer as unknown as Answer
    const [closest] = comparisons
    expect(comparisons).toHaveLength(1)
    const points = (value: number): string => metricDifference(value, metric, "en")
    const bars = [
      `difference ${points(closest!.difference)}`,
      `re-runs ${points(closest!.standardError)}`,
      `search ${points(closest!.again!.sd)}`,
      `examples ${points(Math.SQRT2 * samplingError!.sd)}`,
    ]
    expect(lacks(page, 'id="goal-2-variances"', `Bars: ${bars.join(", ")}.`)).toEqual([])
    const japanese = await renderReport(data, { language: "ja" })
    expect(lacks(japanese, "差と，偶然による部分", "スタディの分散")).toEqual([])
    const goals = data.goals.map((goal) => ({ ...goal, answer: null }))
    expect(count(await renderReport({ ...data, goals }), "-variances")).toBe(0)
  })

  it("draws what a search of so many trials comes to, and says at which effort a value is ahead", async () => {
    expect(count(page, 'id="goal-1-tuning"')).toBe(1)
    expect(lacks(page, "where it can lie, 95 % for all together", "at no effort is one value established")).toEqual([])
    const [first] = fixture({ trials: 40, evaluations: 4 }).goals
    const far = (trials: ReadonlyArray<Trial>) =>
      trials.map((trial) => (trial.value === undefined ? trial : { ...trial, value: trial.value + 1 }))
    const studies = first!.studies.map((study, at) => (at === 0 ? study : { ...study, trials: far(study.trials) }))
    const apart = { ...data, goals: [{ ...first!, studies }] }
    expect(await renderReport(apart)).toMatch(
      /schedule = constant is ahead of schedule = cosine at (1 trial|\d+ to \d+ trials)/,
    )
    expect(await renderReport(apart, { language: "ja" })).toMatch(
      /試行では schedule = constant が schedule = cosine より良い/,
    )
  })

  it("draws one axis plot for each searched hyperparameter, the conditional one by itself", () => {
    expect(count(page, 'id="goal-1-axis-')).toBe(4)
    expect(count(page, 'id="goal-2-axis-')).toBe(4)
    expect(lacks(page, "only where use_dropout = true")).toEqual([])
  })

  it("describes every chart for those who cannot see it", () => {
    const charts = page.match(/<svg[^>]*role="img"[^>]*>/g) ?? []
    expect(charts.length).toBe(count(page, "<figure "))
    for (const chart of charts) expect(chart).toMatch(/aria-label="[^"]{10,}"/)
  })

  it("embeds the specs as JSON that can be drawn again", () => {
    const embedded = /<script type="application\/json" id="chart-specs">(.*?)<\/script>/s.exec(page)?.[1]
    const specs = JSON.parse(embedded ?? "[]") as ReadonlyArray<{ id: string; spec: { $schema: string } }>
    expect(specs.length).toBe(count(page, "<figure "))
    for (const { spec } of specs) expect(spec.$schema).toContain("vega-lite")
  })

  it("has every id once, and every reference to one leads somewhere", () => {
    const markup = page.replace(/<script type="application\/json".*?<\/script>/gs, "")
    const ids = [...markup.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!)
    const references = [...markup.matchAll(/(?:url\(|href=")#([^)"]*)/g)].map((match) => match[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    expect(references.filter((reference) => !ids.includes(reference))).toEqual([])
  })

  it("lists every trial and re-run with the command that runs it again", () => {
    for (const goal of data.goals)
      for (const trial of goal.studies.flatMap((study) => [...study.trials, ...study.repeats!]))
        expect(lacks(page, `--only ${trial.id} --seed`)).toEqual([])
  })

  it("gives decisions their rule's version", () => {
    for (const decision of data.decisions) expect(lacks(page, `<code>${decision.rule}</code>`)).toEqual([])
    const fine = data.goals[0]!.findings.filter(({ verdict }) => verdict === "fine").length
    expect(lacks(page, `Fine: ${fine}`, "One study for each of two values, 16 trials each.")).toEqual([])
  })

  it("keeps trial, study and sampling variation apart", () => {
    expect(lacks(page, "Trial variance")).toEqual([])
    expect(lacks(page, "Study variance")).toEqual([])
    expect(lacks(page, "on 600 examples")).toEqual([])
  })

  it("speaks Japanese, the findings included", async () => {
    const japanese = await renderReport(data, { language: "ja" })
    expect(lacks(japanese, '<html lang="ja">')).toEqual([])
    expect(lacks(japanese, "ハイパーパラメータ軸プロット")).toEqual([])
    expect(lacks(japanese, "問題なし")).toEqual([])
    expect(japanese.includes("undefined")).toBe(false)
  })

  it("says with what program trials ran, and how one is run again", async () => {
    const told = { program: "python3 train.py", environment: ["DATA_DIR"], reproduce: "npx tanren show {trial} c.ts" }
    const page = await renderReport({ ...data, ...told, backends: ["wasm"] })
    expect(lacks(page, "python3 train.py", "DATA_DIR", "Backend", "npx tanren show TRIAL c.ts --to again")).toEqual([])
    expect(lacks(page, `--only ${data.launched?.trial} --seed`)).toEqual([])
    const noted = { proposal: data.goals[1]!.launch, person: { word: "reject", by: "Ada", note: "too slow" } } as const
    const goals = [{ ...data.goals[1]!, launch: { decision: "keep", text: "English", ...noted, silent: "keep" } }]
    const japanese = await renderReport({ ...data, goals } as typeof data, { language: "ja" })
    expect(
      lacks(
        japanese,
        "採用判断: ベースラインを維持",
        "提案：",
        "Ada が却下しました（too slow）",
        "の方が良いです",
        "width 64 の場合に限ります",
      ),
    ).toEqual([])
  })

  it("holds no undefined and no object printed as such", () => {
    expect(/undefined|\[object /.exec(page)?.[0]).toBeUndefined()
  })
})

describe("campaigns that went otherwise", () => {
  it("leaves out of an analysis what only a campaign has, and says what was read", async () => {
    const { runId: _, ...results } = empty
    const goals = [goalWith(data.goals[0]!.studies[0]!.trials)]
    for (const language of ["en", "ja"] as const) {
      const page = await renderReport({ ...results, status: "analysis", readAs: "Optuna SQLite", goals }, { language })
      expect(lacks(page, "Optuna SQLite", language === "en" ? "Read as" : "読み込み形式")).toEqual([])
      expect(count(page, 'id="decisions"') + count(page, "#decisions")).toBe(0)
      expect(page.includes(language === "en" ? "<dt>Run</dt>" : "実行 ID")).toBe(false)
    }
  })

  it("renders one in which nothing has happened yet", async () => {
    const page = await renderReport(empty)
    expect(lacks(page, "No goal has been started yet.")).toEqual([])
    expect(lacks(page, "This campaign has not ended")).toEqual([])
    expect(page.includes("<figure")).toBe(false)
  })

  it("renders one that stopped half-way, and says why", async () => {
    const goals = [{ ...data.goals[1]!, answer: null, launch: null, findings: [] }]
    const page = await renderReport({
      ...data,
      goals,
      launched: null,
      status: "failed",
      note: "no space left on device",
    })
    expect(lacks(page, "Stopped by an error")).toEqual([])
    expect(lacks(page, "no space left on device")).toEqual([])
    expect(lacks(page, "Not answered yet.")).toEqual([])
    expect(lacks(page, "No launch decision yet.")).toEqual([])
  })

  it("shows where trials failed when all of them are infeasible", async () => {
    const trials = [0.1, 1, 10].map(
      (rate, index): Trial => ({
        id: `t${index}`,
        hyperparameters: { learning_rate: rate },
        status: "infeasible",
        reason: "diverged",
      }),
    )
    const page = await renderReport({ ...empty, goals: [goalWith(trials)] })
    expect(lacks(page, "No trial of this goal has a finite value")).toEqual([])
    expect(lacks(page, "there is no best configuration to show")).toEqual([])
    expect(count(page, 'id="goal-1-axis-')).toBe(1)
  })

  it("breaks curves at NaN and infinity and never calls such a trial best", async () => {
    const values = [0.5, Number.NaN, 0.3, Number.POSITIVE_INFINITY, 0.2, 0.25]
    const measurements = values.map((value, index) => ({ step: index + 1, metrics: { "valid/error": value } }))
    const trials: ReadonlyArray<Trial> = [
      {
        id: "fine",
        hyperparameters: { learning_rate: 0.1 },
        status: "completed",
        value: 0.2,
        bestStep: 5,
        measurements,
      },
      { id: "broken", hyperparameters: { learning_rate: 9 }, status: "completed", value: Number.NaN, measurements },
      { id: "endless", hyperparameters: { learning_rate: 99 }, status: "completed", value: Number.NEGATIVE_INFINITY },
    ]
    const page = await renderReport({ ...empty, goals: [goalWith(trials)] })
    expect(lacks(page, "(fine)")).toEqual([])
    expect(/[ML,]NaN|translate\(NaN|Infinity/.exec(page)?.[0]).toBeUndefined()
  })

  it("takes names for text, whatever they look like", async () => {
    const hostile = `<script>alert("x")</script><img src=x onerror=alert(1)>'"]); alert(1)`
    const trials = Array.from(
      { length: 12 },
      (_, index): Trial => ({
        id: `${hostile}${index}`,
        hyperparameters: { [hostile]: index + 1, choice: index % 2 === 0 ? hostile : "</svg><script>" },
        status: index % 5 === 4 ? "infeasible" : "completed",
        reason: hostile,
        value: 0.1 + index / 100,
        bestStep: 1,
        measurements: [1, 2].map((step) => ({ step, metrics: { [hostile]: 0.1 + index / 100 } })),
      }),
    )
    const goal: GoalReport = {
      ...goalWith(trials, hostile),
      roles: { scientific: ["choice"], nuisance: [hostile], fixed: { [hostile]: hostile } },
      caveats: [hostile],
      answer: { text: hostile },
      launch: { decision: hostile, text: hostile },
    }
    const campaign: ReportData = {
      ...empty,
      campaign: hostile,
      runId: hostile,
      // What a record of another version may hold.
      status: hostile as ReportData["status"],
      config: hostile,
      metric: { name: hostile, goal: "maximize" },
      goals: [goal],
      decisions: [{ key: hostile, rule: hostile, inputs: { [hostile]: hostile }, outcome: hostile, at: hostile }],
    }
    for (const language of ["en", "ja"] as const) {
      const page = await renderReport(campaign, { language })
      expect(/<script>|<img|<\/svg><script/i.exec(page)?.[0]).toBeUndefined()
      expect(count(page, "<script")).toBe(1)
      expect(lacks(page, "&lt;script&gt;alert(")).toEqual([])
    }
  })

  it("stays small with long curves and many trials, and says what is not drawn", async () => {
    const many = fixture({ trials: 205, evaluations: 250 })
    const page = await renderReport({ ...many, goals: many.goals.slice(0, 1) })
    expect(lacks(page, "of 410 trials drawn")).toEqual([])
    expect(lacks(page, "Long curves show the lowest and highest value")).toEqual([])
    expect(page.length).toBeLessThan(4_000_000)
  })
})
