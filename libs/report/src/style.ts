import { type Colour, ink, muted, palette, rule } from "./charts/theme.ts"

/** Charts are drawn once, in the light colours; on dark paper their attributes are overridden one by one. */
const darkCharts = [ink, muted, rule, ...palette]
  .map(
    ({ light, dark }: Colour) =>
      `.draw [fill="${light}"] { fill: ${dark} } .draw [stroke="${light}"] { stroke: ${dark} }`,
  )
  .join("\n    ")

export const style = `
:root {
  color-scheme: light dark;
  --page: #faf9f6; --card: #ffffff; --ink: ${ink.light}; --muted: ${muted.light}; --rule: ${rule.light};
  --accent: #2262a9;
  --fine: #1d6b4a; --fine-soft: #e3f2ea; --watch: #7d5300; --watch-soft: #fbefd2;
  --problem: #a3243f; --problem-soft: #fae3e7; --little: #4d5563; --little-soft: #eceae4;
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
main, header.top { max-width: 1160px; margin: 0 auto; padding: 0 24px }
header.top { padding-top: 40px }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 .4rem }
h2 { font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.005em; margin: 3.2rem 0 .9rem; padding-top: 1rem; border-top: 1px solid var(--rule) }
h3 { font-size: 1.02rem; line-height: 1.35; font-weight: 650; margin: 2rem 0 .6rem }
:lang(ja) :is(h1, h2, h3) { letter-spacing: 0 }
p { margin: 0 0 .8rem; max-width: 46rem }
a { color: var(--accent); text-underline-offset: .15em }
code, pre { font: .86em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace }
.muted { color: var(--muted) }
.small { font-size: .875rem }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 2rem; margin: .8rem 0 0; padding: 0; font-size: .875rem }
.facts div { display: flex; gap: .5rem; min-width: 0 }
.facts dt { color: var(--muted); white-space: nowrap }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
nav { margin: 1.2rem 0 0; font-size: .875rem }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; margin: 0; padding: 0 }
.notice { border-left: 3px solid var(--watch); padding: .1rem 0 .1rem .9rem; margin: 1.2rem 0 }
.answer { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1.2rem 1.4rem 1.1rem; margin: 0 0 1rem }
.answer h3 { margin: 0 0 .5rem; font-size: 1.12rem }
.answer .text { font-size: .95rem; max-width: 56rem }
.answer > :last-child { margin-bottom: 0 }
.answer .text b { display: block; font-size: 1.08rem; font-weight: 600; margin-bottom: .3rem }
.answer .text .more { display: block; margin-top: .35rem }
.answer .launch { font-size: .95rem }
.answer .launch { border-top: 1px solid var(--rule); margin-top: .9rem; padding-top: .8rem; display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; align-items: baseline }
.answer .launch p { margin: 0 }
ul.short { list-style: none; margin: 0; padding: 0; display: grid; gap: .45rem; max-width: 56rem }
ul.short li { display: grid; grid-template-columns: 6.5rem 1fr; gap: .8rem; align-items: baseline }
ul.short .chip { justify-self: start }
.chip { display: inline-block; border-radius: 999px; padding: .08rem .65rem; font-size: .82rem; font-weight: 600; line-height: 1.6; white-space: nowrap; color: var(--little); background: var(--little-soft) }
.chip.fine, .chip.adopt, .chip.finished { color: var(--fine); background: var(--fine-soft) }
.chip.watch, .chip.undecided, .chip.paused, .chip.waiting { color: var(--watch); background: var(--watch-soft) }
.chip.problem, .chip.failed { color: var(--problem); background: var(--problem-soft) }
.scroll { overflow-x: auto; margin: 0 0 1rem; -webkit-overflow-scrolling: touch }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.45; width: auto; max-width: none }
th, td { text-align: left; vertical-align: top; padding: .42rem 1.1rem .42rem 0; border-bottom: 1px solid var(--rule) }
table.stack thead th { white-space: normal }
thead th { color: var(--muted); font-weight: 550; white-space: nowrap; border-bottom-color: var(--muted) }
tbody th { font-weight: 550 }
td.number, th.number { text-align: right; white-space: nowrap }
td.nowrap, th.nowrap, td code.line { white-space: nowrap }
td.wide { min-width: 14rem; max-width: 34rem }
.command { display: block; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: .5rem .7rem; overflow-wrap: anywhere; white-space: pre-wrap; margin: .2rem 0 .9rem; max-width: 60rem }
.changed { color: var(--accent); font-size: .78rem; font-weight: 600; margin-left: .5rem }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 14px; margin: .8rem 0 1rem }
figure { display: flex; flex-direction: column; justify-content: space-between; margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .75rem .6rem .35rem; min-width: 0 }
figcaption { font-size: .875rem; line-height: 1.35; padding: 0 .35rem .45rem; overflow-wrap: anywhere }
figcaption b { font-weight: 600 }
figcaption span { color: var(--muted); display: block; font-size: .8rem }
figure svg { display: block; width: 100%; height: auto; max-width: 470px; margin: 0 auto }
.charts.large { grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 480px)) }
.charts:empty { display: none }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.3rem; margin: .2rem 0 .5rem; padding: 0; list-style: none; font-size: .82rem; color: var(--muted) }
.legend li { display: inline-flex; align-items: center; gap: .4rem }
.legend li.group { color: var(--ink); font-weight: 550 }
.legend svg { flex: none }
.roles { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1.1rem; margin: 0 0 1rem; font-size: .9rem }
.roles dt { color: var(--muted) }
.roles ul.plain { margin: 0 }
.roles dd { margin: 0; overflow-wrap: anywhere }
ul.plain { margin: 0 0 1rem; padding-left: 1.1rem; max-width: 46rem }
details { margin: .2rem 0 .6rem }
summary { cursor: pointer; color: var(--accent); font-size: .875rem }
details pre { background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: .6rem .8rem; margin: .4rem 0; max-height: 24rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere }
details.block > summary { font-size: .95rem; padding: .3rem 0 }
footer { max-width: 1160px; margin: 3rem auto 0; padding: 1rem 24px 3rem; color: var(--muted); font-size: .82rem }
@media (max-width: 700px) {
  main, header.top, footer { padding-left: 16px; padding-right: 16px }
  header.top { padding-top: 24px }
  h1 { font-size: 1.45rem }
  .answer { padding: 1rem }
  .answer .launch { grid-template-columns: 1fr }
  .facts { display: grid; grid-template-columns: 1fr }
  table.stack, table.stack tbody, table.stack tr, table.stack td, table.stack th { display: block; border: 0; padding: 0; max-width: none; min-width: 0 }
  table.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table.stack tr { border-bottom: 1px solid var(--rule); padding: .7rem 0 }
  table.stack td { margin-top: .25rem; text-align: left; white-space: normal }
  table.stack td:empty { display: none }
  table.stack td[data-label]::before { content: attr(data-label) "  "; color: var(--muted); font-size: .8rem }
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15171b; --card: #1c1f25; --ink: ${ink.dark}; --muted: ${muted.dark}; --rule: ${rule.dark};
    --accent: #8ab8f0;
    --fine: #86d8b1; --fine-soft: #17382a; --watch: #efc46a; --watch-soft: #3b2f12;
    --problem: #f6a0b0; --problem-soft: #45202a; --little: #c3c7cf; --little-soft: #2c3038;
  }
  @media not print {
    ${darkCharts}
  }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --muted: #444; --rule: #ccc; --accent: #000; color-scheme: light }
  body { font-size: 10.5pt }
  main, header.top, footer { max-width: none; padding: 0 }
  nav { display: none }
  figure, .answer, tr { break-inside: avoid }
  h2, h3 { break-after: avoid }
  .charts { grid-template-columns: repeat(2, 1fr) }
  .scroll { overflow: visible }
  table { font-size: 8.5pt }
  table.grid { font-size: 6.5pt }
  table.grid :is(th, td) { white-space: normal; padding-right: .5rem; min-width: 0 }
  td code.line { white-space: pre-wrap; overflow-wrap: anywhere }
  details.block::details-content { content-visibility: visible; block-size: auto }
}
`
