/**
 * A number that a verdict rests on, with its ground: the playbook's words, a significance level, or our judgement. Each
 * stands with what it decides: a question's in its folder, those of reading trials and curves in `study` and `curves`.
 */
export interface Threshold {
  readonly value: number
  readonly ground: "playbook" | "significance" | "judgement"
  readonly why: string
}

export type Thresholds = Readonly<Record<string, Threshold>>

export const playbook = (value: number, why: string): Threshold => ({ value, ground: "playbook", why })
export const significance = (value: number, why: string): Threshold => ({ value, ground: "significance", why })
export const judgement = (value: number, why: string): Threshold => ({ value, ground: "judgement", why })

/** The values of thresholds, by their names. */
export const limitsOf =
  <T extends Thresholds>(thresholds: T) =>
  (name: keyof T & string): number =>
    thresholds[name]!.value
