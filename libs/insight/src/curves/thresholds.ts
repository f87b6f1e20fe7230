import { judgement, playbook, type Thresholds } from "../threshold.ts"

/** What reading curves rests on, whatever is asked of them. */
export const thresholds = {
  minimumEvaluations: judgement(20, "a curve of fewer evaluations has no beginning, middle and end to compare"),
  resolution: judgement(
    1e-6,
    "of its values' size, by which a curve must move: single precision, averaged over batches, rounds by as much",
  ),
  earlyPart: playbook(0.1, "early: the first tenth of training"),
  lastPart: playbook(0.25, "the last quarter of training"),
  steadyPart: judgement(0.5, "the later half of training, where the curve is steady: its steps show the noise"),
  improvement: judgement(0.85, "retraining standard deviations that the last quarter of training still gains"),
} as const satisfies Thresholds
