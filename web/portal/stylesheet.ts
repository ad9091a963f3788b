/** The one stylesheet of the portal: system fonts, one blue, vermilion only for what was corrected. */
export const stylesheet = `:root {
  --ink: #1c2430; --soft: #55606e; --line: #d5dbe3; --faint: #f4f6f9; --blue: #17457a; --deep: #0f2f55; --red: #a8201a;
  --sans: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --serif: "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", SimSun, serif;
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: #fff; color: var(--ink); font: 1rem/1.75 var(--sans); line-break: strict; overflow-wrap: break-word; text-autospace: normal; }
h1, h2, h3, h4, h5, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--blue); text-underline-offset: .2em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: .2rem solid #e0a100; outline-offset: .15rem; }
main:focus { outline: none; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; }
.figure { font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
.inner, main, .crumbs ol { max-width: 75rem; margin: 0 auto; padding: 0 1.25rem; }
.skip { position: absolute; left: 1rem; top: -10rem; z-index: 2; background: #fff; padding: .5rem 1rem; }
.skip:focus { top: .5rem; }

header.site { background: var(--deep); border-bottom: .2rem solid var(--red); }
header.site .inner { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 2rem; padding-top: .9rem; padding-bottom: .9rem; }
header.site a { color: #fff; text-decoration: none; }
header.site a:hover { text-decoration: underline; }
header.site .name { font: 700 1.3rem/1.5 var(--serif); letter-spacing: .06em; }
header.site nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
header.site nav a { padding: .3rem 0; font-size: .94rem; color: #dfe8f3; }

.crumbs { border-bottom: 1px solid var(--line); background: var(--faint); font-size: .88rem; }
.crumbs ol { display: flex; flex-wrap: wrap; padding-top: .35rem; padding-bottom: .35rem; }
.crumbs li { padding: .15rem 0; color: var(--soft); }
.crumbs li + li::before { content: "›"; margin: 0 .6rem; color: #8a94a1; }

main { padding-top: 2.25rem; padding-bottom: 4rem; min-height: 60vh; }
h1 { font: 700 2.1rem/1.4 var(--serif); letter-spacing: .02em; text-wrap: balance; }
h1 small { display: block; font: 400 1.25rem/1.6 var(--serif); color: var(--soft); letter-spacing: .04em; }
h2 { font: 700 1.45rem/1.5 var(--serif); margin-top: 3.25rem; padding-bottom: .45rem; border-bottom: 2px solid var(--deep); color: var(--deep); }
h3 { font-size: 1.12rem; line-height: 1.6; margin-top: 1.75rem; }
h4, h5 { font-size: 1rem; margin-top: 1.25rem; }
.lead { max-width: 44em; margin-top: .75rem; color: var(--soft); font-size: 1.06rem; }
.note { color: var(--soft); font-size: .9rem; margin-top: .6rem; }
.meta { display: flex; flex-wrap: wrap; gap: .1rem 2rem; margin-top: .9rem; color: var(--soft); font-size: .92rem; }
.meta div { display: flex; gap: .6em; }
.meta dt::after { content: "："; }
.meta dt, .meta dd { display: inline; }
code, .hash { font: .86em/1.6 ui-monospace, SFMono-Regular, Consolas, Menlo, monospace; overflow-wrap: anywhere; }

.notice { margin-top: 1.5rem; padding: .9rem 1.25rem 1rem; border-left: .3rem solid var(--red); background: #fbf3f2; max-width: 60rem; }
.notice h2 { margin: 0; padding: 0; border: 0; font: 700 1.06rem/1.7 var(--sans); color: var(--red); }
.notice table { margin-top: .5rem; }

.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); margin-top: 2rem; border-top: 2px solid var(--deep); border-bottom: 1px solid var(--line); }
.key div { padding: 1.1rem 1.25rem 1.1rem 0; }
.key div + div { border-left: 1px solid var(--line); padding-left: 1.25rem; }
.key dt { color: var(--soft); font-size: .95rem; }
.key dd { font-size: .9rem; color: var(--soft); }
.key dd.figure { font-size: 1.9rem; line-height: 1.35; color: var(--ink); letter-spacing: -.01em; }
.key dd.figure span { font-size: .95rem; color: var(--soft); margin-left: .3em; letter-spacing: 0; }

.split { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 3.5rem; }
.bars { width: 100%; margin-top: .5rem; }
.bars caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .3rem; }
.bars th { font-weight: 400; text-align: left; padding: .3rem 1.25rem .3rem 0; width: 58%; line-height: 1.45; }
.bars td { text-align: right; padding: .3rem 0; white-space: nowrap; }
.bars td + td { padding-left: 1rem; color: var(--soft); width: 4.5rem; }
.bars svg { display: block; width: 100%; height: .32rem; margin-top: .18rem; border-radius: .16rem; background: #e8ecf1; }
.bars rect { fill: #3b6ea5; }
.bars thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

.report { display: grid; grid-template-columns: minmax(0, 1fr); }
.toc { margin-top: 2.25rem; font-size: .95rem; }
.toc h2 { margin: 0; font-size: 1.06rem; border-bottom-width: 1px; }
.toc ol { columns: 2 16rem; column-gap: 2rem; padding-top: .4rem; }
.toc li { break-inside: avoid; }
.toc a { display: block; padding: .22rem 0; text-decoration: none; line-height: 1.5; }
.toc a:hover { text-decoration: underline; }
.toc .chief { font-weight: 700; }
.toc .sub { padding-left: 1em; }
@media (min-width: 64rem) {
  .report { grid-template-columns: 15.5rem minmax(0, 1fr); gap: 0 3.5rem; align-items: start; }
  .toc { position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow-y: auto; margin-top: 3.25rem; }
  .toc ol { columns: auto; }
}

.prose { max-width: 46em; }
.prose p { margin-top: .7rem; text-align: justify; }
.prose p.indent { text-indent: 2em; }
.prose dt { font-weight: 700; margin-top: .9rem; }
.prose li { margin-top: .35rem; }
.prose ul { list-style: disc; padding-left: 1.6em; }
.prose ol.steps { list-style: decimal; padding-left: 1.6em; }

.sheet { margin-top: 2.25rem; }
.sheet h3 { margin: 0; }
.sheet h3 small { font-weight: 400; color: var(--soft); margin-right: .75em; }
.sheet .bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; color: var(--soft); font-size: .9rem; padding: .1rem 0 .4rem; }
.scroll { overflow-x: auto; border-top: 2px solid var(--deep); border-bottom: 2px solid var(--deep); }
.statutory { width: 100%; font-size: .875rem; line-height: 1.5; }
.statutory th, .statutory td { border: 1px solid var(--line); padding: .28rem .55rem; font-weight: 400; }
.statutory tr > :first-child { border-left: 0; }
.statutory tr > :last-child { border-right: 0; }
.statutory thead th, .statutory thead td { background: var(--faint); text-align: center; color: #38424f; }
.statutory tbody tr:hover > * { background: #f2f6fb; }
.statutory .name { text-align: left; min-width: 11em; }
.statutory .in1 { padding-left: 1.5em; }
.statutory .in2 { padding-left: 2.5em; }
.statutory .in3 { padding-left: 3.5em; }
.statutory .in4 { padding-left: 4.5em; }
.statutory .line { text-align: center; color: var(--soft); }
.statutory .code { white-space: nowrap; color: var(--soft); }
.statutory .money, .statutory .count, .statutory .rate { text-align: right; white-space: nowrap; }
.statutory .money { min-width: 5.6em; }
.statutory .dash { text-align: center; color: #6b7684; white-space: nowrap; }
.statutory .total > .name, .statutory .sum { font-weight: 700; }
.statutory .prose { max-width: none; }
.statutory.evaluation { min-width: 52rem; }
.statutory.evaluation + .statutory.evaluation { border-top: 2px solid var(--line); }
.statutory.scores { width: auto; min-width: min(100%, 30rem); margin-top: .75rem; }

.listing { width: 100%; font-size: .95rem; }
.listing th, .listing td { text-align: left; font-weight: 400; padding: .55rem 1rem .55rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.listing thead th { color: var(--soft); font-size: .88rem; white-space: nowrap; }
.listing .number { text-align: right; white-space: nowrap; }
.listing td:last-child, .listing th:last-child { padding-right: 0; }
.listing tbody th { min-width: 11em; }
.listing .unit { padding-left: 1.5em; }
.listing tbody th:not(.unit) { font-weight: 600; }
.state { white-space: nowrap; }
.state.done { color: #1d6340; }
.state.late { color: var(--red); font-weight: 600; }
.state.wait { color: var(--soft); }
.plain.scroll { border: 0; }

.years { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; margin-top: 1.25rem; }
.years a { display: block; height: 100%; padding: 1rem 1.25rem 1.1rem; border: 1px solid var(--line); border-top: .2rem solid var(--blue); text-decoration: none; color: var(--soft); font-size: .95rem; }
.years a:hover { background: var(--faint); }
.years strong { display: block; font: 700 1.55rem/1.4 var(--serif); color: var(--deep); }
.parts { margin-top: .75rem; }
.parts li { display: flex; flex-wrap: wrap; gap: 0 1.5rem; justify-content: space-between; align-items: baseline; padding: .6rem 0; border-bottom: 1px solid var(--line); }
.parts a { display: flex; flex: 1 1 22rem; flex-wrap: wrap; gap: 0 1rem; text-decoration: none; }
.parts a:hover strong { text-decoration: underline; }
.parts a span { color: var(--soft); }
.parts strong { font-variant-numeric: tabular-nums; min-width: 10rem; }
.parts .figure { color: var(--soft); font-size: .9rem; }
.news li { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: .55rem 0; border-bottom: 1px solid var(--line); align-items: baseline; }
.news time { color: var(--soft); font-size: .9rem; font-variant-numeric: tabular-nums; }
.news a { flex: 1 1 18rem; }
.news .tag { font-size: .85rem; color: var(--soft); }
.news .tag.correction { color: var(--red); }

.findings { max-width: 46em; }
.findings li { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.rules tbody th { min-width: 0; white-space: nowrap; font-weight: 400; color: var(--soft); }
.rules td:last-child { min-width: 12em; }
.basis { color: var(--soft); font-weight: 400; font-size: .88rem; }

.files { margin-top: .75rem; }
.files li { padding: .45rem 0; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; }
.files .hash { flex-basis: 100%; color: var(--soft); }

footer.site { background: var(--faint); border-top: 2px solid var(--deep); font-size: .88rem; color: var(--soft); }
footer.site .inner { padding-top: 1.5rem; padding-bottom: 2rem; }
footer.site dl { display: flex; flex-wrap: wrap; gap: .15rem 2rem; }
footer.site dl div { display: flex; }
footer.site dt::after { content: "："; }
footer.site ul { display: flex; flex-wrap: wrap; gap: .15rem 2rem; margin-top: .6rem; }
footer.site li { padding: .15rem 0; }
.unset { color: #6b4a00; }

@media (max-width: 63.99rem) {
  .toc .sub { display: none; }
}
@media (max-width: 40rem) {
  main { padding-top: 1.5rem; }
  h1 { font-size: 1.6rem; }
  h1 small { font-size: 1.1rem; }
  h2 { font-size: 1.25rem; margin-top: 2.5rem; }
  .key { grid-template-columns: 1fr 1fr; }
  .key div { padding: .8rem .75rem .8rem 0; border-bottom: 1px solid var(--line); }
  .key div + div { padding-left: .75rem; }
  .key div:nth-child(odd) { border-left: 0; padding-left: 0; }
  .key dd.figure { font-size: 1.35rem; }
  .statutory { font-size: .82rem; }
  .sheet .bar::after { content: "左右滑动查看全表"; flex-basis: 100%; }
}
@media print {
  header.site nav, .crumbs, .skip, .toc, .download, footer.site ul { display: none; }
  header.site { background: none; border-bottom: 1pt solid #000; }
  header.site a { color: #000; }
  body { font-size: 10.5pt; }
  main, .inner { max-width: none; padding: 0; }
  .report { display: block; }
  .scroll { overflow: visible; }
  .statutory { font-size: 8pt; }
  .statutory thead { display: table-header-group; }
  .statutory tr, .notice { break-inside: avoid; }
  .sheet { break-before: page; }
  h2, h3 { break-after: avoid; }
}
`;
