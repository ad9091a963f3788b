import { cssString } from "./markup.ts";

/** GB/T 9704 type area: 三号 (16 pt) letters, 28 a line on 158 mm, lines 29 pt apart. */
/** A character of the private use area is searched in the fonts named here alone: the office's own is FangSong. */
const song = `"Noto Serif SC", SimSun, FangSong, serif`;
const hei = `"Noto Sans SC", SimHei, FangSong, sans-serif`;
const kai = `"Han Marks", "LXGW WenKai", KaiTi, FangSong, serif`;
const fangSong = `"Han Marks", FangSong, "LXGW WenKai", serif`;

/** Styles of the printed report; only the running head and the mark of a draft vary. */
export const printCss = ({
  runningHead,
  isDraft,
}: {
  readonly runningHead: string;
  readonly isDraft: boolean;
}): string => `
/* The 楷 that stands in for 仿宋 has Latin quotation marks, half as wide as Chinese print wants them. */
@font-face { font-family: "Han Marks"; src: local("Noto Serif SC"), local("NotoSerifSC-Regular"); unicode-range: U+2018-2019, U+201C-201D; }
@page {
  size: A4 portrait;
  margin: 36mm 26mm 33mm;
  @top-left { content: ${cssString(runningHead)}; font: 9pt ${song}; color: #555; vertical-align: bottom; padding-bottom: 7mm; }
  @top-right { content: ${cssString(isDraft ? "草稿 · 预览，不作公开之用" : "")}; font: 700 9pt ${hei}; color: #a8201a; vertical-align: bottom; padding-bottom: 7mm; }
  @bottom-center { content: "— " counter(page) " —"; font: 12pt ${song}; color: #111; vertical-align: top; padding-top: 7mm; }
}
@page cover { margin: 0; @top-left { content: none; } @top-right { content: none; } @bottom-center { content: none; } }
@page sheet {
  margin: 20mm 16mm 18mm;
  @top-left { padding-bottom: 4mm; }
  @top-right { padding-bottom: 4mm; }
  @bottom-center { padding-top: 4mm; }
}
@page wide {
  size: A4 landscape;
  margin: 18mm 16mm 16mm;
  @top-left { padding-bottom: 3.5mm; }
  @top-right { padding-bottom: 3.5mm; }
  @bottom-center { padding-top: 3.5mm; }
}
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; color: #000; font: 16pt/29pt ${fangSong}; font-variant-numeric: lining-nums; line-break: strict; overflow-wrap: break-word; }
h1, h2, h3, h4, p, ol, dl, dd, figure { margin: 0; padding: 0; font-weight: 400; }
h1, h2, h3, h4 { break-after: avoid; break-inside: avoid; }
a { color: inherit; text-decoration: none; }
p { text-indent: 2em; text-align: justify; orphans: 2; widows: 2; }

.cover { page: cover; height: 296mm; display: flex; flex-direction: column; align-items: center; padding: 74mm 26mm 0; text-align: center; break-after: page; }
.cover p { text-indent: 0; text-align: center; }
.cover .org { font: 700 25pt/40pt ${song}; text-wrap: balance; }
.cover .above { position: absolute; top: 22mm; left: 26mm; font: 12pt/18pt ${song}; }
.cover .rule { width: 62mm; margin: 11mm 0; border-top: 1.6pt solid #a8201a; }
.cover .name { font: 700 35pt/52pt ${song}; letter-spacing: .09em; margin-right: -.09em; }
.cover .draft { margin-top: 9mm; padding: 1mm 5mm; border: 1pt solid #a8201a; color: #a8201a; font: 12pt/18pt ${hei}; }
.cover .when { margin-top: auto; padding-bottom: 30mm; font: 16pt/29pt ${kai}; }
.cover .imprint { height: 14mm; font: 8pt/12pt ${song}; color: #555; }

.contents { break-after: page; }
.contents h1 { font: 700 22pt/36pt ${song}; text-align: center; letter-spacing: 1em; margin: 0 -1em 14pt 0; }
.contents a { display: flex; align-items: baseline; font: 12pt/20pt ${song}; }
.contents a.chief { font: 12pt/20pt ${hei}; margin-top: 4pt; }
.contents a.sub { padding-left: 2em; }
.contents span.dots { flex: 1; min-width: 2em; margin: 0 .5em; border-bottom: 1.1pt dotted #444; transform: translateY(-.22em); }
.contents.close a, .contents.close a.chief { line-height: 16.5pt; }
.contents p.note { margin-top: 10pt; font: 10.5pt/16pt ${song}; text-indent: 2em; }
.contents span.page { min-width: 1.5em; text-align: right; font-family: ${song}; }

.part { break-before: page; }
.part.continued { break-before: auto; }
.part > h1 { font: 700 22pt/36pt ${song}; text-align: center; margin: 4pt 0 24pt; text-wrap: balance; }
/* The wide space after the ordinal is for bookmarks and readers; on paper it must not shift the line. */
.part > h1 span { display: block; }
.part > h1 span:first-child { margin-right: -1em; }
.part h2 { font: 16pt/29pt ${hei}; text-indent: 2em; margin-top: 7pt; }
.part h3 { font: 16pt/29pt ${kai}; text-indent: 2em; }
.part h4 { font: 16pt/29pt ${fangSong}; text-indent: 2em; }
.glossary .term { font: 16pt/29pt ${hei}; }
.part ol { list-style: none; }
.amount { white-space: nowrap; }

.divider { height: 226mm; }
.divider > h1 { padding-top: 26mm; margin-bottom: 15mm; }
.divider table { width: 128mm; margin: 0 auto; border-collapse: collapse; font: 12.5pt/25pt ${song}; }
.divider td { padding: 0 2mm; border-bottom: .4pt solid #999; }
.divider td:first-child { width: 27mm; white-space: nowrap; }
.divider tr:first-child td { border-top: 1.1pt solid #000; }
.divider tr:last-child td { border-bottom: 1.1pt solid #000; }

.sheet { page: sheet; break-before: page; font: 9.5pt/13pt ${song}; }
.sheet.wide { page: wide; }
.sheet h2, .sheet h3 { font: 700 17pt/24pt ${song}; text-align: center; text-indent: 0; margin: 0 0 2pt; }
.sheet .head { display: grid; grid-template-columns: minmax(max-content, 1fr) auto minmax(max-content, 1fr); column-gap: 5mm; align-items: end; padding-bottom: 2.5pt; }
.sheet .head .number { grid-column: 1 / -1; text-align: right; }
.sheet .head.crowded { grid-template-columns: fit-content(65%) 1fr auto; text-align: center; }
.sheet .head.crowded .by { text-align: left; }
.sheet .head .by { grid-column: 1; }
.sheet .head .year { grid-column: 2; }
.sheet .head .unit { grid-column: 3; text-align: right; }
.sheet p { font: 9pt/14pt ${song}; padding-left: 3em; text-indent: -3em; margin-top: 3pt; }

table.statutory { width: 100%; border-collapse: collapse; font: 9.5pt/12.5pt ${song}; font-variant-numeric: tabular-nums lining-nums; border: .9pt solid #000; }
table.statutory thead { display: table-header-group; }
table.statutory tr { break-inside: avoid; }
table.statutory th, table.statutory td { border: .4pt solid #333; padding: var(--pad, 2.6pt) 3.2pt; font-weight: 400; vertical-align: middle; }
table.statutory thead th, table.statutory thead td { text-align: center; font-family: ${hei}; border-bottom-width: .4pt; }
table.statutory thead tr:last-child > * { border-bottom-width: .9pt; }
table.statutory .numbers th { font-family: ${song}; }
table.statutory .name { text-align: left; }
table.statutory .in1 { padding-left: calc(3.2pt + 1em); }
table.statutory .in2 { padding-left: calc(3.2pt + 2em); }
table.statutory .in3 { padding-left: calc(3.2pt + 3em); }
table.statutory .in4 { padding-left: calc(3.2pt + 4em); }
table.statutory .line { text-align: center; width: 10mm; padding-left: 0; padding-right: 0; }
table.statutory .code { text-align: left; white-space: nowrap; width: 17mm; }
table.statutory .money, table.statutory .count { text-align: right; white-space: nowrap; }
table.statutory .money, table.statutory .count { width: 24mm; }
table.statutory .dash { text-align: center; white-space: nowrap; color: #333; }
/* A cell on which nothing is painted is left out of the tags, and every figure after it seems one column off. */
table.statutory td:empty { background: #ffffff01; }
table.statutory .sum, table.statutory tr.total > .name { font-weight: 700; }
table.statutory .prose { text-align: left; }
table.statutory .hash { font-size: 7pt; overflow-wrap: anywhere; text-align: left; }
.roomy { --pad: 3.8pt; }
.regular { --pad: 2.7pt; }
.close { --pad: 1.25pt; }
.long { --pad: 2.2pt; }
.tight table.statutory { font-size: 8.2pt; line-height: 9.6pt; --pad: .9pt; }
.tight table.statutory .code { width: 21mm; }
.dense table.statutory { font-size: 8pt; line-height: 10.4pt; --pad: 2pt; }
.dense table.statutory th, .dense table.statutory td { padding-left: 2pt; padding-right: 2pt; }
.dense table.statutory .in1 { padding-left: 10pt; }
.dense table.statutory .in2 { padding-left: 18pt; }
.dense table.statutory .line { width: 7mm; }
.dense table.statutory .code { width: 9mm; }
.dense table.statutory .money { width: 14mm; }
.wide .dense table.statutory .code { width: 13mm; }
.wide .dense table.statutory .money { width: 18mm; }

.attachment h1 { font: 700 17pt/25pt ${song}; text-align: center; margin: 0 0 8pt; text-wrap: balance; }
.attachment h1 span:first-child { display: block; text-align: left; font: 14pt/22pt ${hei}; }
.attachment h1 span:nth-child(3) { display: block; font: 13pt/21pt ${kai}; }
.part.attachment h1 { margin-bottom: 14pt; }
table.evaluation tr { break-inside: auto; }
table.evaluation { table-layout: fixed; font-size: 9pt; }
table.evaluation th { font-family: ${hei}; }
table.evaluation + table.evaluation { margin-top: -.9pt; }
table.evaluation col:nth-child(1) { width: 10%; }
table.evaluation col:nth-child(2) { width: 12%; }
table.evaluation col:nth-child(3), table.evaluation col:nth-child(4), table.evaluation col:nth-child(5) { width: 15%; }
table.evaluation col:nth-child(6), table.evaluation col:nth-child(7) { width: 8%; }
table.evaluation .count, table.evaluation .rate { text-align: center; }
table.scores { width: 128mm; margin: 6pt auto 8pt; font-size: 12pt; line-height: 20pt; }
table.files { margin-top: 6pt; }
mark { background: #fff1a8; color: #7a1f00; }
${isDraft ? `html { background: ${watermark}; }` : ""}
`;

/** Tiled behind everything, so that no page of whatever size is without it. */
const watermark = `url("data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="300" viewBox="0 0 360 300"><text x="180" y="158" text-anchor="middle" transform="rotate(-28 180 150)" font-family="Noto Sans SC, SimHei, sans-serif" font-weight="700" font-size="44" fill="#a8201a" fill-opacity=".09">草稿 · 预览</text></svg>`,
)}") 50% 20mm / 90mm 75mm`;
