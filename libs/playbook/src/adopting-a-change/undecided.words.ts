import { plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Answer, GroupSummary } from "./answer.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import { groupsAbout, lostEffort, type Undecided } from "./undecided.ts"
import { undeclaredSeeds, undeclaredSeedsCure } from "./undeclared-seeds.words.ts"
import { effortOf } from "./uneven-effort.ts"

interface About {
  readonly values: ReadonlyArray<string>
  /** The groups of those values. */
  readonly groups: ReadonlyArray<GroupSummary>
}

const reasons: { readonly [Reason in Undecided["reason"]]: Told<About> } = {
  "seeds-ignored": {
    en: () => "the program ignores its seed: its curves are identical for different seeds, so re-runs show no noise",
    ja: () => "プログラムがシードを無視しています．異なるシードでも曲線が同一なので，再実行してもばらつきが現れません",
  },
  "no-study": {
    en: () => "no study ran",
    ja: () => "スタディが実行されていません",
  },
  "seeds-undeclared": {
    en: () => `this was exploration only: ${undeclaredSeeds.en}. To get an answer, ${undeclaredSeedsCure.en}`,
    ja: () => `今回は探索だけです．${undeclaredSeeds.ja}．答えを得るには，${undeclaredSeedsCure.ja}`,
  },
  "none-completed": {
    en: ({ values }) => `no trial completed for ${values.join(", ")}`,
    ja: ({ values }) => `${values.join("，")} では完了した試行がありません`,
  },
  "uneven-effort": {
    en: ({ groups }) =>
      groups.every(lostEffort)
        ? `${failedTrials.en(groups)} failed, so the values were not tuned with equal effort`
        : `the values were not tuned with equal effort (${groups.map((group) => `${group.label} ${plural(effortOf(group), "trial")}`).join(", ")}): the best of more trials is better for that alone`,
    ja: ({ groups }) =>
      groups.every(lostEffort)
        ? `${failedTrials.ja(groups)}が失敗し，値ごとの調整の労力が等しくありません`
        : `値ごとの調整の労力が等しくありません（${groups.map((group) => `${group.label} ${effortOf(group)} 試行`).join("，")}）．試行が多ければ，それだけで最良値は良くなります`,
  },
  "too-few-reruns": {
    en: ({ groups }) =>
      `too few re-runs completed for ${groups.map(({ label, repeats }) => `${label} (${repeats})`).join(", ")}: a verdict needs at least ${LEAST_REPEATS}`,
    ja: ({ groups }) =>
      `完了した再実行が足りません：${groups.map(({ label, repeats }) => `${label}（${repeats} 回）`).join("，")}．判定には ${LEAST_REPEATS} 回以上必要です`,
  },
  "lost-reruns": {
    en: ({ values, groups }) =>
      `${groups[0]?.lostRepeats} of the re-runs of ${values.join(", ")} did not complete: the mean of those that did flatters it`,
    ja: ({ values, groups }) =>
      `${values.join("，")} の再実行のうち ${groups[0]?.lostRepeats} 回が完了しませんでした．完了した分の平均は良く見えすぎます`,
  },
  "no-spread": {
    en: () => "no value varies from re-run to re-run, and the metric's resolution is not known",
    ja: () => "どの再実行も同じ値で，指標の分解能も分かっていません",
  },
}

/** The reason as the end of a sentence. */
export const undecidedText = (because: Undecided, groups: ReadonlyArray<GroupSummary>): string =>
  reasons[because.reason].en({ values: because.values, groups: groupsAbout(because, groups) })

/** The same in Japanese. The English that was recorded stands in for a reason that is not known here, or not by a word. */
export const undecidedJapanese = ({ because, undecided, groups }: Omit<Answer, "text">): string =>
  because == null || !Object.hasOwn(reasons, because.reason)
    ? (undecided ?? "")
    : reasons[because.reason].ja({ values: because.values, groups: groupsAbout(because, groups) })

/** `4 of 16 trials of use_dropout=true`, for each group. */
export const failedTrials: Told<ReadonlyArray<GroupSummary>> = {
  en: (groups) => groups.map((group) => `${group.failed} of ${trialsOf(group)} trials of ${group.label}`).join(", "),
  ja: (groups) => groups.map((group) => `${group.label} の ${trialsOf(group)} 試行中 ${group.failed} 試行`).join("，"),
}

const trialsOf = ({ completed, infeasible, failed }: GroupSummary): number => completed + infeasible + failed
