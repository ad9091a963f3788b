/** Styles of the issuer's pages: the staff app's ink and deep blue on quiet ground. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ink: #1c2530; --muted: #566270; --line: #d5dbe3; --ground: #f4f6f9; --paper: #fff;
  --primary: #123a6b; --on-primary: #fff; --tint: #eef3fa; --error: #b3261e; --error-tint: #fdecea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ecf1; --muted: #a3aebb; --line: #36404d; --ground: #12171d; --paper: #1a2129;
    --primary: #8db8ef; --on-primary: #0d1a2b; --tint: #202c3b; --error: #ffb4ab;
    --error-tint: #43201d;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-bottom: 10rem; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", sans-serif;
}
.brand {
  display: flex; align-items: center; gap: .75rem; max-width: 60rem; margin: 0 auto;
  padding: 2.5rem 1.5rem 0; color: var(--muted); letter-spacing: .08em;
}
.seal {
  padding: .3rem .45rem; border: 2px solid var(--primary); border-radius: 4px; color: var(--primary);
  font: 700 1.05rem/1 "Noto Serif SC", "Source Han Serif SC", "Songti SC", SimSun, serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1 {
  margin: 0; font: 600 2.25rem/1.3 "Noto Serif SC", "Source Han Serif SC", "Songti SC", SimSun, serif;
}
.lead { margin: .5rem 0 0; color: var(--muted); }
a { color: var(--primary); text-underline-offset: .2em; }
fieldset { min-width: 0; margin: 2rem 0 0; padding: 0; border: 0; }
legend { padding: 0 0 .6rem; font-weight: 600; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); gap: .75rem; }
.person { position: relative; display: block; cursor: pointer; }
.person input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.card {
  display: flex; align-items: baseline; justify-content: space-between; gap: .75rem; height: 100%;
  padding: .7rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--paper);
  transition: border-color .12s, background-color .12s, box-shadow .12s;
}
.name { font-weight: 600; white-space: nowrap; }
.role { color: var(--muted); font-size: .875rem; text-align: right; }
.person input:hover + .card { border-color: var(--primary); }
.person input:checked + .card {
  border-color: var(--primary); background: var(--tint); box-shadow: inset 3px 0 0 var(--primary);
}
.person input:focus-visible + .card, button:focus-visible, a:focus-visible, .enter input:focus-visible {
  outline: 3px solid var(--primary); outline-offset: 2px;
}
.enter {
  position: sticky; bottom: 0; display: grid; grid-template-columns: auto minmax(0, 16rem) auto 1fr;
  align-items: center; gap: .8rem 1rem; margin-top: 2.5rem; padding: 1.25rem 0;
  border-top: 1px solid var(--line); background: var(--ground);
}
.enter label { font-weight: 600; }
.enter input {
  width: 100%; min-height: 2.75rem; padding: .4rem .8rem; border: 1px solid var(--muted);
  border-radius: 6px; background: var(--paper); color: inherit; font: inherit;
}
.enter input[aria-invalid] { border-color: var(--error); }
button {
  min-height: 2.75rem; padding: .4rem 1.75rem; border: 1px solid var(--primary); border-radius: 6px;
  background: var(--primary); color: var(--on-primary); font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { filter: brightness(1.12); }
button.quiet { background: transparent; color: var(--primary); }
.stacked { display: grid; gap: 1.25rem; max-width: 28rem; margin-top: 2rem; }
.stacked button { justify-self: start; margin-top: .5rem; }
.field { display: grid; gap: .35rem; }
.field label { font-weight: 600; }
.field input {
  width: 100%; min-height: 2.75rem; padding: .4rem .8rem; border: 1px solid var(--muted);
  border-radius: 6px; background: var(--paper); color: inherit; font: inherit;
}
.field input:focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
.links { margin: 2rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--line); list-style: none; }
.links li { padding: .25rem 0; }
.secret { display: grid; gap: .35rem; margin: 0; }
.secret code { font-size: 1.125rem; letter-spacing: .04em; overflow-wrap: anywhere; }
.fault {
  grid-column: 1 / -1; margin: 0; padding: .6rem 1rem; border-left: 3px solid var(--error);
  border-radius: 4px; background: var(--error-tint); color: var(--error);
}
.hint { grid-column: 1 / -1; margin: 0; color: var(--muted); font-size: .875rem; }
.choice { display: flex; flex-wrap: wrap; gap: .75rem; margin: 2rem 0 0; }
@media (max-width: 40rem) {
  .brand { padding-top: 1.5rem; }
  .people { grid-template-columns: 1fr; }
  .enter { grid-template-columns: auto 1fr; }
  .enter button { grid-column: 1 / -1; }
  .stacked { max-width: none; }
  .stacked button { justify-self: stretch; }
}
@media (prefers-reduced-motion: reduce) { .card { transition: none; } }
`;
