import { grouped } from "@tanren/words"
import { describe, expect, test } from "vitest"
import type { CandidateRerun } from "../../src/adopting-a-change/candidates.ts"
import { isRoundsAnswer } from "../../src/compute-bound/recorded.ts"
import { answerRounds, type RoundsAnswerInput } from "../../src/compute-bound/rounds-answer.ts"
import { answerParagraphs } from "../../src/compute-bound/rounds-answer.words.ts"
import { describeAnswer } from "../../src/describe.ts"

const steps = `${grouped(3200)} steps`

const runs = (about: number) => [0, 0.001, -0.001, 0.002, -0.002].map((off) => about + off)

const candidate = (label: string, values: ReadonlyArray<number>, lost = 0): CandidateRerun => ({
  ...{ label, values, lost, hyperparameters: { learning_rate: label === "A" ? 0.1 : 0.2 } },
  ...{ training: { maxTrainSteps: 3200 }, from: `g1.round-2/${label}`, study: `g1.candidate-${label}.reruns` },
})

/** An error of what stands of 0.2 now; what it and the point that was found come to at full length. */
const answered = (
  candidates: ReadonlyArray<CandidateRerun>,
  { from = 800, to = 3200 }: Partial<Pick<RoundsAnswerInput, "from" | "to">> = {},
) =>
  answerRounds({
    ...{ metric: { name: "valid/error", goal: "minimize" }, from, to, before: runs(0.2), candidates },
    ...{ rounds: [], transfers: [], open: { findings: [], unspent: null } },
  })

describe("the length is not credited with what the point did", () => {
  test("longer training that harms, at a point that is better all the same", () => {
    const answer = answered([candidate("A", runs(0.25)), candidate("B", runs(0.1))])
    expect(answer.verdict).toBe("better")
    expect(answer.lengthAlone?.high).toBeLessThan(0)
    expect(answer.text).toContain(`What was found at ${steps} is better than what stands at 800, by 10.00 points`)
    expect(answer.text).toContain("Longer training alone harms: what stands gains -5.00 points")
    expect(answer.text).not.toContain("pays")
    expect(answer.text).toContain("It was not run again with fresh seeds at 800 steps")
    const ja = answerParagraphs.ja(answer).join("")
    expect(ja).toContain(`${grouped(3200)} ステップで見つかったものは，800 ステップの現在の設定より 10.00 ポイント`)
    expect(ja).toContain("学習を長くしただけでは悪くなります")
    expect(ja).toContain("この点は 800 ステップでは新しいシードで再実行していない")
  })

  test("it pays only where that is established", () => {
    const pays = answered([candidate("A", runs(0.15)), candidate("B", runs(0.1))])
    expect(pays.text).toContain("Longer training alone pays: what stands gains 5.00 points")
    const open = answered([candidate("A", runs(0.2)), candidate("B", runs(0.1))])
    expect(open.text).toContain("That longer training alone pays is not established")
    expect(answerParagraphs.ja(open).join("")).toContain("学習を長くしただけで効果があるとは確かめられていません")
  })

  test("an equal or a shorter length is not called longer", () => {
    const candidates = [candidate("A", runs(0.2)), candidate("B", runs(0.1))]
    const equal = answered(candidates, { from: 3200 })
    expect(equal.text).toContain("That training as this work does, at the same length, pays is not established")
    const shorter = answered(candidates, { to: 400 })
    expect(shorter.text).toContain("That shorter training alone pays is not established")
    for (const answer of [equal, shorter]) {
      expect(answer.text).not.toMatch(/longer/i)
      expect(answerParagraphs.ja(answer).join("")).not.toContain("長くした")
    }
    expect(equal.text).not.toContain("was not run again")
  })

  test("what stands with the best mean: others had a worse one, which is all that is known", () => {
    const answer = answered([candidate("A", runs(0.1)), candidate("B", runs(0.1001))])
    expect(answer.text).toContain(`What stands, run again at ${steps}, is better than what stands at 800`)
    expect(answer.text).toContain("No point that was found had a better mean at that length.")
  })
})

describe("candidates that lost re-runs", () => {
  test("one lucky run of five does not keep what stands, trained longer, from being judged", () => {
    const answer = answered([candidate("A", runs(0.1)), candidate("B", [0.05], 4)])
    expect(answer).toMatchObject({ verdict: "better", because: null, pointAlone: null })
    expect(answer.candidates.candidates[0]?.label).toBe("A")
    expect(answer.text).toContain(`The point learning_rate 0.2 lost 4 of its 5 re-runs at ${steps}`)
    expect(answerParagraphs.ja(answer).join("")).toContain("5 回の再実行のうち 4 回が完了しませんでした")
  })

  test("what stands among them: the gain is not taken apart", () => {
    const answer = answered([candidate("A", [0.15, 0.16, 0.15], 2), candidate("B", runs(0.1))])
    expect(answer).toMatchObject({ verdict: "better", lengthAlone: null, pointAlone: null })
    expect(answer.text).toContain("so what the length gains alone is not known")
  })
})

test("an answer of another shape under the same name is quoted, never thrown on", () => {
  const answer = JSON.parse(JSON.stringify(answered([candidate("A", runs(0.15)), candidate("B", runs(0.1))])))
  expect(isRoundsAnswer(answer)).toBe(true)
  const older = [
    { ...answer, candidates: answer.candidates.candidates },
    { ...answer, candidates: undefined },
    { ...answer, open: undefined },
    { rule: answer.rule, text: answer.text },
  ]
  for (const one of older) {
    expect(isRoundsAnswer(one)).toBe(false)
    expect(describeAnswer(one, "ja")).toContain(`What was found at ${steps}`)
  }
})
