/** How the page looks: light, dark and on paper. */
export const style = `
:root{color-scheme:light dark;--text:#1b1f24;--aside:#57606a;--back:#fff;--line:#d0d7de;--good:#116329;--bad:#a40e26;--warn:#7a4a00;--bar:#8aa4c8;--bar-line:#4a6a98}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--aside:#9aa4af;--back:#0d1117;--line:#30363d;--good:#56d364;--bad:#ff7b72;--warn:#e3b341;--bar:#3a5a8a;--bar-line:#9ab8e8}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}
h1{font-size:1.5rem}h2{font-size:1.2rem}h3{font-size:1rem}
header{border-left:.4rem solid var(--warn);padding-left:1rem}
header.pass{border-color:var(--good)}header.fail,header.blocked{border-color:var(--bad)}
.aside,footer{color:var(--aside)}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
td p{margin:.2rem 0}
.state{white-space:nowrap}
.wide{overflow-x:auto}
.matrix a{color:inherit;white-space:nowrap}
.pass .state,a.pass,tr.pass .state{color:var(--good)}
.flaky .state,a.flaky,.interrupted .state,a.interrupted,.skipped .state,a.skipped,tr.skipped .state{color:var(--warn)}
.fail .state,a.fail,.blocked .state,a.blocked,.timed-out .state,a.timed-out,tr.fail .state,tr.blocked .state{color:var(--bad)}
.lesson{border:1px solid var(--line);border-radius:.4rem;margin:1rem 0;padding:.5rem 1rem}
summary{cursor:pointer}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
pre{white-space:pre-wrap;margin:0;font:0.875rem/1.4 ui-monospace,monospace}
dt{color:var(--aside)}dd{margin:0 0 .5rem}
fieldset{border:1px solid var(--line);border-radius:.4rem}
label{display:inline-block;margin-right:1rem}
svg{width:100%;height:auto;font:13px system-ui,sans-serif;fill:var(--text)}
svg .whole{fill:none;stroke:var(--bar-line)}
svg .step{fill:var(--bar);stroke:var(--bar-line)}
svg .step.failed{fill:var(--bad)}
@media print{body{max-width:none}fieldset{display:none}.lesson{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
`;
