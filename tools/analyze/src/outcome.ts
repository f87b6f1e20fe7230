/** What a person gave cannot be judged as it is: each line names the place, what was found and the way out. */
export interface Refusal {
  readonly ok: false
  readonly lines: ReadonlyArray<string>
}

export type Outcome<A> = { readonly ok: true; readonly value: A } | Refusal

export const accept = <A>(value: A): Outcome<A> => ({ ok: true, value })

export const refuse = (...lines: ReadonlyArray<string>): Refusal => ({ ok: false, lines })

/** `a, b and 3 more`, for sentences about names of which there may be hundreds. */
export const listed = (names: ReadonlyArray<string>, most = 8): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`
