// How many problems stand where, how far each stage is behind, what the teacher cost.
import { html } from "../vendor.js";
import { useAnswer } from "../api.js";
import { Bar, Empty, Failure, Histogram, State, Waiting, count, percent } from "../parts.js";

function Stage({ name, n, of, note }) {
  return html`<li>
    <span class="name">${name}</span>
    <span class="number">${count(n)}</span>
    ${of ? html`<${Bar} share=${Math.min(1, n / of)} label=${`${name}: ${n} of ${of}`} />` : html`<span></span>`}
    <span class="quiet">${note || ""}</span>
  </li>`;
}

function Stages({ totals, deadLetters }) {
  const t = totals;
  const annotated = t.right + t.wrong;
  const duals = t.rectified + t.corrupted + t.alone;
  return html`<section aria-labelledby="stages">
    <h2 id="stages">Stages</h2>
    <ol class="stages">
      <${Stage} name="Train problems" n=${t.train} note=${`and ${count(t.test)} test problems`} />
      <${Stage} name="Annotated" n=${annotated} of=${t.train} note=${`${count(t.right)} right, ${count(t.wrong)} wrong`} />
      <${Stage} name="Dual CoTs" n=${duals} of=${t.train} note=${`${count(t.rectified)} rectified, ${count(t.corrupted)} corrupted, ${count(t.alone)} alone`} />
      <${Stage} name="Aligned" n=${t.aligned} of=${t.train} note=${`${percent(t.responseTokens ? t.keyTokens / t.responseTokens : null)} of tokens are key`} />
      <${Stage} name="Dead letters" n=${deadLetters} of=${t.train} note="see Dead letters" />
    </ol>
  </section>`;
}

function Lag({ groups, error }) {
  return html`<section aria-labelledby="lag">
    <h2 id="lag">Lag</h2>
    <${Failure} error=${error} />
    ${groups.length === 0 && !error ? html`<${Empty}>No consumer group has committed yet.</${Empty}>` : null}
    ${groups.length
      ? html`<div class="scroll"><table>
          <thead><tr><th>Consumer group</th><th>Topic</th><th class="n">Behind</th></tr></thead>
          <tbody>${groups.map((g) => html`<tr><td>${g.group}</td><td>${g.topic}</td><td class="n">${count(g.lag)}</td></tr>`)}</tbody>
        </table></div>`
      : null}
  </section>`;
}

function Teacher({ overview }) {
  const { promptTokens, completionTokens } = overview.totals;
  return html`<section aria-labelledby="teacher">
    <h2 id="teacher">Teacher</h2>
    <dl>
      <dt>Prompt tokens</dt><dd>${count(promptTokens)}</dd>
      <dt>Completion tokens</dt><dd>${count(completionTokens)}</dd>
      <dt>Cost</dt><dd>${overview.cost === null ? "no price configured" : overview.cost.toFixed(2)}</dd>
    </dl>
    <p class="quiet">Of the texts on the topics; tries that were thrown away are in the generator's metrics.</p>
  </section>`;
}

export function Overview() {
  const overview = useAnswer("/api/overview", {}, 2000);
  const facets = useAnswer("/api/pairs/facets", {}, 10000);
  if (overview.data === null) return html`<${Waiting} ...${overview} />`;
  const runs = Object.entries(overview.data.runs);
  return html`
    <${Failure} error=${overview.error} />
    ${overview.data.caughtUp ? null : html`<p class="notice" role="status">The log is still being read; counts grow until it is.</p>`}
    <${Stages} totals=${overview.data.totals} deadLetters=${overview.data.deadLetters} />
    <div class="beside">
      <${Lag} groups=${overview.data.lag} error=${overview.data.lagError} />
      <${Teacher} overview=${overview.data} />
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        ${runs.length === 0 ? html`<${Empty}>No run yet.</${Empty}>` : null}
        <ul class="plain">${runs.map(([state, n]) => html`<li><${State} state=${state} /> ${count(n)}</li>`)}</ul>
      </section>
      ${facets.data
        ? html`<section aria-labelledby="shapes">
            <h2 id="shapes">Alignment</h2>
            <${Histogram} label="Similarity of the sides" bins=${facets.data.similarity} unit=${(i) => (i / 10).toFixed(1)} />
            <${Histogram} label="Share of key tokens" bins=${facets.data.keyFraction} unit=${(i) => (i === facets.data.keyFraction.length - 1 ? `≥ ${i} %` : `${i} %`)} />
          </section>`
        : null}
    </div>`;
}
