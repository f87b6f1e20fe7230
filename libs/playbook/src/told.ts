import type { Language } from "@tanren/words"

/** How something is told in every language, from the numbers recorded with it; without a language it does not compile. */
export type Told<Of, As = string> = { readonly [In in Language]: (of: Of) => As }
