/** One stylesheet for every page: light and dark, phone first, sides named by the direction of writing. */
import { createHash } from 'node:crypto';

const TEXT = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1c2126;--soft:#555e67;--line:#dedbd3;--accent:#0b4f79;--mark:#0b4f79;--warm:#8a4b00;--warm-paper:#fdf1df;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Open Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#14181c;--card:#1b2026;--ink:#e9e6df;--soft:#a9b1b9;--line:#333b43;--accent:#8cc7ee;--mark:#8cc7ee;--warm:#f0bd7a;--warm-paper:#2d2417}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--sans);overflow-wrap:break-word}
main{max-width:58rem;margin-inline:auto;padding-inline:1rem}
body>header,body>footer{padding-inline:max(1rem,(100% - 56rem)/2)}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
h1,h2,h3,p,ul,ol,dl,dd,figure{margin:0;padding:0}
h1{font:600 clamp(1.7rem,1.3rem + 1.8vw,2.5rem)/1.15 var(--serif);letter-spacing:-.01em;text-wrap:balance;margin-block-start:2rem}
h2{font:600 1.4rem/1.25 var(--serif);margin-block:2.5rem .75rem}
h3{font:600 1.05rem/1.35 var(--sans);margin-block:1.5rem .5rem}
main>p,main section>p{margin-block:.6rem;max-width:44rem}
.lead{font-size:1.15rem;line-height:1.5;color:var(--soft);max-width:44rem;margin-block:.75rem}
.small,figcaption,.by,.count,body>footer{font-size:.875rem;color:var(--soft)}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.skip:focus{inset-block-start:.5rem}
body>header{padding-block:1.1rem .8rem;display:flex;flex-wrap:wrap;gap:.3rem 2rem;align-items:baseline;border-block-end:1px solid var(--line)}
.brand{font:600 1.2rem/1 var(--serif)}
.brand a{color:var(--ink);text-decoration:none}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;font-size:.95rem}
nav a{display:inline-block;padding-block:.35rem;text-decoration:none}
nav a:hover{text-decoration:underline}
nav a[aria-current]{color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--accent)}
main{padding-block-end:3rem}
body>footer{border-block-start:1px solid var(--line);padding-block:1.2rem 2.5rem}
.faults{background:var(--warm-paper);border-inline-start:4px solid var(--warm);padding:.7rem 1rem;margin-block-start:1.25rem;border-radius:3px}
.timeline{margin-block:1.75rem 1rem;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:8px}
.timeline svg{display:block;overflow:visible}
.timeline text{font:11px var(--sans);fill:var(--soft);text-anchor:middle;paint-order:stroke;stroke:var(--card);stroke-width:4px}
.timeline text.lane{text-anchor:start;font-weight:600}
@media (max-width:40rem){.timeline text.minor{display:none}}
.timeline text.today{fill:var(--warm);font-weight:600}
.timeline line{stroke:var(--mark);stroke-width:1.5}
.timeline line.year{stroke:var(--line);stroke-width:1}
.timeline line.today{stroke:var(--warm);stroke-dasharray:3 3}
.timeline circle{stroke:var(--mark);stroke-width:2}
.timeline circle.sure{fill:var(--mark)}
.timeline circle.unsure{fill:var(--card)}
.timeline .over line{stroke:var(--line)}
.timeline .over circle{stroke:var(--soft)}
.timeline .over circle.sure{fill:var(--soft)}
.timeline .next line{stroke-width:3}
.timeline .next text{fill:var(--ink);font-weight:700;font-size:13px}
.timeline .sign{display:inline-block;vertical-align:-.05em}
figcaption{margin-block:.6rem .4rem}
.in-words{list-style:none;display:grid;gap:.4rem;margin-block-start:.6rem;font-size:.925rem}
details{margin-block:1rem}
summary{cursor:pointer;color:var(--accent);padding-block:.3rem}
.filters{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem}
.fields{display:grid;gap:.75rem 1rem;grid-template-columns:repeat(auto-fit,minmax(7.2rem,1fr))}
.fields>div{min-width:0}
label{display:block;font-size:.85rem;font-weight:600;margin-block-end:.2rem}
select,button{font:inherit;color:inherit;width:100%;min-height:2.75rem;padding:.4rem .6rem;background:var(--paper);border:1px solid var(--soft);border-radius:5px;text-overflow:ellipsis}
button{width:auto;padding-inline:1.4rem;background:var(--accent);border-color:var(--accent);color:var(--paper);font-weight:600;cursor:pointer;margin-inline-end:1rem}
.do{margin-block-start:1rem}
.count{margin-block:1rem .25rem!important}
.dates,.names,.columns,.links,.lines{list-style:none}
.dates>li{padding-block:1rem;border-block-start:1px solid var(--line);display:grid;gap:.2rem 1.75rem}
.dates .when{font-weight:600}
.dates h3{margin:0}
.dates h3::first-letter,.dates .when::first-letter,.big::first-letter{text-transform:uppercase}
h2 a,h3 a{text-decoration-color:color-mix(in srgb,currentColor 35%,transparent)}
.left{display:inline-block;font-weight:400;color:var(--warm)}
.who{color:var(--soft);margin:0}
.who summary{color:inherit;padding-block:.1rem}
.names{display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.925rem;margin-block:.2rem}
.names a,.columns a,.links a{display:inline-block;padding-block:.15rem}
.claim{font-size:.925rem}
.how{margin-block-start:.3rem;font-size:.925rem}
.by{margin-block-start:.1rem}
.by a{color:inherit}
.key{display:inline-block;margin-inline-end:1rem}
.timeline details{margin-block:.25rem 0}
.certainty{display:inline-block;padding-inline-start:1.25rem;position:relative}
.certainty::before{content:"";position:absolute;inset-inline-start:.05rem;inset-block-start:.36em;width:.75rem;height:.75rem;border:2px solid var(--mark);border-radius:50%}
.certainty.sure::before{background:var(--mark)}
.certainty.half::before{background:linear-gradient(to top,var(--mark) 50%,transparent 50%)}
.certainty.unsure::before{border-style:dotted}
.lines{display:grid;gap:.45rem;padding:0;margin-block:.5rem;max-width:48rem}
.lines li{padding-inline-start:1rem;position:relative}
.lines li::before{content:"";position:absolute;inset-inline-start:.1rem;inset-block-start:.65em;width:.3rem;height:.3rem;background:var(--soft);border-radius:50%}
.columns{columns:12rem auto;column-gap:1.5rem}
.links{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;margin-block:1rem}
.big{font:600 clamp(1.25rem,1.1rem + .8vw,1.6rem)/1.3 var(--serif);margin-block:1rem .2rem!important;color:var(--accent);max-width:none!important}
.facts{display:grid;gap:.15rem 1.5rem;margin-block:1.25rem}
.facts dt{font-weight:600;font-size:.925rem}
.facts dd{margin-block-end:.5rem}
.pager{display:flex;gap:1.5rem;justify-content:space-between;margin-block:1.5rem;align-items:baseline}
.review{border-block-start:1px solid var(--line);margin-block-start:2rem}
.review h2{margin-block-start:1.25rem}
.review+.review{margin-block-start:2.5rem}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;padding-block:.5rem;padding-inline:0 .9rem;border-block-end:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
thead th{overflow-wrap:normal;font-weight:600;font-size:.85rem;color:var(--soft)}
.feed .address+.address{border-block-start:0}
.feed .address{overflow-wrap:anywhere;font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.925rem;background:var(--card);border:1px solid var(--line);border-radius:5px;padding:.6rem .8rem;max-width:none}
.mocks{display:grid;gap:1.5rem;margin-block:1.5rem}
.mock{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem 1.1rem;min-width:0}
.mock h2{font:600 .85rem/1 var(--sans);color:var(--soft);margin:0 0 1rem}
.post{display:grid;grid-template-columns:40px minmax(0,1fr);gap:.8rem}
.said{font-size:.925rem;overflow-wrap:anywhere}
.said p{margin-block:.25rem}
.said .from{margin-block:0 .35rem;line-height:1.2}
.tag{font-size:.68rem;font-weight:600;padding:.1rem .3rem;border-radius:3px;background:var(--accent);color:var(--paper)}
.time{font-size:.78rem;color:var(--soft)}
.heading{font-weight:700;font-size:1.08rem;line-height:1.35}
.item{padding-inline-start:1rem;position:relative}
.item::before{content:"•";position:absolute;inset-inline-start:.15rem}
.embed{display:grid;grid-template-columns:4px minmax(0,1fr);gap:.8rem;background:var(--paper);border:1px solid var(--line);border-radius:5px;padding-inline-end:.9rem;overflow:hidden}
.embed>div{padding-block:.5rem}
.embed .accent{display:block;height:100%}
.buttons{display:flex;flex-wrap:wrap;gap:.4rem;margin-block-start:.7rem!important}
.buttons .button{border:1px solid var(--soft);border-radius:5px;padding:.25rem .7rem;font-weight:600;font-size:.85rem}
.buttons .first{background:var(--accent);color:var(--paper);border-color:var(--accent)}
.select::after{content:" ▾"}
.chip{background:var(--line);border-radius:3px;padding-inline:.2rem}
@media (min-width:46rem){
.fields{grid-template-columns:repeat(3,minmax(0,1fr))}
.dates>li{grid-template-columns:15rem minmax(0,1fr)}
.left{display:block}
.facts{grid-template-columns:max-content minmax(0,1fr)}
.facts dt{max-width:16rem}
.mocks{grid-template-columns:repeat(2,minmax(0,1fr));align-items:start}
}
@media (forced-colors:active){.certainty::before,.timeline circle,.timeline line{forced-color-adjust:none}}
@media print{body>header nav,.filters,.skip,.pager{display:none}}
`;

/** As it is served: without what only a writer needs. */
export const STYLE = TEXT.replaceAll('\n', '');
/** Named for its content, so that a browser may keep it for ever. */
export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
