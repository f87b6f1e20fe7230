import type { LaunchDecision } from "@tanren/playbook"
import type { Texts } from "@tanren/words"
import { exitCodes } from "./compared.ts"

export const comparedWords = {
  assumed: {
    en: "Taken as given, since files do not tell it: both sides were measured by the same code on the same data but for what is compared; how many runs there are was fixed before they ran; none of B's runs made it the candidate (--picked-from N where they did).",
    ja: "ファイルからは分からないので前提としたこと：比べたいもの以外は同じコードと同じデータで測ったこと，実行回数は実行前に決めたこと，B の実行は B を候補に選ぶのに使っていないこと（使った場合は --picked-from N）．",
  },
  examplesUnused: (examples: number) => ({
    en: `The ${examples} validation examples are not used: the values are no shares of so many examples (a rate's name, whole numbers of examples, all digits).`,
    ja: `バリデーションの ${examples} 例は使っていません．値がその例数の割合ではないためです（割合を表す名前で，例数の整数倍が桁落ちせずに書かれている必要があります）．`,
  }),
  code: (decision: LaunchDecision["decision"]) => ({
    en: `Exit code ${exitCodes[decision]} (0 adopt, 10 keep, 11 undecided)`,
    ja: `終了コード ${exitCodes[decision]}（0 採用，10 維持，11 未定）`,
  }),
} satisfies Texts
