import { grouped } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Extension } from "./schedule-extension.ts"

const courses: { readonly [Course in Extension["course"]]: Told<Extension> } = {
  constant: {
    en: () => "The learning rate stays constant",
    ja: () => "学習率は一定のままです",
  },
  linear: {
    en: ({ decaySteps, from, to }) =>
      `Linear decay keeps its ${grouped(decaySteps ?? 0)} steps, and the constant part before it grows by ${grouped(to - from)}`,
    ja: ({ decaySteps, from, to }) =>
      `線形減衰は ${grouped(decaySteps ?? 0)} ステップのまま，その前の一定の部分が ${grouped(to - from)} ステップ延びます`,
  },
  cosine: {
    en: () => "The cosine keeps its base learning rate and is laid over the longer training",
    ja: () => "コサイン減衰は基本の学習率を保ち，長くなった学習全体に引き伸ばされます",
  },
  own: {
    en: ({ declared }) =>
      declared === "constant"
        ? "The program's own learning rate stays constant, as the campaign file says"
        : "The program's own learning rate schedule is used: one that it lays over maxTrainSteps is stretched; with any other, the extra steps are spent wherever it has ended, perhaps at a learning rate that is too small",
    ja: ({ declared }) =>
      declared === "constant"
        ? "キャンペーンファイルによれば，プログラム自身の学習率は一定のままです"
        : "学習率スケジュールはプログラム自身のものです．maxTrainSteps 全体に敷くものなら引き伸ばされ，そうでなければ，追加のステップはスケジュールが終わった後の（小さすぎるかもしれない）学習率で費やされます",
  },
}

/** How the schedule goes from one length to the next, and how sure that is. */
export const extensionText: Told<Extension> = {
  en: (extension) => {
    const warmup = extension.warmupSteps === null ? "" : `; warmup keeps its ${grouped(extension.warmupSteps)} steps`
    const speculation = extension.course === "own" ? "" : " (speculation, as the playbook says)"
    return `${courses[extension.course].en(extension)}${warmup}${speculation}.`
  },
  ja: (extension) => {
    const warmup =
      extension.warmupSteps === null ? "" : `．ウォームアップは ${grouped(extension.warmupSteps)} ステップのままです`
    const speculation = extension.course === "own" ? "" : "（プレイブック自身が推測としています）"
    return `${courses[extension.course].ja(extension)}${warmup}${speculation}．`
  },
}
