import { oneOf } from "@tanren/terms/fields"

/** How the learning rate ran, as evidence: late improvement and swings mean something else under each. */
export const schedule = oneOf("constant", "decays-to-end", "cyclic", "unknown")
