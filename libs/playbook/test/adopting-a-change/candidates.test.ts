import type { Metric } from "@tanren/terms"
import { expect, test } from "vitest"
import { answerOfCandidates, type CandidateRerun, candidateReruns } from "../../src/adopting-a-change/candidates.ts"
import { candidateParagraphs } from "../../src/adopting-a-change/candidates.words.ts"

const metric: Metric = { name: "valid/error", goal: "minimize" }
const training = { maxTrainSteps: 100 }

const candidate = (label: string, values: ReadonlyArray<number>, lost = 0): CandidateRerun => ({
  ...{
    label,
    hyperparameters: { x: label },
    training,
    from: `g2.batch-1/${label}`,
    study: `g2.${label}`,
    values,
    lost,
  },
})

const good = candidate("B", [0.1, 0.101, 0.099, 0.1, 0.102])
const bad = candidate("A", [0.2, 0.201, 0.199, 0.2, 0.202])
const near = candidate("C", [0.101, 0.1, 0.102, 0.1, 0.101])

test("each candidate is run again as it would be trained, and named by its label", () => {
  const one = { label: "A", hyperparameters: { x: 1 }, training, from: "g2.batch-1/3" }
  const { values } = candidateReruns({ place: 2, candidates: [one], repeats: 4, seedsUndeclared: false })
  expect(values).toMatchObject([
    { label: "A", best: "g2.batch-1/3", reruns: { id: "g2.candidate-a.reruns", held: { x: 1 }, trials: 4, training } },
  ])
  const refused = candidateReruns({ place: 2, candidates: [one], repeats: 4, seedsUndeclared: true })
  expect(refused.values[0]?.reruns).toBeNull()
  expect(refused.refused).toContain("seeds")
})

test("the best mean leads, and is better only where every interval says so", () => {
  const clear = answerOfCandidates({ metric, candidates: [bad, good] })
  expect(clear).toMatchObject({ verdict: "better", because: null, candidates: [{ label: "B" }, { label: "A" }] })
  const close = answerOfCandidates({ metric, candidates: [bad, good, near] })
  expect(close.verdict).toBe("no-difference-established")
  expect(close.comparisons.map(({ other, level }) => [other, level])).toEqual([
    ["C", 0.975],
    ["A", 0.975],
  ])
  expect(
    answerOfCandidates({ metric: { ...metric, goal: "maximize" }, candidates: [bad, good] }).candidates[0]?.label,
  ).toBe("A")
})

test("percent are told as percent, and their differences as points", () => {
  const percent = ({ label, values }: CandidateRerun) =>
    candidate(
      label,
      values.map((value) => 100 * value),
    )
  const answer = answerOfCandidates({ metric, candidates: [percent(bad), percent(good)], validationExamples: 1000 })
  expect(answer.metric.unit).toBe("percent")
  for (const text of [answer.text, candidateParagraphs.ja(answer).join("")]) {
    expect(text).toContain("10.04")
    expect(text).toMatch(/(by|差は) 10\.00/)
    expect(text).toContain("±0.95")
  }
})

test("one candidate is compared with nothing", () => {
  expect(answerOfCandidates({ metric, candidates: [good] })).toMatchObject({ verdict: "best-found", comparisons: [] })
})

test("a candidate that lost re-runs leads none, whatever its lucky runs came to, and keeps none from being judged", () => {
  const lucky = candidate("C", [0.05], 4)
  const answer = answerOfCandidates({ metric, candidates: [bad, lucky, good] })
  expect(answer).toMatchObject({ verdict: "better", because: null })
  expect(answer.candidates.map(({ label }) => label)).toEqual(["B", "A", "C"])
  expect(answer.comparisons.map(({ other, level }) => [other, level])).toEqual([["A", 0.95]])
  expect(answer.text).toContain("Candidate C lost 4 of its 5 re-runs")
  expect(answer.text).not.toContain("C 5.00")
  expect(candidateParagraphs.ja(answer).join("")).toContain("候補 C は 5 回の再実行のうち 4 回が完了しませんでした")
  expect(answerOfCandidates({ metric, candidates: [lucky, good] })).toMatchObject({ verdict: "best-found" })
})

test.each([
  ["seeds-ignored", { candidates: [good], seedsIgnored: true }],
  ["seeds-undeclared", { candidates: [], seedsUndeclared: true }],
  ["no-candidate", { candidates: [] }],
  ["too-few-reruns", { candidates: [candidate("A", [0.1, 0.2])] }],
  ["lost-reruns", { candidates: [candidate("A", [0.1, 0.11, 0.12], 2)] }],
  ["no-spread", { candidates: [candidate("A", [0.1, 0.1, 0.1]), candidate("B", [0.2, 0.2, 0.2])] }],
] as const)("undecided: %s", (because, input) => {
  const answer = answerOfCandidates({ metric, ...input })
  expect(answer).toMatchObject({ verdict: "undecided", because })
  expect(answer.text).toMatch(/^Undecided: /)
  expect(candidateParagraphs.ja(answer)[0]).toMatch(/^未定：/)
})

test("both languages tell the same numbers", () => {
  const answer = answerOfCandidates({ metric, candidates: [bad, good], validationExamples: 600 })
  for (const told of [answer.text, candidateParagraphs.ja(answer).join("")]) {
    expect(told).toContain("10.04 %")
    expect(told).toContain("20.04 %")
    expect(told).toContain("600")
  }
})
