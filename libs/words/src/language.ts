/** The languages that people are told things in. */
export const languages = ["en", "ja"] as const
export type Language = (typeof languages)[number]

/** One text in every language: where a language is missing, it does not compile. */
export type Text = { readonly [In in Language]: string }

/** A text for each of a closed set of ids. */
export type TextTable<Id extends string> = { readonly [One in Id]: Text }

/**
 * The text of an id. Records outlive the code that reads them: an id of an older or newer version, which the table does
 * not know, is shown as it is.
 */
export const textOf = <Id extends string>(table: TextTable<Id>, id: string, language: Language): string =>
  Object.hasOwn(table, id) ? table[id as Id][language] : id

/** The texts of one place by name: each as it stands, or made of what it tells of. */
export type Texts = { readonly [name: string]: Text | ((...of: never[]) => Text) }
