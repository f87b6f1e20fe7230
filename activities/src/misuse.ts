import { Schema } from "effect"

/** Something was asked for that cannot be, however often it is tried: a study that nobody designed, say. */
export class Misuse extends Schema.TaggedError<Misuse>()("Misuse", { message: Schema.String }) {}
