import type { Value } from "./hyperparameter.ts"

/** What a field of something recorded holds: a type for whoever writes it, a check for what is read from a record. */
export interface Field<A> {
  readonly holds: (value: unknown) => value is A
}

export type Fields = Readonly<Record<string, Field<unknown>>>

type Held<F> = F extends Field<infer A> ? A : never

/** What a declaration of fields describes; an optional field may be absent. */
export type Of<F extends Fields> = {
  readonly [K in keyof F as undefined extends Held<F[K]> ? never : K]: Held<F[K]>
} & {
  readonly [K in keyof F as undefined extends Held<F[K]> ? K : never]?: Held<F[K]>
}

/** Whether what was recorded is what the fields declare. Further fields do no harm: another version may add some. */
export const holds = (fields: Fields, recorded: unknown): boolean =>
  isObject(recorded) &&
  Object.entries(fields).every(([name, field]) =>
    field.holds(Object.hasOwn(recorded, name) ? recorded[name] : undefined),
  )

const field = <A>(is: (value: unknown) => value is A): Field<A> => ({ holds: is })

export const number = field((value) => typeof value === "number")
export const text = field((value) => typeof value === "string")
export const flag = field((value) => typeof value === "boolean")
export const absent = field((value) => value === undefined)

export const value = field((given): given is Value => [number, text, flag].some((one) => one.holds(given)))

export const oneOf = <A extends string>(...names: ReadonlyArray<A>): Field<A> =>
  field((value): value is A => names.some((name) => name === value))

export const optional = <A>(of: Field<A>): Field<A | undefined> =>
  field((value): value is A | undefined => value === undefined || of.holds(value))

export const orNull = <A>(of: Field<A>): Field<A | null> =>
  field((value): value is A | null => value === null || of.holds(value))

export const listOf = <A>(of: Field<A>): Field<ReadonlyArray<A>> =>
  field((value): value is ReadonlyArray<A> => Array.isArray(value) && value.every(of.holds))

/** A list of one at least: what is told of none has a gap. */
export const someOf = <A>(of: Field<A>): Field<ReadonlyArray<A>> =>
  field((value): value is ReadonlyArray<A> => listOf(of).holds(value) && value.length > 0)

/** Either of two kinds. */
export const either = <A, B>(one: Field<A>, other: Field<B>): Field<A | B> =>
  field((value): value is A | B => one.holds(value) || other.holds(value))

/** Several fields together, as an element of a list. */
export const group = <F extends Fields>(fields: F): Field<Of<F>> =>
  field((value): value is Of<F> => holds(fields, value))

/** By names that are not known before. */
export const byName = <A>(of: Field<A>): Field<Readonly<Record<string, A>>> =>
  field((value): value is Readonly<Record<string, A>> => isObject(value) && Object.values(value).every(of.holds))

export const numbersByName = byName(number)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
