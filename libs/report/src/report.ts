import type { Language } from "@tanren/words"
import type { ReportData } from "./data.ts"
import { embeddedJson, type Html, html, trusted } from "./html.ts"
import { reportWords } from "./report.words.ts"
import { answers } from "./sections/answers.ts"
import { best } from "./sections/best.ts"
import { decisions } from "./sections/decisions.ts"
import type { Album } from "./sections/figure.ts"
import { goalSection } from "./sections/goal.ts"
import { header } from "./sections/header.ts"
import { headerWords } from "./sections/header.words.ts"
import { limits } from "./sections/limits.ts"
import { trials } from "./sections/trials.ts"
import { style } from "./style.ts"

/** Beyond it the embedded chart specifications are left out, so that the file can still be sent by mail. */
const mostSpecCharacters = 2_500_000

/**
 * One HTML file that needs nothing else: no network, no script, no font. Charts are inline SVG; their Vega-Lite
 * specs stand beside them as JSON. Texts are English or Japanese; the campaign's own texts are shown as given.
 */
export const renderReport = async (data: ReportData, options: { language?: Language } = {}): Promise<string> => {
  const { language = "en" } = options
  const album: Album = { specs: [] }
  const goals: Html[] = []
  for (const [index, goal] of data.goals.entries()) goals.push(await goalSection(data, goal, index, language, album))
  const specs = embeddedJson(album.specs)
  const small = specs.markup.length <= mostSpecCharacters
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headerWords.title(data.campaign)[language]}</title>
<style>${trusted(style)}</style></head>
<body>${header(data, language)}
<main>
${answers(data, language)}
${best(data, language)}
${goals}
${decisions(data, language)}
${trials(data, language)}
${limits(data, language)}
</main>
<footer>Tanren${album.specs.length > 0 && html` · ${small ? reportWords.showSpecs[language] : reportWords.noSpecs[language]}`}</footer>
${small && album.specs.length > 0 && html`<script type="application/json" id="chart-specs">${specs}</script>`}
</body></html>
`
  return page.markup
}
