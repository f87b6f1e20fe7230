import type { Action, Evidence, Finding, Verdict } from "@tanren/terms"
import { type Field, type Fields, holds, type Of } from "@tanren/terms/fields"
import type { Language, Text } from "@tanren/words"
import { type Lacking, whyNot } from "./lacking.ts"

export type JudgedVerdict = Exclude<Verdict, "too-few-data">

/** The sentence of a finding, from its verdict, its subject and its evidence. */
export type Sentence<E, S> = (evidence: E, of: { readonly verdict: JudgedVerdict; readonly subject: S }) => string

/**
 * One kind of finding: what its evidence holds, declared once, and its sentence in each language. Judges fill it in, and a
 * field that it does not declare is no valid evidence; a recorded finding is told by it only where its evidence is so.
 */
export interface Telling<E, S> {
  readonly sentence: { readonly [In in Language]: Sentence<E, S> }
  /** What such findings are about, where that is not what their question asks. */
  readonly name: Text | undefined
  /** Their subject in each language, where it is no name of the campaign's own. */
  readonly called: Text | undefined
  readonly isSubject: (subject: string | undefined) => boolean
  /** Whether a recorded finding is of this kind. */
  readonly fits: (finding: Finding) => boolean
}

/** One whose evidence is not of interest: what a list of them holds. */
export interface AnyTelling extends Pick<Telling<never, never>, "fits" | "name" | "called" | "isSubject"> {
  readonly tell: (finding: Finding, language: Language) => string
}

export const telling = <F extends Fields, S extends string | undefined>({
  subject,
  evidence,
  name,
  called,
  ...sentence
}: {
  /** The hyperparameter, scientific value or curve that it speaks of: always (`text`), at times, or never (`absent`). */
  readonly subject: Field<S>
  readonly evidence: F
  readonly name?: Text
  readonly called?: Text
  readonly en: Sentence<Of<F>, S>
  readonly ja: Sentence<Of<F>, S>
}): Telling<Of<F>, S> & AnyTelling => ({
  sentence,
  name,
  called,
  isSubject: subject.holds,
  fits: (finding) => subject.holds(finding.subject) && holds(evidence, finding.evidence),
  tell: (finding, language) =>
    sentence[language](finding.evidence as Of<F>, {
      verdict: finding.verdict as JudgedVerdict,
      subject: finding.subject as S,
    }),
})

/** What a question comes to: a finding that does not yet know what question it answers. */
export interface Judged extends Omit<Finding, "question" | "text"> {
  /** In English; `about` names the question and its subject, where the sentence has to. */
  readonly text: (about: string) => string
}

/** Nothing but what is declared: a misspelt name is an error at the place where it is written, in a spread as well. */
type Only<E, G> = G & ([NotIn<E, G>] extends [never] ? unknown : { readonly undeclared: NotIn<E, G> })

type NotIn<E, G> = G extends unknown ? Exclude<keyof G, keyof E> : never

type About<S> = undefined extends S ? { readonly subject?: S } : { readonly subject: S }

export const judged = <E, S extends string | undefined, const G extends E>(
  { sentence }: Telling<E, S>,
  {
    subject,
    verdict,
    evidence,
    trials,
    action,
  }: About<S> & {
    readonly verdict: JudgedVerdict
    readonly evidence: Only<E, G>
    readonly trials: ReadonlyArray<string>
    readonly action?: Action | undefined
  },
): Judged => ({
  ...(subject === undefined ? {} : { subject }),
  verdict,
  evidence: evidence as Evidence,
  trials,
  ...(action === undefined ? {} : { action }),
  text: () => sentence.en(evidence, { verdict, subject: subject as S }),
})

/** Without data enough: what is lacking, and what was seen of the evidence all the same. */
export const notJudged = <E, S extends string | undefined, const G extends Partial<E>, L extends Lacking>(
  _: Telling<E, S>,
  {
    subject,
    lacking,
    seen,
    trials,
  }: About<S> & {
    readonly lacking: Only<Lacking, L>
    readonly seen?: Only<Partial<E>, G>
    readonly trials: ReadonlyArray<string>
  },
): Judged => ({
  ...(subject === undefined ? {} : { subject }),
  verdict: "too-few-data",
  evidence: { ...seen, ...lacking } as Evidence,
  trials,
  text: (about) => `${about}: ${whyNot(lacking, "en")}`,
})
