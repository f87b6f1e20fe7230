import { absent, number, orNull } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

export const doubling = telling({
  subject: absent,
  evidence: {
    points: number,
    /** With the infeasible ones. */
    trials: number,
    /** Within two noises of the best. */
    goodPoints: orNull(number),
    gainOfDoubling: number,
    gainInNoise: orNull(number),
    /** Of the best of `budgetOfRange` trials: the study variance. */
    interquartileRangeOfBest: number,
    budgetOfRange: orNull(number),
    noise: orNull(number),
  },
  en: (e, { verdict }) => {
    const gain = `Doubling the ${shortNumber(e.trials)} trials is expected to improve the best by ${shortNumber(e.gainOfDoubling)}`
    if (e.gainInNoise === null) return `${gain}; without repeats, this cannot be compared with retraining noise.`
    const inNoise = `${gain}, ${shortNumber(e.gainInNoise)} times the retraining standard deviation`
    if (verdict === "problem") return `${inNoise}: the space is not sampled densely enough.`
    return verdict === "watch" ? `${inNoise}: a little more could be found.` : `${inNoise}: enough points were sampled.`
  },
  ja: (e, { verdict }) => {
    const gain = `${shortNumber(e.trials)}試行を倍にすると，最良値は ${shortNumber(e.gainOfDoubling)} 改善すると見込まれます`
    if (e.gainInNoise === null) return `${gain}．繰り返しがないため，再学習のばらつきとは比べられません．`
    const inNoise = `${gain}（再学習の標準偏差の${shortNumber(e.gainInNoise)}倍）`
    if (verdict === "problem") return `${inNoise}．サンプリングが足りません．`
    return verdict === "watch" ? `${inNoise}．もう少し改善の余地があります．` : `${inNoise}．点の数は十分です．`
  },
})
