// The console: one page that shows what the address's fragment names.
import { html, render, useEffect, useRef, useState } from "./vendor.js";
import { Overview } from "./pages/overview.js";
import { Runs, Run } from "./pages/runs.js";
import { Compare } from "./pages/compare.js";
import { Pairs, Pair } from "./pages/pairs.js";
import { DeadLetters } from "./pages/dead-letters.js";

const PAGES = [
  { path: "", title: "Pipeline", page: Overview },
  { path: "runs", title: "Runs", page: Runs, one: Run },
  { path: "compare", title: "Compare", page: Compare },
  { path: "pairs", title: "Dual CoTs", page: Pairs, one: Pair },
  { path: "dead-letters", title: "Dead letters", page: DeadLetters },
];

// "#/runs/a%2Fb" is ["runs", "a/b"]; a fragment that cannot be read is the first page.
function route() {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch (error) {
    console.warn("unreadable address", error);
    return [""];
  }
}

function Console() {
  const [where, setWhere] = useState(route());
  const main = useRef(null);
  useEffect(() => {
    const move = () => {
      setWhere(route());
      main.current.focus();
    };
    addEventListener("hashchange", move);
    return () => removeEventListener("hashchange", move);
  }, []);
  const [path, ...rest] = where;
  const entry = PAGES.find((candidate) => candidate.path === path) || PAGES[0];
  const Page = rest.length && rest[0] && entry.one ? entry.one : entry.page;
  useEffect(() => {
    document.title = `${entry.title} – EDIT console`;
  }, [entry.title]);
  return html`
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); main.current.focus(); }}>Skip to content</a>
    <header>
      <h1>EDIT</h1>
      <nav aria-label="console">
        ${PAGES.map(({ path: to, title }) => html`<a href=${`#/${to}`} aria-current=${entry.path === to ? "page" : null}>${title}</a>`)}
      </nav>
    </header>
    <main id="main" tabindex="-1" ref=${main}><${Page} key=${where.join("/")} rest=${rest} /></main>`;
}

render(html`<${Console} />`, document.body);
