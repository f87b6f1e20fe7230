import type { Finding } from "@tanren/terms"
import type { Question } from "../finding.ts"
import { blowUp, causesIn, evidenceOf, listed, notComparedIn, number, percent, trulyBad } from "./words.ts"

export const japanese = (finding: Finding): string => {
  if (finding.verdict === "too-few-data") return tooFew(finding)
  return sentences[finding.question as Question](finding, evidenceOf(finding))
}

type Sentence = (finding: Finding, evidence: ReturnType<typeof evidenceOf>) => string

const questions: Readonly<Record<Question, string>> = {
  "search-space-edge": "探索空間の端",
  "instability-wall": "不安定性の壁",
  sampling: "サンプリングの密度",
  "infeasible-share": "実行不可能な試行の割合",
  optimisation: "最適化の問題",
  overfitting: "過学習",
  "step-variance": "ステップ間分散",
  "still-improving": "終了時の改善",
  "saturated-early": "早い飽和",
  "training-loss-rising": "トレーニング損失の上昇",
  "periodic-metric": "指標の周期性",
  "best-step": "最良のステップ",
  isolation: "分離プロット",
  sensitivity: "感度",
  "gains-saturated": "改善の飽和",
}

const tooFew = (finding: Finding): string => {
  const e = evidenceOf(finding)
  const name = questions[finding.question as Question]
  const about = finding.subject === undefined ? name : `${name}（${finding.subject}）`
  if (e("missing") === "learning rate") return `${about}：学習率とわかるハイパーパラメータがないため，判断しません．`
  if (e("missing") !== undefined) return `${about}：試行の記録に ${e("missing")} の曲線がないため，判断しません．`
  if (e("unmoved") !== undefined)
    return `${about}：最良の試行のうち${number(e("unmoved"))}個で指標がまったく動かないため，判断しません．`
  if (e("evaluations") !== undefined && e("trialsNeeded") !== undefined)
    return `${about}：${number(e("needed"))}回以上の評価をもつ完了した試行が${number(e("trialsNeeded"))}個以上必要ですが，${number(e("points"))}個しかないため，判断しません．`
  if (e("evaluations") !== undefined)
    return `${about}：完了した試行ごとに${number(e("needed"))}回以上の評価が必要ですが，${number(e("evaluations"))}回しかないため，判断しません${e("repeated") === true ? "（次の評価まで繰り返されているだけの値は1回と数えます）" : ""}${e("uneven") === true ? "（不均等な間隔の評価は，大部分を占める間隔で数えます）" : ""}．`
  if (e("goals") !== undefined)
    return `${about}：完了した目標が${number(e("needed"))}個必要ですが，${number(e("goals"))}個しかないため，判断しません．`
  if (e("values") !== undefined)
    return `${about}：科学的な値が2つ以上，それぞれ${number(e("needed"))}個以上の実行可能な試行が必要ですが，値は${number(e("values"))}個，最も少ない値の試行は${number(e("smallest"))}個のため，判断しません．`
  return `${about}：完了した試行が${number(e("needed"))}個以上必要ですが，${number(e("points") ?? e("total"))}個しかないため${Number(e("infeasible") ?? 0) > 0 && e("points") !== undefined ? `（ほかに実行不可能な試行が${number(e("infeasible"))}個）` : ""}，判断しません．`
}

/** How many of the infeasible trials completed, and are infeasible by their value alone. */
const byValue = (e: ReturnType<typeof evidenceOf>): string => {
  const causes = causesIn(e("causes"))
  const bad = causes[trulyBad]
  const one =
    causes[blowUp] === undefined ? "" : `（うち${number(causes[blowUp])}個は同じ設定の他のシードよりはるかに悪いため）`
  if (bad === undefined || e("trulyBadAbove") == null) return one
  return `${one}（${bad === e("infeasible") ? "いずれも" : `うち${number(bad)}個は`}値が ${number(e("trulyBadAbove"))} より悪いため）`
}

const noiseKnown = (value: unknown) => value !== null && value !== undefined
const end = (value: unknown) => (value === "low" ? "下端" : "上端")

const neverMoves: Sentence = (f, e) => {
  const all = e("unmoved") === e("curves")
  const how = all
    ? `${number(e("curves"))}試行のいずれでも`
    : `${number(e("curves"))}試行のうち${number(e("unmoved"))}個で`
  const at = e("value") === null ? "" : `（${number(e("value"))} のまま）`
  const still = `${f.subject} は${how}まったく動きません${at}`
  if (e("isLoss") === true && f.verdict === "watch")
    return `${still}${all ? "" : "．最良の試行の多くもそうです"}．指標は動いているので，学習に使う損失ではないか，記録が誤っています．`
  const bug =
    e("lossMoves") === true
      ? "トレーニング損失は動いているので，別の重みの評価やラベルの誤りが疑われます"
      : "何も学習されていません．学習率が0，重みの凍結，ラベルの誤りなどが疑われます"
  const dull =
    "あるいは，学習が見えない指標です（一つのクラスがほとんどを占める場合の正解率，最初の評価の前に終わっていた課題）"
  if (f.verdict === "problem") return `${still}．${bug}．${dull}．調整の前にバグを探してください．`
  return e("value") === null
    ? `${still}が，試行ごとに異なります．最終値がすべてのステップに書かれているか，学習が何も変えていません．`
    : `${still}．最良の試行の多くもそうです．何も学習されていないか，${dull}．`
}

const sentences: Readonly<Record<Question, Sentence>> = {
  "search-space-edge": (f, e) => {
    const of = e("scientificValue") === undefined ? "" : `（${e("scientificValue")}）`
    const crowded = `最良の${number(e("bestFew"))}試行が ${f.subject} の${end(e("edge"))}に集まり${of}，端に向かってなお改善しています`
    if (f.verdict === "problem")
      return e("listed") === undefined
        ? `${crowded}．範囲が狭すぎます．`
        : `${crowded}．挙げられた値に ${number(e("listed"))} より${e("edge") === "high" ? "大きい" : "小さい"}ものがありません．`
    if (e("nextToZero") === true)
      return `${crowded}が，0 との間に値がありません．0 やその先に意味があるかは，人が判断することです．`
    if (f.verdict === "watch")
      return `最良の試行は ${f.subject} の${end(e("edge"))}に寄っていますが${of}，動くほど明らかではありません．`
    if (e("crowded") === true && e("walled") === true)
      return `最良の試行は ${f.subject} の${end(e("edge"))}寄りですが，その先には実行不可能な試行しかないので，広げるべき端ではありません．`
    if (e("crowded") === true && e("natural") === true)
      return `最良の試行は ${f.subject} の${end(e("edge"))}にありますが，これは自然な限界です．`
    return `最良の試行は ${f.subject} の端に集まっていません．`
  },
  "instability-wall": (f, e) => {
    if (e("wall") !== true) return `${f.subject} に，それより上がすべて実行不可能になる値はありません．`
    const wall = `${f.subject} が約 ${number(e("wallAt"))} を超える${number(e("infeasibleAbove"))}試行はすべて実行不可能です`
    if (f.verdict === "problem")
      return `${wall}．最良の試行はそのすぐ下にあります．広げるべき端ではなく，直すべき不安定性です（ウォームアップ，勾配クリッピング）．`
    return f.verdict === "watch"
      ? `${wall}．最良の試行がすぐ下にあるかもしれません．`
      : `${wall}．最良の試行は十分下にあり，害はありません．`
  },
  sampling: (f, e) => {
    const gain = `${number(e("trials"))}試行を倍にすると，最良値は ${number(e("gainOfDoubling"))} 改善すると見込まれます`
    if (!noiseKnown(e("gainInNoise"))) return `${gain}．繰り返しがないため，再学習のばらつきとは比べられません．`
    const inNoise = `${gain}（再学習の標準偏差の${number(e("gainInNoise"))}倍）`
    if (f.verdict === "problem") return `${inNoise}．サンプリングが足りません．`
    return f.verdict === "watch" ? `${inNoise}．もう少し改善の余地があります．` : `${inNoise}．点の数は十分です．`
  },
  "infeasible-share": (f, e) => {
    const where =
      e("values") === undefined
        ? `${e("cut")} が ${number(e("at"))} より${e("side") === "above" ? "大きい" : "小さい"}所`
        : `${e("cut")} = ${listed(e("values"))} の所`
    if (e("scientific") === true)
      return `実行不可能な${number(e("infeasible"))}試行の${percent(e("removes"))}は ${where}にあり，そこには実行可能な試行の${percent(e("loses"))}があります．比較そのものの結果であり，空間から除くべきものではありません．ほかの値は別に判断しています．`
    const share = `${number(e("total"))}試行のうち${number(e("infeasible"))}（${percent(e("share"))}）が実行不可能です${byValue(e)}`
    if (e("cut") !== undefined && f.verdict !== "fine" && e("undecided") !== true)
      return `${share}．${byValue(e) === "" ? "その" : "実行不可能な試行の"}${percent(e("removes"))}は ${where}にあり，そこには実行可能な試行の${percent(e("loses"))}があります．`
    if (f.verdict === "fine") return `${share}．`
    if (e("undecided") === true) return `${share}．試行が少なく，空間の大きな部分が実行不可能かどうかはわかりません．`
    return e("everywhere") === true
      ? `${share}．空間のどこでも起きており，トレーニングプログラムのバグが疑われます．`
      : `${share}．一つのハイパーパラメータ，または二つの積による区切りでは説明できません．`
  },
  optimisation: (f, e) => {
    if (f.verdict === "problem")
      return `${f.subject} が約 ${number(e("wallAt"))} を超えるとトレーニング損失が上昇し，安定した最良の試行はそのすぐ下にあります．不安定性を直せば結果が良くなるはずです．`
    const seen = [
      Number(e("gradientNormSpikes") ?? 0) > 0
        ? `最良の試行のうち${number(e("gradientNormSpikes"))}個に勾配ノルムの急上昇があります（90パーセンタイル ${number(e("clipAt"))}，クリッピングの出発点）`
        : "",
      Number(e("earlyBlowUps") ?? 0) > 0
        ? `最良の試行のうち${number(e("earlyBlowUps"))}個が初期に不安定になり，その後回復しています`
        : "",
      e("closeBelow") === true
        ? `${f.subject} が約 ${number(e("wallAt"))} を超えるとトレーニング損失が上昇し，安定した最良の試行はそのすぐ下にあるかもしれません`
        : "",
      e("bestUnstable") === true ? "最良の試行の一部でトレーニング損失が上昇しています" : "",
    ].filter((text) => text !== "")
    const blind = e("everyStepEvaluated") === true ? "" : "（初期の不安定性は，全ステップを評価しなければ見えません．）"
    return seen.length > 0 ? `${seen.join("．")}．${blind}` : `最良の試行を妨げる不安定性は見られません．${blind}`
  },
  overfitting: (f, e) => {
    if (f.subject === "all trials")
      return Number(e("overfitted")) > 0
        ? `${number(e("points"))}試行のうち${number(e("overfitted"))}個が過学習しています．最良の試行だけを選ぶとこれが隠れ，学習を妨げる設定が有利になります．`
        : `${number(e("points"))}試行のいずれにも，ばらつきを超える過学習はありません．`
    const which = f.subject === undefined ? "最良の試行" : `${f.subject} の最良の試行`
    const by = `${which}のバリデーションはステップ${number(e("bestAround"))}から ${number(e("worsening"))} 悪化しています`
    if (f.verdict === "problem")
      return `問題のある過学習：${by}（再学習の標準偏差の${number(e("inNoise"))}倍）．トレーニングは改善し続けています．比較の前に正則化を加えるか，調整してください．`
    if (f.verdict === "fine") return `${which}のバリデーションは，ばらつきを超えて悪化していません．`
    if (e("expected") === true) return `過学習：${by}．比較している正則化の弱い側なので，予想されることです．`
    return noiseKnown(e("inNoise"))
      ? `過学習の可能性：${by}（再学習の標準偏差の${number(e("inNoise"))}倍）${e("trainingImproves") === null ? "．照合するトレーニング損失がありません" : ""}．`
      : `過学習の可能性：${by}．繰り返しがないため，再学習のばらつきとは比べられません．`
  },
  "step-variance": (f, e) => {
    const ratio = `トレーニング後半，指標はステップごとに ${number(e("stepSd"))} 変動し，上位半分の試行の広がりの${number(e("ratio"))}倍です`
    return f.verdict === "problem"
      ? `${ratio}．どの試行が勝つかは運にも左右されます．バッチサイズやバリデーションデータを増やす，学習率の減衰，ポリアク平均が有効です．`
      : `${ratio}．`
  },
  "still-improving": (f, e) => {
    const inNoise = noiseKnown(e("inNoise")) ? `（再学習の標準偏差の${number(e("inNoise"))}倍）` : ""
    const gain = `最良の試行は最後の4分の1で ${number(e("gainOfLastQuarter"))} 改善しています${inNoise}`
    if (f.verdict === "problem") return `${gain}．計算限界にあり，ステップを増やすと良くなります．`
    if (f.verdict === "fine")
      return `最良の試行は終了までに改善が止まっています（最後の4分の1で ${number(e("gainOfLastQuarter"))}）．`
    return e("schedule") === "decays-to-end"
      ? `${gain}．最後まで減衰するスケジュールでは普通のことです．`
      : e("schedule") === "cyclic"
        ? `${gain}．上下を繰り返す学習率が最後に下がるなら普通のことです．`
        : `${gain}．学習率が最後まで減衰するなら普通のことで，そうでなければ計算限界にあります．`
  },
  "saturated-early": (f, e) => {
    if (f.verdict === "problem")
      return `最良の試行のトレーニングとバリデーションは${percent(e("saturatedAt"))}のステップで飽和し，後半の改善は最大でも ${number(e("atMost"))} です．ステップを減らせます．`
    return f.verdict === "watch"
      ? `最良の試行のバリデーションは後半ほとんど変わりません（最大でも ${number(e("atMost"))}）．`
      : "トレーニングの後半にも意味があります．"
  },
  "training-loss-rising": (f, e) => {
    if (f.subject !== undefined) return neverMoves(f, e)
    if (f.verdict === "problem")
      return `最良の${number(e("curves"))}試行のうち${number(e("rising"))}個で，トレーニング損失が終始上昇しています．トレーニングパイプラインのバグと思われます．`
    return f.verdict === "watch"
      ? `${number(Number(e("rising")) + Number(e("elsewhere")))}個の試行で，トレーニング損失が終始上昇しています．`
      : "トレーニング損失が終始上昇する試行はありません．"
  },
  "periodic-metric": (f, e) => {
    if (f.verdict === "fine") return "バリデーション指標に周期性はありません．"
    const swings = `最良の試行のバリデーション指標は${number(e("period"))}ステップの周期で揺れています（振幅 ${number(e("amplitude"))}）`
    if (e("schedule") === "cyclic") return `${swings}．上下を繰り返す学習率の周期と同じなら，予想されることです．`
    return e("schedule") === "unknown"
      ? `${swings}．学習率がともに上下を繰り返すなら（周期的スケジュール，ウォームリスタート）普通のことで，そうでなければトレーニングデータのシャッフルと分割を確かめてください．`
      : `${swings}．トレーニングデータのシャッフルと分割を確かめてください．`
  },
  "best-step": (f, e) => {
    const late = Number(e("late")) > Number(e("early"))
    if (f.verdict === "fine") return `最良のステップはトレーニングの${percent(e("median"))}にあります（中央値）．`
    const where = late
      ? `試行の${percent(e("late"))}が最後の4分の1で最良になります`
      : `試行の${percent(e("early"))}が最初の10分の1で最良になります`
    if (f.verdict === "problem")
      return late ? `${where}．より長く学習し，減衰を再調整してください．` : `${where}．ステップ数が多すぎます．`
    if (!late) return `${where}．`
    if (e("schedule") === "decays-to-end") return `${where}．最後まで減衰するスケジュールでは普通のことです．`
    if (e("schedule") === "cyclic") return `${where}．上下を繰り返す学習率が最後に下がるなら普通のことです．`
    if (e("isWorthIt") === false && noiseKnown(e("inNoise")))
      return `${where}が，そこでの改善は再学習の標準偏差の${number(e("inNoise"))}倍にすぎません．`
    if (e("schedule") !== "constant")
      return `${where}．学習率が最後まで減衰するなら普通のことで，そうでなければより長く学習してください．`
    return e("isWorthIt") === false
      ? `${where}．繰り返しがないため，そこでの改善は再学習のばらつきとは比べられません．`
      : `${where}．`
  },
  isolation: (f, e) => {
    const best = `迷惑ハイパーパラメータを最適化した後では ${e("best")} が最良で，同じ${number(e("comparedAt"))}試行で ${e("runnerUp")} との差は ${number(e("difference"))} ± ${number(e("uncertainty"))} です`
    const effort = `値ごとの試行数は${number(e("comparedAt"))}から${number(e("largest"))}まで異なります`
    if (f.verdict === "problem")
      return `比較は公平ではありません．${effort}．それだけで再学習の標準偏差の${number(e("effortInNoise"))}倍の差になります．`
    const decided = e("decided") === true ? "．" : "が，これらの試行では決まりません．"
    const apart = notComparedIn(e("notCompared")).map(
      ({ value, trials, infeasible }) =>
        `${value} は${trials}試行のうち${infeasible}が実行不可能なので，比べていません．`,
    )
    const note = f.verdict === "watch" ? `なお，${effort}．` : ""
    return `${best}${decided}${apart.join("")}${note}`
  },
  sensitivity: (f, e) => {
    if (e("interaction") === true)
      return `${e("first")} と ${e("second")} は相互作用します．一方の最適値は他方に依存するので，一緒に調整してください．`
    if (f.subject !== undefined)
      return e("canFix") === true
        ? `${f.subject} は探索範囲で目に見える効果がなく，相互作用もないので，今後は固定できます．`
        : `${f.subject} は探索範囲で分散の${percent(e("share"))}を説明します．`
    if (f.verdict === "problem")
      return `何も効果がありませんでした．試行のばらつき ${number(e("spread"))} は再学習のばらつき（${number(e("noise"))}）を超えず，どのハイパーパラメータでも説明できません．`
    if (f.verdict === "watch" && Number(e("spread")) <= Number(e("noise") ?? 0))
      return `どのハイパーパラメータの効果も見えず，試行のばらつき ${number(e("spread"))} は再学習のばらつき（${number(e("noise"))}）を超えません．試行が少なく，本当に効果がないのかは判断できません．`
    if (f.verdict === "watch")
      return noiseKnown(e("noise"))
        ? `どのハイパーパラメータの効果も見えませんが，試行のばらつき（${number(e("spread"))}）は再学習のばらつき（${number(e("noise"))}）より大きいです．`
        : "どのハイパーパラメータの効果も見えません．繰り返しがないため，再学習のばらつきとは比べられません．"
    const [first] = (e("ranked") ?? []) as ReadonlyArray<{ readonly hyperparameter: string; readonly share: number }>
    return first === undefined
      ? "変化したハイパーパラメータがありません．"
      : `結果は ${first.hyperparameter} に最も依存します（探索範囲で分散の${percent(first.share)}）．`
  },
  "gains-saturated": (f, e) => {
    const gain = `直近${number(e("goals"))}個の目標による改善は合わせて ${number(e("gain"))} です`
    if (!noiseKnown(e("gainInNoise")))
      return `${gain}．再学習のばらつきがわからないため，意味のある改善かどうかは言えません．`
    const inNoise = `${gain}（再学習の標準偏差の${number(e("gainInNoise"))}倍）`
    if (f.verdict === "fine") return `${inNoise}．`
    return f.verdict === "watch"
      ? `${inNoise}．少ない実行で言える限りでは，改善は飽和しています．`
      : `${inNoise}．改善は飽和しています．`
  },
}
