import { Exit, Schema, SchemaGetter } from "effect"

export const text = Schema.String.check(Schema.isMinLength(1, { expected: "text" }))

/** A whole number from `least` to `most`. */
export const count = (least: number, expected: string, most = Number.MAX_SAFE_INTEGER) =>
  Schema.Finite.check(Schema.isInt({ expected }), Schema.isBetween({ minimum: least, maximum: most }, { expected }))

export const positive = (expected: string) => Schema.Finite.check(Schema.isGreaterThan(0, { expected }))

const value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  expected: "a number, a text, true or false",
})

/** Values by flat name. */
export const point = Schema.Record(Schema.String, value)

export const described = (description: string) => ({ description })

/** A field that the file may leave out, and what then counts, as the file would write it. */
export const orElse = <S extends Schema.Constraint>(field: S, otherwise: S["Encoded"]) =>
  Schema.withDecodingDefaultKey<S>(Exit.succeed(otherwise))(field)

/** A part that a file writes otherwise than the spec holds it. */
export const comesTo = <File extends Schema.Constraint, Spec extends Schema.Constraint>(
  file: File,
  spec: Spec,
  read: (written: File["Type"]) => Spec["Type"],
) =>
  Schema.decodeTo<Schema.toType<Spec>, File>(Schema.toType(spec), {
    decode: SchemaGetter.transform(read),
    encode: SchemaGetter.forbidden(() => "a spec is written as it is, never back into a file"),
  })(file)
