// All runs on all benchmarks with intervals, and two of them against each other.
import { html, useState } from "../vendor.js";
import { useAnswer } from "../api.js";
import { Empty, Failure, Waiting, count, domain, percent, points } from "../parts.js";

function Cell({ cell }) {
  if (!cell) return html`<td class="n quiet">–</td>`;
  const title = `95 % interval ${percent(cell.low)} to ${percent(cell.high)}; macro average over tasks ${percent(cell.macro)}; n = ${cell.n}; ${cell.unanswered} unanswered${cell.truncated === null ? "" : `; ${cell.truncated} cut by length`}`;
  return html`<td class="n" title=${title}>
    <strong>${percent(cell.accuracy)}</strong>
    <span class="interval" aria-hidden="true">
      <span style=${{ left: `${100 * cell.low}%`, width: `${100 * (cell.high - cell.low)}%` }}></span>
      <i style=${{ left: `${100 * cell.accuracy}%` }}></i>
    </span>
    <small>${percent(cell.low)} – ${percent(cell.high)}<br />macro ${percent(cell.macro)}, n ${count(cell.n)}${cell.truncated ? html`<br />${count(cell.truncated)} cut by length` : ""}</small>
  </td>`;
}

function Differences({ first, second }) {
  const answer = useAnswer("/api/comparison/differences", { first, second });
  if (answer.data === null) return html`<${Waiting} ...${answer} />`;
  if (answer.data.length === 0) return html`<${Empty}>These two runs share no benchmark with the same problems.</${Empty}>`;
  return html`<div class="scroll"><table>
    <caption>${first} minus ${second}, the same problems</caption>
    <thead><tr><th>Benchmark</th><th class="n">n</th><th class="n">Difference, points</th><th class="n">95 % interval</th><th class="n">Only first : only second right</th><th class="n">p (McNemar)</th><th class="n">p after Holm</th><th>Says</th></tr></thead>
    <tbody>${answer.data.map((d) => html`<tr>
      <td>${d.benchmark}</td><td class="n">${count(d.n)}</td><td class="n">${points(d.difference)}</td>
      <td class="n">${points(d.low)} to ${points(d.high)}</td><td class="n">${d.firstOnly} : ${d.secondOnly}</td>
      <td class="n">${d.pValue.toFixed(3)}</td><td class="n">${d.adjusted.toFixed(3)}</td>
      <td>${d.adjusted < 0.05 ? "differs" : "not significant"}</td>
    </tr>`)}</tbody>
  </table></div>
  <p class="quiet">Interval: paired bootstrap over problems. Test: exact, two-sided. Both know the noise of the problems, not that of training: compare several seeds before you believe a small difference.</p>`;
}

export function Compare() {
  const table = useAnswer("/api/comparison", {}, 5000);
  const [pair, setPair] = useState({ first: "", second: "" });
  if (table.data === null) return html`<${Waiting} ...${table} />`;
  const { benchmarks, rows } = table.data;
  if (rows.length === 0) return html`<h2>Compare</h2><${Empty}>No evaluation yet.</${Empty}>`;
  const choose = (which) => (event) => setPair({ ...pair, [which]: event.target.value });
  const options = html`<option value="">–</option>${rows.map((row) => html`<option value=${row.run}>${row.run}</option>`)}`;
  return html`<h2>Compare</h2>
    <${Failure} error=${table.error} />
    <div class="scroll"><table class="comparison">
      <caption>Exact match with its 95 % interval (Wilson)</caption>
      <thead><tr><th>Run</th><th>Recipe</th><th class="n">Seed</th>${benchmarks.map((b) => html`<th class="n">${b.name}<br /><small>${domain(b.domain)}</small></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>
        <td><a href=${`#/runs/${encodeURIComponent(row.run)}`}>${row.run}</a></td><td>${row.recipe}</td><td class="n">${row.seed}</td>
        ${benchmarks.map((b) => html`<${Cell} cell=${row.cells[b.name]} />`)}
      </tr>`)}</tbody>
    </table></div>
    <h3>Two runs</h3>
    <p class="filter">
      <label>First <select value=${pair.first} onChange=${choose("first")}>${options}</select></label>
      <label>Second <select value=${pair.second} onChange=${choose("second")}>${options}</select></label>
    </p>
    ${pair.first && pair.second ? html`<${Differences} ...${pair} />` : html`<${Empty}>Choose two runs.</${Empty}>`}`;
}
