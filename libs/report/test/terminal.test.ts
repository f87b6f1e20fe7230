import type { LaunchDecision } from "@tanren/playbook"
import type { Action, Finding } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { answerText, durationText, findingsText, progressLine } from "../src/index.ts"
import { displayWidth, plain, textTable, wrap } from "../src/terminal-text.ts"
import { fixture } from "./fixture.ts"

const campaign = fixture()
const metric = { name: "valid/error", goal: "minimize" } as const

describe("the terminal", () => {
  it("tells the answers, the launch and the best configuration within its width", () => {
    const data = campaign
    const text = answerText(data, { width: 72 })
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(72)
    expect(text).toContain("digits-2f41c0: Finished")
    expect(text).toContain("Goal 2: Does dropout lower the validation error?")
    expect(text).toContain("Launch: Adopt")
    expect(text).toMatch(/learning_rate +0\.\d+/)
    expect(text).toContain("Checkpoint: .tanren/digits")
  })

  it("does so for a campaign without an answer", () => {
    const data = { ...campaign, launched: null, goals: [], status: "running" } as const
    expect(answerText(data)).toContain("No goal has been started yet.")
  })

  it("says that nothing was launched, and what limits the conclusion", () => {
    const text = answerText({ ...campaign, launched: null, backends: ["node", "wasm"], caveats: ["a caveat"] })
    expect(text).toContain("Launched: nothing; the starting configuration stands.")
    expect(text).toContain("Caveat: a caveat")
    expect(text).toContain("Caveat: Trials ran on different backends (node, wasm)")
    expect(answerText({ ...campaign, backends: ["wasm"] })).not.toContain("Caveat:")
  })

  it("says first what happens where a person did not follow the proposal", () => {
    const proposal = campaign.goals[1]!.launch as LaunchDecision
    const launch = { decision: "keep", text: `${proposal.text} Rejected by Ada: the baseline stays.`, proposal }
    const goals = [{ ...campaign.goals[1]!, launch }]
    expect(answerText({ ...campaign, goals, launched: null }, { width: 400 })).toMatch(
      /Launch: Keep the baseline\. Proposed: Adopt .* Rejected by Ada/s,
    )
  })

  it("keeps Japanese lines within the width too", () => {
    const text = answerText(campaign, { language: "ja", width: 72 })
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(74)
    expect(text).toContain("採用された設定")
    expect(text).toContain("の方が良いです")
    expect(text).not.toContain("is ahead of")
  })

  it("shows progress in one line", () => {
    const progress = { phase: "goal 1, study 2", done: 12, total: 32, running: 3, infeasible: 2, metric, best: 0.0421 }
    expect(progressLine({ ...progress, secondsLeft: 80 })).toBe(
      "goal 1, study 2 · 12/32 done · 3 running · 2 infeasible · best valid/error 4.21 % · 1 min 20 s left",
    )
    expect(progressLine({ ...progress, best: Number.NaN, infeasible: 0, running: 0 })).toBe(
      "goal 1, study 2 · 12/32 done · no finite value yet",
    )
    expect(progressLine({ ...progress, infeasible: 0, running: 0, failed: 1, secondsLeft: null })).toBe(
      "goal 1, study 2 · 12/32 done · 1 failed · best valid/error 4.21 %",
    )
    expect(displayWidth(progressLine(progress, { width: 40 }))).toBeLessThanOrEqual(40)
  })

  it("lists what needs acting on before what does not", () => {
    const text = findingsText(campaign.goals[0]!.findings)
    expect(text.lastIndexOf("[Watch]")).toBeLessThan(text.indexOf("[Fine]"))
    expect(findingsText([])).toContain("No finding")
  })

  it("tells findings of another version of the rules in both languages", () => {
    const [known] = campaign.goals[0]!.findings
    const older: Finding = {
      ...known!,
      verdict: "problem",
      evidence: { somethingElse: 1 },
      text: "Half of it is missing.",
      action: { type: "add-trials", count: 24 },
    }
    const gone: Finding = { ...older, question: "asked-no-more", action: { type: "pray" } as unknown as Action }
    const english = findingsText([older, gone])
    expect(english).toContain("Half of it is missing.")
    expect(english).toContain("→ Run 24 more trials")
    expect(english).toContain("[Problem] asked-no-more")
    const japanese = findingsText([older, gone], { language: "ja", width: 400 })
    expect(japanese).toContain("問題あり（以前の版の規則による所見，英語のまま：Half of it is missing.）")
    expect(japanese).toContain("さらに 24 試行")
    expect(japanese).toContain("asked-no-more：問題あり")
    expect(japanese).not.toMatch(/undefined|\?/)
  })

  it("lets no escape sequence through", () => {
    expect(plain("a\u001b[31mb\u0007\nc")).toBe("ab c")
    const data = { ...campaign, campaign: "x\u001b]0;owned\u0007", goals: [] }
    expect(answerText(data)).not.toMatch(/\p{Cc}(?<!\n)/u)
  })

  it("writes durations", () => {
    expect([3700, 200, 5, -1].map((seconds) => durationText(seconds))).toEqual([
      "1 h 2 min",
      "3 min 20 s",
      "5 s",
      "0 s",
    ])
  })

  it("pads wide characters by two columns", () => {
    expect(
      textTable([
        ["学習率", "1"],
        ["lr", "2"],
      ]),
    ).toEqual(["学習率  1", "lr      2"])
    expect(wrap("one two three", 10)).toEqual(["one two", "three"])
  })
})
