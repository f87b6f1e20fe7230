import { grouped, suspicionText } from "@tanren/words"
import type { Told } from "../told.ts"
import type { JudgedSuspicion, SuspicionAtLength } from "./suspicion.ts"

type Untold = Omit<SuspicionAtLength, "text">

/** What the long runs say of each bug that the search's short ones gave reason to suspect. */
export const suspicionsText: Told<Untold> = {
  en: (told) => told.judged.map((one) => oneText.en({ ...told, ...one })).join(" "),
  ja: (told) => told.judged.map((one) => oneText.ja({ ...told, ...one })).join(""),
}

type One = Untold & JudgedSuspicion

const oneText: Told<One> = {
  en: (one) =>
    one.because === "not-shown"
      ? `A bug was suspected in ${suspicionText(one.suspicion).en}, in runs of ${grouped(one.from)} steps. ${reasons[one.because].en(one)}`
      : `The suspicion of a bug in ${suspicionText(one.suspicion).en} keeps any gain from being launched: ${reasons[one.because].en(one)}.`,
  ja: (one) =>
    one.because === "not-shown"
      ? `${grouped(one.from)} ステップの試行から，バグが疑われました（${suspicionText(one.suspicion).ja}）．${reasons[one.because].ja(one)}`
      : `バグの疑い（${suspicionText(one.suspicion).ja}）があるため，改善があっても採用しません：${reasons[one.because].ja(one)}．`,
}

const reasons: { readonly [Because in JudgedSuspicion["because"]]: Told<One> } = {
  "not-shown": {
    en: ({ runs, badRuns, reruns, to }) =>
      `The ${grouped(runs)} runs of ${grouped(to)} steps do not show it (${grouped(badRuns)} ended badly, none of the ${grouped(reruns)} re-runs of what would be launched and of what stands), so it is a caveat, and keeps nothing from being launched.`,
    ja: ({ runs, badRuns, reruns, to }) =>
      `${grouped(to)} ステップの ${grouped(runs)} 回の学習（不良 ${grouped(badRuns)} 回，採用候補と現在の設定の再実行 ${grouped(reruns)} 回では 0 回）には現れないため，留意点にとどめ，採用は妨げません．`,
  },
  "same-length": {
    en: ({ from }) => `the search that showed it trained ${grouped(from)} steps, no fewer than what would be launched`,
    ja: ({ from }) => `それが現れた探索の学習は ${grouped(from)} ステップで，採用するものより短くありません`,
  },
  inherited: {
    en: () => "longer runs use the same data in the same way, and would not tell",
    ja: () => "学習を長くしても同じデータを同じように使うため，長い学習では判断できません",
  },
  "too-few-reruns": {
    en: ({ reruns, to }) => `${grouped(reruns)} re-runs of ${grouped(to)} steps are too few to say otherwise`,
    ja: ({ reruns, to }) => `${grouped(to)} ステップの再実行が ${grouped(reruns)} 回では，疑いを除くには少なすぎます`,
  },
  "reruns-end-badly": {
    en: ({ badReruns, reruns, to }) =>
      `${grouped(badReruns)} of the ${grouped(reruns)} re-runs of ${grouped(to)} steps ended badly as well`,
    ja: ({ badReruns, reruns, to }) =>
      `${grouped(to)} ステップの再実行でも，${grouped(reruns)} 回のうち ${grouped(badReruns)} 回が不良でした`,
  },
  "long-runs-end-badly": {
    en: ({ badRuns, runs, to }) =>
      `${grouped(badRuns)} of the ${grouped(runs)} runs of ${grouped(to)} steps ended badly as well`,
    ja: ({ badRuns, runs, to }) =>
      `${grouped(to)} ステップの学習でも，${grouped(runs)} 回のうち ${grouped(badRuns)} 回が不良でした`,
  },
  "equal-curves": {
    en: ({ to }) =>
      `re-runs of ${grouped(to)} steps with different seeds have the same curves, or none to compare, so they show nothing`,
    ja: ({ to }) =>
      `${grouped(to)} ステップの再実行は，シードが異なっても曲線が同一であるか，比べられる曲線がないため，何も示しません`,
  },
  "shown-again": {
    en: ({ to }) => `the checklist suspects a bug in the runs of ${grouped(to)} steps as well`,
    ja: ({ to }) => `${grouped(to)} ステップの学習でも，チェックリストがバグを疑っています`,
  },
  "cannot-tell": {
    en: ({ to }) => `the curves of the runs of ${grouped(to)} steps are too few or too short to say otherwise`,
    ja: ({ to }) => `${grouped(to)} ステップの学習の曲線は，疑いを除くには少なすぎるか短すぎます`,
  },
}
