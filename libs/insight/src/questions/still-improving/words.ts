import { absent, number, orNull } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { schedule } from "../../curves/schedule.ts"
import { telling } from "../../telling.ts"

export const lastQuarter = telling({
  subject: absent,
  evidence: { gainOfLastQuarter: number, inNoise: orNull(number), chance: number, curves: number, schedule },
  en: (e, { verdict }) => {
    const inNoise = e.inNoise === null ? "" : ` (${shortNumber(e.inNoise)} times the retraining standard deviation)`
    const gain = `The best trials gain ${shortNumber(e.gainOfLastQuarter)} in the last quarter of training${inNoise}`
    if (verdict === "problem") return `${gain}: training is compute-bound; more steps would help.`
    if (verdict === "fine")
      return `The best trials have stopped improving by the end (${shortNumber(e.gainOfLastQuarter)} in the last quarter).`
    return e.schedule === "decays-to-end"
      ? `${gain}; normal for a learning rate that decays to the end.`
      : e.schedule === "cyclic"
        ? `${gain}; normal for a cyclic learning rate that ends with a fall.`
        : `${gain}; normal if the learning rate decays to the end. Otherwise training is compute-bound.`
  },
  ja: (e, { verdict }) => {
    const inNoise = e.inNoise === null ? "" : `（再学習の標準偏差の${shortNumber(e.inNoise)}倍）`
    const gain = `最良の試行は最後の4分の1で ${shortNumber(e.gainOfLastQuarter)} 改善しています${inNoise}`
    if (verdict === "problem") return `${gain}．計算限界にあり，ステップを増やすと良くなります．`
    if (verdict === "fine")
      return `最良の試行は終了までに改善が止まっています（最後の4分の1で ${shortNumber(e.gainOfLastQuarter)}）．`
    return e.schedule === "decays-to-end"
      ? `${gain}．最後まで減衰するスケジュールでは普通のことです．`
      : e.schedule === "cyclic"
        ? `${gain}．上下を繰り返す学習率が最後に下がるなら普通のことです．`
        : `${gain}．学習率が最後まで減衰するなら普通のことで，そうでなければ計算限界にあります．`
  },
})
