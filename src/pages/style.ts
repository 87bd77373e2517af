/** How the pages look: light, dark, narrow, wide and on paper. Without a font or a picture from elsewhere. */
export const style = `
:root{color-scheme:light dark;--text:#1d2329;--aside:#59636e;--back:#fcfcfa;--raised:#f2f3ef;--line:#d5d8d2;--link:#0a58a6;--good:#17643a;--bad:#9f1c2f;--star:#8a5a00;--fill:#dde8f4;--edge:#5b7ba3}
@media (prefers-color-scheme:dark){:root{--text:#e4e7ea;--aside:#a2abb5;--back:#14171b;--raised:#1e2328;--line:#363d45;--link:#86bdf7;--good:#6fd497;--bad:#ff8f95;--star:#e8b84a;--fill:#20364f;--edge:#86a9d4}}
*{box-sizing:border-box}
html{scroll-padding-top:1.5rem;-webkit-text-size-adjust:100%}
body{margin:0;font:1.0625rem/1.65 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--back);padding:.5rem 1rem;z-index:2}
.skip:focus{top:.5rem}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
header{border-bottom:1px solid var(--line)}
header nav{max-width:72rem;margin:0 auto;padding:.75rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
header a{text-decoration:none;color:var(--text)}
header a:hover{text-decoration:underline}
header .home{font-weight:650;margin-right:auto}
.page{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:2.1rem;letter-spacing:-.015em;margin:.2em 0 .4em}
h2{font-size:1.45rem;margin:0 0 .7em}
h3{font-size:1.05rem;margin:1.6em 0 .5em}
p{margin:0 0 1em}
.lead{font-size:1.2rem;line-height:1.5;color:var(--aside)}
.aside,.label,figcaption,footer{color:var(--aside);font-size:.92rem}
.label{margin:1.2em 0 .4em}
.label code{color:var(--text)}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
p code,li code,dt code,dd code,legend code,label code,summary code{background:var(--raised);border-radius:4px;padding:.1em .3em;overflow-wrap:anywhere}
pre{margin:0 0 1.1em;padding:.85rem 1rem;background:var(--raised);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.5}
pre code{font-size:.9rem}
blockquote{margin:0 0 1em;padding-left:1rem;border-left:3px solid var(--line);color:var(--aside)}
.command{position:relative;margin:1.4em 0 .6em}
.command pre{border-left:4px solid var(--edge);margin:0;padding-right:5.5rem}
.command code{font-size:.95rem}
.command code span{display:inline-block;max-width:100%}
.command button{position:absolute;top:.5rem;right:.5rem}
.does{margin-bottom:1em;color:var(--aside)}
.does::first-letter{text-transform:uppercase}
.mind{border-left:4px solid var(--star);padding-left:1rem}
button{font:inherit;font-size:.85rem;color:var(--text);background:var(--back);border:1px solid var(--edge);border-radius:6px;padding:.25rem .75rem;min-height:2rem;cursor:pointer}
button:hover{background:var(--fill)}
.about{margin:1.5rem 0 2rem;padding:1rem 1.25rem;background:var(--raised);border-radius:8px;font-size:.95rem}
.about p{margin:0}.about dl{margin:.5rem 0}.about dl div{display:flex;flex-wrap:wrap;gap:0 .75rem}
.about dt{color:var(--aside);min-width:5.5rem}.about dd{margin:0;flex:1 1 12rem}
.step,.finish{margin-top:3.5rem;padding-top:2.25rem;border-top:1px solid var(--line)}
.number{display:inline-block;min-width:1.9em;height:1.9em;line-height:1.9em;border-radius:1em;text-align:center;font-size:.72em;font-weight:650;background:var(--fill);vertical-align:.16em;margin-right:.3em}
.checks{margin:1.4em 0;padding:.9rem 1.25rem;border:1px solid var(--line);border-radius:8px}
.checks h3{margin:0 0 .4em;font-size:.92rem;color:var(--aside);font-weight:600}
.checks ul{margin:0;padding:0;list-style:none}
.checks li{padding-left:1.6em;text-indent:-1.6em}
.checks li::before{content:"✓";color:var(--good);display:inline-block;width:1.6em;text-indent:0;font-weight:700}
details{margin:.15rem 0}
summary{cursor:pointer;padding:.2rem .3rem;font-size:.95rem;color:var(--link);border-radius:4px;width:fit-content}
summary:hover{text-decoration:underline}
details[open]{margin-bottom:1.1rem}
details>:not(summary){margin-left:.5rem;padding-left:1rem;border-left:2px solid var(--line)}
details>pre{border-radius:0 8px 8px 0;padding-left:1rem}
details>*{margin-bottom:0}
details>p,details>pre{padding-bottom:.6rem}
details>ul,details>ol{margin-top:0;padding-left:2.2rem}
.answer ul{list-style:none;padding:0}
dl.parts{margin-top:0}
.parts>div{display:grid;grid-template-columns:minmax(6rem,16rem) minmax(0,1fr);gap:.2rem 1rem;padding:.35rem 0}
.parts>div+div{border-top:1px solid var(--line)}
.parts dd{margin:0}
.requests li{margin-bottom:.6rem}.requests p{margin-bottom:.3rem}
.question{margin:1rem 0 1.4rem}
fieldset{border:1px solid var(--line);border-radius:8px;padding:.6rem 1.1rem 1rem;margin:0 0 .7rem;min-width:0}
legend{font-weight:600;padding:0 .4rem}
label{display:flex;gap:.6rem;padding:.35rem .2rem;cursor:pointer}
input{flex:none;width:1.15rem;height:1.15rem;margin:.25rem 0 0;accent-color:var(--link)}
.verdict{display:inline;margin-left:.8rem}
.verdict:empty{display:none}
[data-state=right] .verdict{color:var(--good)}[data-state=wrong] .verdict{color:var(--bad)}
figure{margin:1.6rem 0;overflow-x:auto}
figcaption{margin-top:.5rem}
svg{display:block;max-width:100%;height:auto;color:var(--text)}
svg text{fill:currentColor;font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:14px}
svg .line{fill:none;stroke:var(--edge);stroke-width:1.6;stroke-linecap:round}
svg .dashed{stroke-dasharray:5 4}
svg .head,svg circle{fill:var(--edge)}
svg .note{font-size:11.5px;fill:var(--aside)}
svg .name{font-weight:650}
svg .container rect,svg .files rect{fill:var(--fill);stroke:var(--edge)}
svg .setting rect{fill:var(--back);stroke:var(--edge);stroke-dasharray:4 3}
svg .base rect{fill:var(--raised);stroke:var(--edge);stroke-width:2}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:0 0 1.1em;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
.road{padding-left:2.2rem;margin:0 0 2.5rem}
.road>li{padding:0 0 1.1rem .3rem}
.road>li::marker{color:var(--aside)}
.road h3{margin:0 0 .15em;font-size:1.1rem}
.road p{margin:0}
.star{color:var(--star)}
.tags{list-style:none;margin:.3rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem}
.tags li{font-size:.8rem;line-height:1.5;padding:0 .55rem;border-radius:1rem;background:var(--raised);color:var(--aside)}
.terms>div{padding:.5rem 0;border-bottom:1px solid var(--line)}
.terms dt{font-weight:600}.terms dd{margin:0}
.neighbours{display:flex;flex-wrap:wrap;gap:1rem;margin-top:3.5rem}
.neighbours a{flex:1 1 14rem;padding:.8rem 1.1rem;border:1px solid var(--line);border-radius:8px;text-decoration:none}
.neighbours a:hover{background:var(--raised)}
.neighbours [rel=next]{text-align:right}
.neighbours .aside{display:block}
.rail{font-size:.92rem;margin-bottom:2rem}
.rail p{font-weight:650;margin:0 0 .4rem}
.rail ol{margin:0 0 1rem;padding-left:1.6rem}
.rail li{padding:.12rem 0}
.rail a{color:var(--text);text-decoration:none}
.rail a:hover{text-decoration:underline}
.rail [aria-current]{color:var(--link);font-weight:650}
footer{border-top:1px solid var(--line);padding:1.25rem;text-align:center}
footer p{margin:0}
@media (min-width:64rem){
.page.beside{max-width:72rem;display:grid;grid-template-columns:15rem minmax(0,46rem);gap:4rem}
.beside .rail{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow-y:auto;padding:.25rem}
}
@media (max-width:50rem){figure svg{max-width:none}}
@media (max-width:30rem){
body{font-size:1rem}.page{padding-top:1.25rem}h1{font-size:1.65rem}h2{font-size:1.3rem}
.parts>div{grid-template-columns:minmax(0,1fr)}
.command pre{padding-right:1rem;padding-top:2.9rem}
.road{padding-left:1.8rem}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){svg text,svg .note{fill:CanvasText}svg .line,svg rect{stroke:CanvasText}}
@media print{
:root{--text:#000;--aside:#444;--back:#fff;--raised:#f4f4f4;--line:#bbb;--link:#000;--good:#000;--bad:#000;--star:#000;--fill:#eee;--edge:#444}
@page{margin:2cm}
body{font-size:10.5pt}
header,.skip,.rail,.neighbours,button,footer{display:none}
.page,.page.beside{display:block;max-width:none;padding:0}
details::details-content{content-visibility:visible;block-size:auto}
h2,h3,legend{break-after:avoid}
.command,figure,.checks,fieldset{break-inside:avoid}
.command pre{padding-right:1rem}
a{text-decoration:none}
}
`;
