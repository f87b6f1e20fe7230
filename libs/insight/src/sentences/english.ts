import type { Finding } from "@tanren/terms"
import type { Question } from "../finding.ts"
import { blowUp, causesIn, evidenceOf, listed, notComparedIn, number, percent, trulyBad } from "./words.ts"

export const english = (finding: Finding): string => {
  if (finding.verdict === "too-few-data") return tooFew(finding)
  return sentences[finding.question as Question](finding, evidenceOf(finding))
}

type Sentence = (finding: Finding, evidence: ReturnType<typeof evidenceOf>) => string

const tooFew = (finding: Finding): string => {
  const e = evidenceOf(finding)
  const about = finding.subject === undefined ? finding.question : `${finding.question} (${finding.subject})`
  if (e("missing") === "learning rate") return `${about}: not judged, no hyperparameter is known as a learning rate.`
  if (e("missing") !== undefined) return `${about}: not judged, the trials have no curves of ${e("missing")}.`
  if (e("unmoved") !== undefined)
    return `${about}: not judged, the metric never moves in ${number(e("unmoved"))} of the best trials.`
  if (e("evaluations") !== undefined && e("trialsNeeded") !== undefined)
    return `${about}: not judged, it needs at least ${number(e("trialsNeeded"))} finished trials with ${number(e("needed"))} evaluations of the metric each; found ${number(e("points"))}.`
  if (e("evaluations") !== undefined)
    return `${about}: not judged. It needs at least ${number(e("needed"))} evaluations of the metric in each of several finished trials; found ${number(e("evaluations"))}${e("curves") === undefined ? "" : ` (${number(e("curves"))} trials with enough)`}${e("repeated") === true ? "; a value that is merely repeated until the next evaluation counts once" : ""}${e("uneven") === true ? "; evaluations at uneven intervals count at the longest that most of training had" : ""}.`
  if (e("goals") !== undefined)
    return `${about}: not judged, it needs ${number(e("needed"))} finished goals; found ${number(e("goals"))}.`
  if (e("values") !== undefined)
    return `${about}: not judged, it needs at least two scientific values with ${number(e("needed"))} feasible trials each; found ${number(e("values"))} values, the smallest with ${number(e("smallest"))}.`
  return `${about}: not judged, it needs at least ${number(e("needed"))} finished trials; found ${number(e("points") ?? e("total"))}${Number(e("infeasible") ?? 0) > 0 && e("points") !== undefined ? ` and ${number(e("infeasible"))} infeasible` : ""}.`
}

/** How many of the infeasible trials completed, and are infeasible by their value alone. */
const byValue = (e: ReturnType<typeof evidenceOf>): string => {
  const causes = causesIn(e("causes"))
  const bad = causes[trulyBad]
  const one = causes[blowUp] === undefined ? "" : `, ${number(causes[blowUp])} as ${blowUp}`
  if (bad === undefined || e("trulyBadAbove") == null) return one
  return `${one}, ${bad === e("infeasible") ? "all" : number(bad)} of them because their value is worse than ${number(e("trulyBadAbove"))}`
}

const noiseKnown = (value: unknown) => value !== null && value !== undefined

const neverMoves: Sentence = (f, e) => {
  const all = e("unmoved") === e("curves")
  const how = all
    ? `any of the ${number(e("curves"))} trials`
    : `${number(e("unmoved"))} of ${number(e("curves"))} trials`
  const at = e("value") === null ? "" : ` (it stays at ${number(e("value"))})`
  const still = `${f.subject} never moves in ${how}${at}`
  if (e("isLoss") === true && f.verdict === "watch")
    return `${still}${all ? "" : ", most of the best ones among them"}, though the metric does: it is not the loss that is trained on, or is logged wrongly.`
  const bug =
    e("lossMoves") === true
      ? "though the training loss does: an evaluation of other weights, or wrong labels"
      : "so nothing was learned: a learning rate of 0, frozen weights, wrong labels"
  const dull =
    "or a metric that sees none of it (accuracy where one class is nearly all, a task that was done before the first evaluation)"
  if (f.verdict === "problem") return `${still}, ${bug}; ${dull}. Look for a bug before anything is tuned.`
  return e("value") === null
    ? `${still}, but differs between them: a final value that was written beside every step, or training that changes nothing.`
    : `${still}, most of the best ones among them: they learned nothing; ${dull}.`
}

const sentences: Readonly<Record<Question, Sentence>> = {
  "search-space-edge": (f, e) => {
    const of = e("scientificValue") === undefined ? "" : ` for ${e("scientificValue")}`
    const crowded = `The best ${number(e("bestFew"))} trials crowd the ${e("edge")} end of ${f.subject}${of} and results still improve towards it`
    if (f.verdict === "problem")
      return e("listed") === undefined
        ? `${crowded}: the range is too narrow there.`
        : `${crowded}: none of its listed values lies ${e("edge") === "high" ? "above" : "below"} ${number(e("listed"))}.`
    if (e("nextToZero") === true)
      return `${crowded}, but nothing lies between it and 0: whether 0 or what lies beyond makes sense is for you to say.`
    if (f.verdict === "watch")
      return `The best trials lean towards the ${e("edge")} end of ${f.subject}${of}, not clearly enough to act on.`
    if (e("crowded") === true && e("walled") === true)
      return `The best trials lie towards the ${e("edge")} end of ${f.subject}, but only infeasible ones lie beyond them: not an edge to widen.`
    if (e("crowded") === true && e("natural") === true)
      return `The best trials lie at the ${e("edge")} end of ${f.subject}, which is its natural limit.`
    return `The best trials do not crowd an end of ${f.subject}.`
  },
  "instability-wall": (f, e) => {
    if (e("wall") !== true) return `No value of ${f.subject} above which every trial is infeasible.`
    const above = `with ${f.subject} above about ${number(e("wallAt"))}`
    const wall =
      e("infeasibleAbove") === 1
        ? `The one trial ${above} is infeasible`
        : `All ${number(e("infeasibleAbove"))} trials ${above} are infeasible`
    if (f.verdict === "problem")
      return `${wall}, and the best ones lie right below: an instability to cure (warmup, gradient clipping), not an edge to widen.`
    return f.verdict === "watch"
      ? `${wall}, and the best ones may lie close below.`
      : `${wall}; the best ones lie well below, so it does no harm.`
  },
  sampling: (f, e) => {
    const gain = `Doubling the ${number(e("trials"))} trials is expected to improve the best by ${number(e("gainOfDoubling"))}`
    if (!noiseKnown(e("gainInNoise")))
      return `${gain}; without repeats it cannot be said whether that is more than retraining noise.`
    const inNoise = `${gain}, ${number(e("gainInNoise"))} retraining standard deviations`
    if (f.verdict === "problem") return `${inNoise}: the space is not sampled densely enough.`
    return f.verdict === "watch"
      ? `${inNoise}: a little more could be found.`
      : `${inNoise}: enough points were sampled.`
  },
  "infeasible-share": (f, e) => {
    const where =
      e("values") === undefined
        ? `lie where ${e("cut")} is ${e("side")} ${number(e("at"))}`
        : `have ${e("cut")} = ${listed(e("values"))}`
    if (e("scientific") === true)
      return `${percent(e("removes"))} of the ${number(e("infeasible"))} infeasible trials ${where}, with ${percent(e("loses"))} of the feasible ones: a result of what is compared, nothing to cut. The other values are judged apart.`
    const share = `${number(e("infeasible"))} of ${number(e("total"))} trials (${percent(e("share"))}) are infeasible${byValue(e)}`
    if (e("cut") !== undefined && f.verdict !== "fine" && e("undecided") !== true)
      return `${share}; ${percent(e("removes"))} of ${byValue(e) === "" ? "them" : "the infeasible ones"} ${where}, with ${percent(e("loses"))} of the feasible ones.`
    if (f.verdict === "fine") return `${share}.`
    if (e("undecided") === true) return `${share}; so few trials do not tell whether a large share of the space is.`
    return e("everywhere") === true
      ? `${share}, wherever they lie in the space: suspect a bug in the training program.`
      : `${share}, and no cut on one hyperparameter or a product of two explains which.`
  },
  optimisation: (f, e) => {
    if (f.verdict === "problem")
      return `The training loss rises at ${f.subject} above about ${number(e("wallAt"))}, and the best stable trials lie right below: curing the instability should give better results.`
    const seen = [
      Number(e("gradientNormSpikes") ?? 0) > 0
        ? `${number(e("gradientNormSpikes"))} of the best trials have gradient-norm spikes (90th percentile ${number(e("clipAt"))}, where clipping would start)`
        : "",
      Number(e("earlyBlowUps") ?? 0) > 0
        ? `${number(e("earlyBlowUps"))} of the best trials blow up early and recover`
        : "",
      e("closeBelow") === true
        ? `the training loss rises at ${f.subject} above about ${number(e("wallAt"))}, and the best stable trials may lie close below`
        : "",
      e("bestUnstable") === true ? "the training loss of some of the best trials rises" : "",
    ].filter((text) => text !== "")
    const blind =
      e("everyStepEvaluated") === true ? "" : " (An early blow-up would only show when every step is evaluated.)"
    return seen.length > 0 ? `${seen.join("; ")}.${blind}` : `No instability that holds back the best trials.${blind}`
  },
  overfitting: (f, e) => {
    if (f.subject === "all trials")
      return Number(e("overfitted")) > 0
        ? `${number(e("overfitted"))} of ${number(e("points"))} trials overfit; picking the best ones hides that and favours whatever holds training back.`
        : `None of ${number(e("points"))} trials shows overfitting beyond noise.`
    const which = f.subject === undefined ? "the best trial" : `the best trial of ${f.subject}`
    const by = `from step ${number(e("bestAround"))} on, validation of ${which} worsens by ${number(e("worsening"))}`
    if (f.verdict === "problem")
      return `Problematic overfitting: ${by} (${number(e("inNoise"))} retraining standard deviations) while training improves. Add regularisation, or tune it, before comparing.`
    if (f.verdict === "fine") return `Validation of ${which} does not worsen beyond noise.`
    if (e("expected") === true)
      return `Overfitting: ${by}; expected at the weak end of a regulariser that is itself compared.`
    return noiseKnown(e("inNoise"))
      ? `Possible overfitting: ${by} (${number(e("inNoise"))} retraining standard deviations)${e("trainingImproves") === null ? "; no training loss to check against" : ""}.`
      : `Possible overfitting: ${by}; without repeats it cannot be compared with retraining noise.`
  },
  "step-variance": (f, e) => {
    const ratio = `Late in training the metric moves by ${number(e("stepSd"))} from step to step, ${number(e("ratio"))} times the spread of the better half of the trials`
    return f.verdict === "problem"
      ? `${ratio}: which trial wins is partly luck. Larger batches, more validation data, learning-rate decay or Polyak averaging help.`
      : `${ratio}.`
  },
  "still-improving": (f, e) => {
    const gain = `The best trials gain ${number(e("gainOfLastQuarter"))} in the last quarter of training`
    const inNoise = noiseKnown(e("inNoise")) ? ` (${number(e("inNoise"))} retraining standard deviations)` : ""
    if (f.verdict === "problem") return `${gain}${inNoise}: training is compute-bound; more steps would help.`
    if (f.verdict === "fine")
      return `The best trials have stopped improving by the end (${number(e("gainOfLastQuarter"))} in the last quarter).`
    return e("schedule") === "decays-to-end"
      ? `${gain}${inNoise}; normal under a schedule that decays to the end.`
      : e("schedule") === "cyclic"
        ? `${gain}${inNoise}; normal where a learning rate that rises and falls again falls last.`
        : `${gain}${inNoise}; normal if the learning rate decays to the end, otherwise training is compute-bound.`
  },
  "saturated-early": (f, e) => {
    if (f.verdict === "problem")
      return `Training and validation of the best trials are saturated after ${percent(e("saturatedAt"))} of the steps; the second half gains at most ${number(e("atMost"))}: fewer steps would do.`
    return f.verdict === "watch"
      ? `Validation of the best trials hardly changes in the second half of training (at most ${number(e("atMost"))}).`
      : "The second half of training is still of use."
  },
  "training-loss-rising": (f, e) => {
    if (f.subject !== undefined) return neverMoves(f, e)
    if (f.verdict === "problem")
      return `The training loss rises throughout in ${number(e("rising"))} of the best ${number(e("curves"))} trials: most likely a bug in the training pipeline.`
    return f.verdict === "watch"
      ? `The training loss rises throughout in ${number(Number(e("rising")) + Number(e("elsewhere")))} trials.`
      : "The training loss does not rise throughout in any trial."
  },
  "periodic-metric": (f, e) => {
    if (f.verdict === "fine") return "The validation metric shows no period."
    const swings = `The validation metric of the best trials swings with a period of ${number(e("period"))} steps (amplitude ${number(e("amplitude"))})`
    if (e("schedule") === "cyclic")
      return `${swings}: expected under a learning rate that rises and falls again, if that is its period too.`
    return e("schedule") === "unknown"
      ? `${swings}: normal if the learning rate rises and falls again with it (a cyclic schedule, warm restarts), otherwise check the shuffling of the training data and the split.`
      : `${swings}: check the shuffling of the training data and the split.`
  },
  "best-step": (f, e) => {
    const late = Number(e("late")) > Number(e("early"))
    if (f.verdict === "fine") return `The best steps lie at ${percent(e("median"))} of training (median).`
    const where = late
      ? `${percent(e("late"))} of the trials are best in the last quarter of training`
      : `${percent(e("early"))} of the trials are best in the first tenth of training`
    if (f.verdict === "problem")
      return late ? `${where}: train longer and retune the decay.` : `${where}: there are too many steps.`
    if (!late) return `${where}.`
    if (e("schedule") === "decays-to-end") return `${where}; normal under a learning rate that decays to the end.`
    if (e("schedule") === "cyclic")
      return `${where}; normal where a learning rate that rises and falls again falls last.`
    if (e("isWorthIt") === false && noiseKnown(e("inNoise")))
      return `${where}, but gain only ${number(e("inNoise"))} retraining standard deviations there.`
    if (e("schedule") !== "constant")
      return `${where}; normal if the learning rate decays to the end, otherwise train longer.`
    return e("isWorthIt") === false
      ? `${where}; without repeats what they gain there cannot be compared with retraining noise.`
      : `${where}.`
  },
  isolation: (f, e) => {
    const best = `With the nuisance hyperparameters optimised away, ${e("best")} is best, ahead of ${e("runnerUp")} by ${number(e("difference"))} ± ${number(e("uncertainty"))} at ${number(e("comparedAt"))} trials each`
    const effort = `the values had between ${number(e("comparedAt"))} and ${number(e("largest"))} trials`
    if (f.verdict === "problem")
      return `The comparison is not fair: ${effort}, worth ${number(e("effortInNoise"))} retraining standard deviations by itself.`
    const decided = e("decided") === true ? "." : "; the trials do not decide it."
    const apart = notComparedIn(e("notCompared")).map(
      ({ value, trials, infeasible }) =>
        ` ${value} is not compared: ${infeasible} of its ${trials} trials are infeasible.`,
    )
    const note = f.verdict === "watch" ? ` Note that ${effort}.` : ""
    return `${best}${decided}${apart.join("")}${note}`
  },
  sensitivity: (f, e) => {
    if (e("interaction") === true)
      return `${e("first")} and ${e("second")} interact: the best value of one depends on the other; tune them together.`
    if (f.subject !== undefined)
      return e("canFix") === true
        ? `${f.subject} has no visible effect over its range and interacts with nothing: it could be fixed from now on.`
        : `${f.subject} explains ${percent(e("share"))} of the variance over its range.`
    if (f.verdict === "problem")
      return `Nothing had an effect: the trials vary by ${number(e("spread"))}, no more than retraining noise (${number(e("noise"))}), and no hyperparameter explains it.`
    if (f.verdict === "watch" && Number(e("spread")) <= Number(e("noise") ?? 0))
      return `No hyperparameter's effect is visible, and the trials vary by ${number(e("spread"))}, no more than retraining noise (${number(e("noise"))}): so few of them cannot tell whether nothing has an effect.`
    if (f.verdict === "watch")
      return noiseKnown(e("noise"))
        ? `No hyperparameter's effect is visible, though the trials vary by more (${number(e("spread"))}) than retraining noise (${number(e("noise"))}).`
        : "No hyperparameter's effect is visible; without repeats this cannot be compared with retraining noise."
    const [first] = (e("ranked") ?? []) as ReadonlyArray<{ readonly hyperparameter: string; readonly share: number }>
    return first === undefined
      ? "No hyperparameter varied."
      : `The result depends most on ${first.hyperparameter} (${percent(first.share)} of the variance, over the ranges searched).`
  },
  "gains-saturated": (f, e) => {
    const gain = `The last ${number(e("goals"))} goals together gained ${number(e("gain"))}`
    if (!noiseKnown(e("gainInNoise")))
      return `${gain}; without retraining noise it cannot be said whether that is anything.`
    return f.verdict === "fine"
      ? `${gain}, ${number(e("gainInNoise"))} retraining standard deviations.`
      : `${gain}, ${number(e("gainInNoise"))} retraining standard deviations: the gains have saturated${f.verdict === "watch" ? ", as far as so few runs can tell" : ""}.`
  },
}
