import { absent, number, orNull } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

export const lastGoals = telling({
  subject: absent,
  evidence: {
    goals: number,
    gain: number,
    gainInNoise: orNull(number),
    errorInNoise: orNull(number),
    /** Of such a gain by retraining noise alone. */
    chance: orNull(number),
    from: number,
    to: number,
  },
  en: (e, { verdict }) => {
    const gain = `The last ${shortNumber(e.goals)} goals together gained ${shortNumber(e.gain)}`
    if (e.gainInNoise === null)
      return `${gain}; the retraining noise is not known, so it cannot be judged whether that is a real gain.`
    const inNoise = `${gain}, ${shortNumber(e.gainInNoise)} times the retraining standard deviation`
    if (verdict === "fine") return `${inNoise}.`
    return `${inNoise}: the gains have saturated${verdict === "watch" ? ", as far as so few runs can tell" : ""}.`
  },
  ja: (e, { verdict }) => {
    const gain = `直近${shortNumber(e.goals)}個の目標による改善は合わせて ${shortNumber(e.gain)} です`
    if (e.gainInNoise === null) return `${gain}．再学習のばらつきがわからないため，意味のある改善かどうかは言えません．`
    const inNoise = `${gain}（再学習の標準偏差の${shortNumber(e.gainInNoise)}倍）`
    if (verdict === "fine") return `${inNoise}．`
    return verdict === "watch"
      ? `${inNoise}．少ない実行で言える限りでは，改善は飽和しています．`
      : `${inNoise}．改善は飽和しています．`
  },
})
