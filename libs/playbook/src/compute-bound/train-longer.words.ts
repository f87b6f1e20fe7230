import type { Told } from "../told.ts"
import type { LongerProposed } from "./train-longer.ts"

/** What a person may append to the agenda, ready to be copied. */
export const longerText: Told<LongerProposed> = {
  en: ({ work }) =>
    `Results still improve as training ends. If longer training is affordable, the next step is to carry what was learned into it, in rounds. Append this to goals and run the file again: ${JSON.stringify(work)}`,
  ja: ({ work }) =>
    `学習が終わる時点でまだ改善が続いています．より長い学習ができるなら，次の一手は，学んだことをラウンドに分けて長い学習へ引き継ぐことです．goals に次を加えて，ファイルをもう一度実行してください：${JSON.stringify(work)}`,
}
