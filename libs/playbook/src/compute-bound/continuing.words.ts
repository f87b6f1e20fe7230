import { grouped, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Continuing } from "./continuing.ts"

const duties = (lacking: ReadonlyArray<string>): string => lacking.map((duty) => `\`${duty}\``).join(", ")

const reasons: { readonly [Because in NonNullable<Continuing["because"]>]: Told<Continuing> } = {
  "no-trials-of-its-own": {
    en: () => "the trials of the goals before kept no checkpoint for it",
    ja: () => "先行する目標の試行は，そのためのチェックポイントを残していません",
  },
  "own-schedule": {
    en: () => "the learning rate schedule is the program's own, and where its decay begins is not known",
    ja: () => "学習率スケジュールはプログラム自身のもので，減衰の始まりが分かりません",
  },
  stretched: {
    en: () => "the longer training has other learning rates from its start on",
    ja: () => "長い学習では，始めから学習率が異なります",
  },
  "decays-at-once": {
    en: () => "the decay begins before the first evaluation",
    ja: () => "最初の評価より前に減衰が始まります",
  },
  "not-longer": {
    en: () => "the next round trains no longer",
    ja: () => "次のラウンドの学習は長くありません",
  },
  "duties-undeclared": {
    en: ({ lacking }) => `the program declares no ${duties(lacking)}`,
    ja: ({ lacking }) => `プログラムが ${duties(lacking)} を宣言していません`,
  },
}

/** What the round that decided it does for the next one. */
export const continuingText: Told<Continuing> = {
  en: (made) =>
    made.step === null
      ? `The longer runs after it begin at their first step: ${made.because === null ? "nothing is kept" : reasons[made.because].en(made)}.`
      : `While they may be among the best, its runs keep their checkpoint of step ${grouped(made.step)}, from before the decay begins: longer runs may go on from there.`,
  ja: (made) =>
    made.step === null
      ? `次の長い学習は最初のステップから始まります：${made.because === null ? "残すものがありません" : reasons[made.because].ja(made)}．`
      : `最良の点に残りうる間，減衰が始まる前のステップ ${grouped(made.step)} のチェックポイントを残し，長い学習はそこから続けられます．`,
}

/** Of a later round's runs. */
export interface GoingOn {
  readonly runs: number
  readonly of: number
  readonly step: number
}

/** As an expectation: a checkpoint that is gone costs the steps, and changes nothing else. */
export const goingOnText: Told<GoingOn> = {
  en: ({ runs, of, step }) =>
    `${runs} of its ${plural(of, "run")} go on from step ${grouped(step)} of their shorter runs, with the same seeds; that is expected to save ${grouped(runs * step)} steps, and changes no result.`,
  ja: ({ runs, of, step }) =>
    `${of} 回の学習のうち ${runs} 回は，短い学習のステップ ${grouped(step)} から同じシードで続けます．${grouped(runs * step)} ステップの節約が見込まれ，結果は変わりません．`,
}
