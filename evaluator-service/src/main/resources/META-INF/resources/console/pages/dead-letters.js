// What ended without a result and why; with the token it can be sent in again.
import { html, useState } from "../vendor.js";
import { post, useAnswer } from "../api.js";
import { Empty, Failure, Pages, Waiting, count } from "../parts.js";

const LIMIT = 25;

function Counts({ counts, filter, change }) {
  const rows = Object.entries(counts).flatMap(([stage, reasons]) => Object.entries(reasons).map(([reason, n]) => ({ stage, reason, n })));
  rows.sort((a, b) => b.n - a.n);
  const chosen = (row) => row.stage === filter.stage && row.reason === filter.reason;
  return html`<ul class="chips">${rows.map((row) => html`<li>
    <button aria-pressed=${chosen(row)} onClick=${() => change(chosen(row) ? { skip: 0, limit: LIMIT } : { stage: row.stage, reason: row.reason, skip: 0, limit: LIMIT })}>
      ${row.stage}: ${row.reason} <strong>${count(row.n)}</strong>
    </button>
  </li>`)}</ul>`;
}

function Record({ place }) {
  const letter = useAnswer(`/api/dead-letters/${place.partition}/${place.offset}`);
  if (letter.data === null) return html`<${Waiting} ...${letter} />`;
  return html`<pre class="record" tabindex="0">${letter.data.record || "The record was too large to be kept, or is no text."}</pre>`;
}

function Letter({ entry, token, writable }) {
  const [open, setOpen] = useState(false);
  const [result, setResult] = useState(null);
  const replay = async () => {
    setResult({ text: "sending …" });
    try {
      const done = await post(`/api/dead-letters/${entry.place.partition}/${entry.place.offset}/replay`, token);
      setResult({ text: `sent to ${done.topic}` });
    } catch (error) {
      setResult({ text: error.message, failed: true });
    }
  };
  return html`<tr>
      <td>${entry.id}</td><td>${entry.stage}</td><td>${entry.reason}</td><td class="text">${entry.message}</td><td class="n">${entry.attempts}</td>
      <td>
        <button aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? "Hide" : "Record"}</button>
        ${writable ? html` <button disabled=${!token} title=${token ? "" : "enter the token first"} onClick=${replay}>Replay</button>` : null}
        ${result ? html`<div role="status" class=${result.failed ? "failure" : "quiet"}>${result.text}</div>` : null}
      </td>
    </tr>
    ${open ? html`<tr><td colspan="6"><${Record} place=${entry.place} /></td></tr>` : null}`;
}

export function DeadLetters() {
  const [filter, setFilter] = useState({ skip: 0, limit: LIMIT });
  const [token, setToken] = useState("");
  const page = useAnswer("/api/dead-letters", filter, 5000);
  const overview = useAnswer("/api/overview");
  if (page.data === null) return html`<h2>Dead letters</h2><${Waiting} ...${page} />`;
  const writable = overview.data !== null && overview.data.writable;
  const matching = filter.reason ? (page.data.counts[filter.stage] || {})[filter.reason] || 0 : page.data.total;
  return html`<h2>Dead letters</h2>
    <${Failure} error=${page.error} />
    ${page.data.total === 0 ? html`<${Empty}>None: every record has had a result so far.</${Empty}>` : html`
      <${Counts} counts=${page.data.counts} filter=${filter} change=${setFilter} />
      ${writable
        ? html`<p class="filter"><label>Token for replays <input type="password" autocomplete="off" value=${token} onInput=${(event) => setToken(event.target.value)} /></label></p>`
        : html`<p class="quiet">Read-only: replays need <code>edit.evaluator.console.token</code>.</p>`}
      <div class="scroll"><table>
        <thead><tr><th>Problem</th><th>Stage</th><th>Reason</th><th>What happened</th><th class="n">Tries</th><th></th></tr></thead>
        <tbody>${page.data.entries.map((entry) => html`<${Letter} key=${`${entry.place.partition}/${entry.place.offset}`} entry=${entry} token=${token} writable=${writable} />`)}</tbody>
      </table></div>
      <${Pages} total=${matching} skip=${filter.skip} limit=${LIMIT} go=${(skip) => setFilter({ ...filter, skip })} />`}`;
}
