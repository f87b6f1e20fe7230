import { otherShapes } from "@tanren/terms/other-shapes"
import { languages } from "@tanren/words"
import { describe, expect, test } from "vitest"
import { type AnswerGroup, type AnswerInput, answerGoal } from "../../src/adopting-a-change/answer.ts"
import { answerParagraphs } from "../../src/adopting-a-change/answer.words.ts"
import { decideLaunch, type LaunchInput } from "../../src/adopting-a-change/launch.ts"
import {
  answerParagraphsOf,
  describeAnswer,
  describeCaveat,
  describeLaunch,
  describeOutcome,
} from "../../src/describe.ts"
import type { OpenProblems } from "../../src/extracting-insight/open-problems.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const good = [0.05, 0.052, 0.051, 0.049, 0.05]
const level = [0.0505, 0.0515, 0.052, 0.049, 0.051]
const bad = [0.06, 0.061, 0.0605, 0.059, 0.062]
const group = (label: string, repeats: ReadonlyArray<number>, over: Partial<AnswerGroup> = {}): AnswerGroup => ({
  label,
  best: `${label}-best`,
  studyValues: [0.05, 0.055, 0.06, 0.07, 0.08, 0.3],
  infeasible: 2,
  repeats,
  ...over,
})
/** Trials at common points, where this value comes to so much more. */
const searched = (more: number): Partial<AnswerGroup> => {
  const values = Array.from(
    { length: 16 },
    (_, at) => 0.05 + more + 0.004 * ((at * 7) % 16) + (more > 0 ? 1e-4 * at : 0),
  )
  return { studyValues: values, infeasible: 0, trials: values.map((value, point) => ({ point, value })) }
}
const answered = (groups: ReadonlyArray<AnswerGroup>, over: Partial<AnswerInput> = {}) =>
  answerGoal({ metric, groups, baselineRepeats: [0.09, 0.091, 0.092], validationExamples: 600, ...over })

/** How many of a rule's runs carry a verdict is not recorded with it, and what a program should do holds braces. */
const numbers = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => number).sort()

const answers: ReadonlyArray<[string, ReturnType<typeof answered>, RegExp]> = [
  [
    "a better value",
    answered([group("x", bad, searched(0.01)), group("y", good, searched(0))]),
    /^y の方が良いです（探索をやり直しても良いと言えます）/,
  ],
  [
    "a better point",
    answered([group("x", bad), group("y", good)]),
    /^y で見つかった点は x で見つかった点よりも良いです/,
  ],
  [
    "a better point of three",
    answered([group("w", bad), group("x", bad), group("y", good)]),
    /^y で見つかった点は他のどの値で見つかった点よりも良いです/,
  ],
  ["no difference", answered([group("x", level), group("y", good)]), /差は確かめられませんでした/],
  [
    "one of three out",
    answered([group("x", level, searched(0)), group("y", good, searched(0)), group("z", bad, searched(0.01))]),
    /確かなのは z が最良ではないことだけ/,
  ],
  ["nothing compared", answered([group("all trials", good)]), /比較は行っていません/],
  ["some trials lost", answered([group("x", bad), group("y", good, { failed: 1 })]), /警告：y の 9 試行中 1 試行/],
  ["ignored seeds", answered([group("x", good)], { seedsIgnored: true }), /^未定：.*シードを無視/],
  ["no study", answered([]), /スタディが実行されていません/],
  ["undeclared seeds", answered([group("x", []), group("y", [])], { seedsUndeclared: true }), /探索だけ/],
  ["nothing completed", answered([group("x", good), group("y", [], { studyValues: [] })]), /y では完了した/],
  ["uneven effort", answered([group("x", good), group("y", bad, { failed: 7 })]), /y の 15 試行中 7 試行が失敗/],
  ["too few re-runs", answered([group("x", good), group("y", [0.06, 0.061])]), /y（2 回）/],
  ["lost re-runs", answered([group("x", good, { lostRepeats: 1 }), group("y", bad)]), /x の再実行のうち 1 回/],
  [
    "no spread",
    answered([group("x", [1, 1, 1]), group("y", [2, 2, 2])], { validationExamples: undefined }),
    /分解能も分かって/,
  ],
]

describe("an answer in Japanese", () => {
  test.each(answers)("%s: says the recorded numbers, and no other", (_, answer, says) => {
    const japanese = describeAnswer(answer, "ja")
    expect(japanese).toMatch(says)
    expect(numbers(japanese)).toEqual(numbers(answer.text))
    expect(describeAnswer(answer, "en")).toBe(answer.text)
  })

  test("an answer of before points and values were told apart is told as it was", () => {
    const { betterPoint: _, trialsNeeded: _trials, ...made } = answered([group("x", bad), group("y", good)])
    const comparisons = made.comparisons.map(({ again: _again, ...comparison }) => comparison)
    const before = { rule: "answer@1", verdict: "better", better: "y", withinStudyVariance: true } as const
    const older = { ...made, ...before, comparisons }
    const japanese = describeAnswer(older, "ja")
    expect(japanese).toMatch(/^y の方が良いです．/)
    expect(japanese).toContain("この差はスタディ分散より小さく")
    expect(japanese).not.toContain("やり直す")
    expect(japanese).not.toContain("規則の以前の版")
    expect(answerParagraphs.en(older).join(" ")).toMatch(/^y is better\. Mean.*another search might find others/)
  })

  test("an answer of before reasons were kept in words keeps its English reason", () => {
    const { because: _, ...older } = answered([group("x", good)], { seedsIgnored: true })
    expect(describeAnswer(older, "ja")).toContain("未定：the program ignores its seed")
  })

  test("a reason that this version does not know keeps its English", () => {
    const undecided = answered([])
    const altered = { ...undecided, because: { reason: "moon-full", values: [] } }
    expect(describeAnswer(altered, "ja")).toMatch(/^未定：no study ran．/)
  })
})

const side = (learning_rate: number, repeats: ReadonlyArray<number>) => ({
  hyperparameters: { learning_rate },
  repeats,
  ids: repeats.map((_, index) => `${learning_rate}-${index}`),
})
const decided = (over: Partial<LaunchInput> = {}) =>
  decideLaunch({
    metric,
    candidate: side(0.3, good),
    baseline: side(0.1, bad),
    validationExamples: 600,
    seedsIgnored: false,
    infeasibleRepeats: 0,
    ...over,
  })

const launches: ReadonlyArray<[string, ReturnType<typeof decided>, RegExp]> = [
  ["better", decided({ pickedFrom: 3 }), /learning_rate 0\.3 を採用/],
  ["worse", decided({ candidate: side(0.3, [0.08, 0.081, 0.082, 0.079, 0.08]) }), /1\.99 ポイント悪い/],
  ["not established", decided({ candidate: side(0.3, [0.059, 0.061, 0.06, 0.0595, 0.061]) }), /改善は確かめられ/],
  ["complexity", decided({ complexity: { leastGain: 0.0099, reason: "twice as slow" } }), /twice as slow/],
  ["the baseline itself", decided({ candidate: side(0.1, good) }), /ベースラインそのもの/],
  ["nothing", decided({ candidate: null }), /代わる提案はありません/],
  [
    "nothing, by the version before",
    { ...decided({ candidate: side(0.1, []) }), rule: "launch@2" },
    /候補はベースラインそのもの/,
  ],
  [
    "a suspected bug",
    decided({ suspectedBug: { type: "suspect-bug", where: "evaluation", metric: "valid/error" } }),
    /バグが疑われます/,
  ],
  ["lost re-runs", decided({ infeasibleRepeats: 1 }), /再実行 6 回のうち 1 回/],
  ["ignored seeds", decided({ seedsIgnored: true }), /シードを無視/],
  ["undeclared seeds", decided({ seedsUndeclared: true }), /宣言せず/],
  [
    "one and the same value",
    decided({ candidate: side(0.3, [0.05, 0.05, 0.05]), baseline: side(0.1, [0.06, 0.06, 0.06]) }),
    /一例の大きさ/,
  ],
  [
    "no spread",
    decided({ candidate: side(0.3, [1, 1, 1]), baseline: side(0.1, [2, 2, 2]), validationExamples: undefined }),
    /どの再実行も同じ値/,
  ],
]

describe("a launch in Japanese", () => {
  test.each(launches)("%s: says the recorded numbers, and no other", (_, launch, says) => {
    const japanese = describeLaunch(launch, "ja")
    expect(japanese).toMatch(says)
    expect(numbers(japanese)).toEqual(numbers(launch.text))
    expect(describeLaunch(launch, "en")).toBe(launch.text)
  })

  test("too few repeats: the counts that there are", () => {
    const few = decided({ candidate: side(0.3, [0.05]) })
    expect(describeLaunch(few, "ja")).toContain("候補 1 回，ベースライン 5 回")
  })
})

test("a caveat in Japanese names the hyperparameter, its value and where that is from", () => {
  const caveat = { hyperparameter: "width", value: 64, from: "middle", text: "holds for width 64 only" } as const
  expect(describeCaveat(caveat, "en")).toBe("holds for width 64 only")
  expect(describeCaveat(caveat, "ja")).toBe(
    "width 64 の場合に限ります（範囲の中央．ベースラインでは無効で，値がありません）",
  )
})

describe("an outcome of another version of the rule", () => {
  const written = /（この規則の以前の版による記録のため，記録された英文のまま示します．）$/
  const text = "Undecided: for a reason of old."

  test.each<[string, { readonly text: string; readonly rule?: string }]>([
    ["an older answer", { ...answered([]), rule: "answer@0" }],
    ["an answer without a rule", { text }],
    ["an answer of nothing but its rule", { text, rule: "answer@1" }],
    ["a verdict that is not known", { ...answered([]), verdict: "worse" } as { readonly text: string }],
  ])("%s is told as it was recorded, and that it is older", (_, outcome) => {
    expect(describeAnswer(outcome, "en")).toBe(outcome.text)
    expect(describeAnswer(outcome, "ja")).toMatch(written)
    expect(describeAnswer(outcome, "ja").startsWith(outcome.text)).toBe(true)
    expect(describeOutcome(outcome, "ja")).toBeUndefined()
  })

  test.each<[string, { readonly text: string; readonly rule?: string }]>([
    ["an older launch", { text, rule: "launch@1", because: "better" } as { readonly text: string }],
    ["a launch of nothing but its rule", { text, rule: "launch@3" }],
    ["a reason that is not known", { text, rule: "launch@3", because: "moon-full" } as { readonly text: string }],
    ["a reason that every object has", { text, rule: "launch@3", because: "toString" } as { readonly text: string }],
  ])("%s is told as it was recorded, and that it is older", (_, outcome) => {
    expect(describeLaunch(outcome, "en")).toBe(text)
    expect(describeLaunch(outcome, "ja")).toMatch(written)
    expect(describeOutcome(outcome, "ja")).toBeUndefined()
  })

  test("a caveat whose origin is not known", () => {
    const caveat = { hyperparameter: "width", value: 64, from: "guess", text: "holds for width 64 only" }
    expect(describeCaveat(caveat as never, "ja")).toMatch(written)
  })
})

const open: OpenProblems = {
  findings: [{ question: "sampling", verdict: "problem", evidence: {}, trials: [], text: "Too few trials." }],
  unspent: { trials: 4, because: "cure-first", why: "a bug is suspected" },
}

describe("fields of another version are told without gaps", () => {
  const told = (outcome: { readonly text: string }): ReadonlyArray<string> => [
    ...languages.flatMap((language) => [
      describeAnswer(outcome, language),
      ...answerParagraphsOf(outcome, language),
      describeLaunch(outcome, language),
    ]),
    describeOutcome(outcome, "ja") ?? "not in this language",
  ]

  test.each([
    ...answers.map(([name, answer]) => [`an answer: ${name}`, answer] as const),
    ["an answer: open problems", answered([group("x", bad), group("y", good)], { open })] as const,
    ...launches.map(([name, launch]) => [`a launch: ${name}`, launch] as const),
  ])("%s", (_, outcome) => {
    for (const shape of otherShapes<object>({ ...outcome, text: undefined })) {
      const recorded = { ...shape, text: outcome.text }
      for (const text of told(recorded))
        expect(text, JSON.stringify(shape)).not.toMatch(/^$|undefined|NaN|null|Infinity|\?|\[object/)
    }
  })

  test("a caveat", () => {
    const caveat = { hyperparameter: "width", value: 64, from: "middle" }
    for (const shape of otherShapes<object>(caveat)) {
      const text = describeCaveat({ ...shape, text: "holds for width 64 only" } as never, "ja")
      expect(text, JSON.stringify(shape)).not.toMatch(/^$|undefined|NaN|null|\?|\[object/)
    }
  })
})

test("any rule's outcome is told where the language has it", () => {
  expect(describeOutcome(answered([]), "ja")).toBe(describeAnswer(answered([]), "ja"))
  expect(describeOutcome(answered([]), "en")).toBe(answered([]).text)
  expect(describeOutcome({ rule: "baseline@2", text: "Baseline." }, "ja")).toBeUndefined()
})
