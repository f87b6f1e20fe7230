import { plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Looks } from "./looks.ts"

/** One look has its level in its own sentence; several add up. */
export const looksText: Told<Looks> = {
  en: ({ compared, adopted, byChance }) =>
    compared < 2
      ? ""
      : `${plural(compared, "launch", "launches")} were judged by their runs, ${adopted} adopted. Had no candidate been better, ${byChance.toFixed(2)} would be adopted by chance on average, and more where a warning above applies.`,
  ja: ({ compared, adopted, byChance }) =>
    compared < 2
      ? ""
      : `実行結果による採用判断は ${compared} 回，うち採用は ${adopted} 回です．どの候補も実際には良くなかったとしても，平均 ${byChance.toFixed(2)} 回は偶然に採用されます（上の注意が当てはまる場合はさらに増えます）．`,
}
