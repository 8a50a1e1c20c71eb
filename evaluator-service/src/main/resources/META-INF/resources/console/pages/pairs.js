// The dual chains of thought: a filtered list, and one pair with both sides next to each other.
import { html, useState } from "../vendor.js";
import { useAnswer } from "../api.js";
import { Empty, Failure, Pages, Waiting, count, percent } from "../parts.js";

const LIMIT = 20;
const ORIGINS = { RECTIFIED: "rectified", CORRUPTED: "corrupted", ALONE: "alone (SFT only)" };
const CATEGORIES = ["logical", "knowledge", "calculation", "other"];

function Filter({ filter, change, facets }) {
  const set = (field) => (event) => change({ ...filter, [field]: event.target.value, skip: 0 });
  const choices = (counts, names = {}) => Object.entries(counts).map(([value, n]) => html`<option value=${value}>${names[value] || value} (${count(n)})</option>`);
  return html`<form class="filter" onSubmit=${(event) => event.preventDefault()}>
    <label>Task <select value=${filter.task} onChange=${set("task")}><option value="">all</option>${choices(facets.tasks)}</select></label>
    <label>Origin <select value=${filter.origin} onChange=${set("origin")}><option value="">all</option>${choices(facets.origins, ORIGINS)}</select></label>
    <label>Mistake <select value=${filter.mistake} onChange=${set("mistake")}><option value="">all</option>${CATEGORIES.map((c) => html`<option value=${c}>${c}</option>`)}</select></label>
    <label>Similarity from <input type="number" min="0" max="1" step="0.05" value=${filter.from} onChange=${set("from")} /></label>
    <label>to <input type="number" min="0" max="1" step="0.05" value=${filter.to} onChange=${set("to")} /></label>
  </form>`;
}

export function Pairs() {
  const [filter, setFilter] = useState({ task: "", origin: "", mistake: "", from: 0, to: 1, skip: 0, limit: LIMIT });
  const facets = useAnswer("/api/pairs/facets", {}, 10000);
  const page = useAnswer("/api/pairs", filter);
  return html`<h2>Dual chains of thought</h2>
    ${facets.data ? html`<${Filter} filter=${filter} change=${setFilter} facets=${facets.data} />` : html`<${Waiting} ...${facets} />`}
    ${page.data === null ? html`<${Waiting} ...${page} />` : html`<${Failure} error=${page.error} /><${List} page=${page.data} filter=${filter} change=${setFilter} />`}`;
}

function List({ page, filter, change }) {
  if (page.total === 0) return html`<${Empty}>No record is like that.</${Empty}>`;
  return html`<div class="scroll"><table>
      <thead><tr><th>Problem</th><th>Question</th><th>Origin</th><th>Mistake</th><th class="n">Similarity</th><th class="n">Key</th></tr></thead>
      <tbody>${page.entries.map(({ pair, id, question }) => html`<tr>
        <td><a href=${`#/pairs/${pair.place.partition}/${pair.place.offset}`}>${id || "moved in the log"}</a></td>
        <td class="text">${question || ""}</td><td>${ORIGINS[pair.origin]}</td><td>${pair.mistake || "–"}</td>
        <td class="n">${pair.origin === "ALONE" ? "–" : pair.similarity.toFixed(2)}</td><td class="n">${pair.origin === "ALONE" ? "–" : percent(pair.keyFraction)}</td>
      </tr>`)}</tbody>
    </table></div>
    <${Pages} total=${page.total} skip=${filter.skip} limit=${LIMIT} go=${(skip) => change({ ...filter, skip })} />`;
}

function Side({ name, side, className }) {
  return html`<section class=${`side ${className}`}>
    <h3>${name}</h3>
    <p class="cot">${side.stretches.map((s) => (s.key ? html`<mark>${s.end ? "⏎ end" : s.text}</mark>` : s.text))}</p>
    <p class="quiet">${count(side.keyTokens)} of ${count(side.tokens)} tokens are key</p>
  </section>`;
}

export function Pair({ rest }) {
  const [partition, offset] = rest;
  const pair = useAnswer(`/api/pairs/${encodeURIComponent(partition)}/${encodeURIComponent(offset || "")}`);
  if (pair.data === null) return html`<p><a href="#/pairs">All pairs</a></p><${Waiting} ...${pair} />`;
  const p = pair.data;
  return html`
    <p><a href="#/pairs">All pairs</a></p>
    <h2>${p.id}</h2>
    <p class="cot question">${p.question}</p>
    <dl>
      <dt>Gold answer</dt><dd>${p.answer}</dd>
      <dt>Task</dt><dd>${p.task}</dd>
      <dt>Origin</dt><dd>${ORIGINS[p.origin]}</dd>
      <dt>Mistake</dt><dd>${p.mistake || "not mined"}</dd>
      <dt>Similarity</dt><dd>${p.wrong ? p.similarity.toFixed(3) : "–"}</dd>
      <dt>Key tokens</dt><dd>${p.wrong ? percent(p.keyFraction) : "–"} (rule ${p.rule})</dd>
    </dl>
    <div class="dual">
      <${Side} name="Right" side=${p.right} className="right" />
      ${p.wrong ? html`<${Side} name="Wrong" side=${p.wrong} className="wrong" />` : html`<${Empty}>No dual could be had: SFT only.</${Empty}>`}
    </div>`;
}
