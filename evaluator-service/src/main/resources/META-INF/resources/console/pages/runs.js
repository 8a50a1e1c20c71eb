// The runs, and one run with its curves.
import { html } from "../vendor.js";
import { useAnswer } from "../api.js";
import { Bar, Chart, Empty, Failure, State, Waiting, count, domain, duration, percent, time } from "../parts.js";

function left(run) {
  if (run.state !== "RUNNING" || !run.progress || !run.started || !run.progress.step) return NaN;
  const spent = (new Date(run.updated) - new Date(run.started)) / 1000;
  return (spent / run.progress.step) * (run.progress.steps - run.progress.step);
}

function Progress({ run }) {
  if (!run.progress) return html`<span class="quiet">–</span>`;
  const { step, steps } = run.progress;
  return html`<${Bar} share=${steps ? step / steps : 0} label=${`stage ${run.stage}`} />
    <span class="quiet"> ${run.stage} ${count(step)} / ${count(steps)}</span>`;
}

export function Runs() {
  const runs = useAnswer("/api/runs", {}, 2000);
  if (runs.data === null) return html`<${Waiting} ...${runs} />`;
  if (runs.data.length === 0) return html`<h2>Runs</h2><${Empty}>No run was ordered yet: <code>./edit run create</code>, or a record on edit.runs.</${Empty}>`;
  return html`<h2>Runs</h2>
    <${Failure} error=${runs.error} />
    <div class="scroll"><table>
      <thead><tr><th>Run</th><th>Recipe</th><th>State</th><th>Progress</th><th class="n">Loss</th><th class="n">Tokens/s</th><th class="n">Stage ends in</th></tr></thead>
      <tbody>${runs.data.map((run) => html`<tr>
        <td><a href=${`#/runs/${encodeURIComponent(run.id)}`}>${run.id}</a></td>
        <td>${run.recipe || "–"}</td>
        <td><${State} state=${run.state} /></td>
        <td class="progress"><${Progress} run=${run} /></td>
        <td class="n">${run.progress ? run.progress.loss.toFixed(4) : "–"}</td>
        <td class="n">${run.progress ? count(run.progress.tokensPerSecond) : "–"}</td>
        <td class="n">${duration(left(run))}</td>
      </tr>`)}</tbody>
    </table></div>`;
}

function Curves({ stage, points }) {
  const steps = points.map((p) => p.step);
  const of = (field) => points.map((p) => (typeof p[field] === "number" ? p[field] : null));
  const keys = points.some((p) => p.rightKeyNll !== null && p.rightKeyNll !== undefined);
  const negated = (field) => of(field).map((nll) => (nll === null ? null : -nll));
  return html`<section>
    <h3>Stage ${stage}</h3>
    <div class="beside">
      <${Chart} title=${`${stage}: loss`} steps=${steps} series=${[{ label: "loss", values: of("loss"), color: "--line-1" }]} />
      ${keys
        ? html`<${Chart} title=${`${stage}: mean log-likelihood of key tokens (nats)`} steps=${steps} series=${[
            { label: "right", values: negated("rightKeyNll"), color: "--line-1" },
            { label: "wrong", values: negated("wrongKeyNll"), color: "--line-2" },
          ]} />`
        : null}
      <${Chart} title=${`${stage}: gradient norm`} steps=${steps} series=${[{ label: "norm", values: of("gradientNorm"), color: "--line-1" }]} />
      <${Chart} title=${`${stage}: learning rate`} steps=${steps} series=${[{ label: "rate", values: of("learningRate"), color: "--line-1" }]} />
    </div>
  </section>`;
}

const share = (part, n) => percent(n > 0 && typeof part === "number" ? part / n : null);
const nats = (mean) => `${mean.mean.toFixed(2)} ± ${mean.stderr.toFixed(2)}`;

// How likely the student finds the key steps of the duals that its run holds out.
function KeySteps({ evaluation }) {
  const { overall, keySteps } = evaluation;
  return html`<section class="key-steps">
    <h3>Key steps of held-out duals</h3>
    <dl>
      <dt>Pairs</dt><dd>${count(overall.n)}</dd>
      <dt>Right key tokens</dt><dd>${nats(keySteps.right)} nats</dd>
      <dt>Wrong key tokens</dt><dd>${nats(keySteps.wrong)} nats</dd>
      <dt>Margin</dt><dd>${nats(keySteps.margin)} nats</dd>
      <dt>Right side preferred</dt><dd>${percent(overall.accuracy)} ± ${percent(overall.stderr)} of the pairs</dd>
    </dl>
    <p class="quiet">Mean log-likelihood of key tokens and its standard error over the pairs; nothing of these problems was trained on.</p>
  </section>`;
}

function Evaluations({ evaluations }) {
  if (evaluations.length === 0) return html`<${Empty}>Not evaluated yet.</${Empty}>`;
  return evaluations.map((e) => html`<details open=${evaluations.length < 4}>
    <summary>${e.benchmark} (${domain(e.domain)}): ${percent(e.overall.accuracy)} of ${count(e.overall.n)}</summary>
    <div class="scroll"><table>
      <thead><tr><th>Task</th><th class="n">Accuracy</th><th class="n">± stderr</th><th class="n">n</th><th class="n">Unanswered</th><th class="n">Truncated</th></tr></thead>
      <tbody>${Object.entries(e.tasks).sort().map(([task, s]) => html`<tr>
        <td>${task}</td><td class="n">${percent(s.accuracy)}</td><td class="n">${percent(s.stderr)}</td><td class="n">${count(s.n)}</td><td class="n">${share(s.unanswered, s.n)}</td><td class="n">${share(s.truncated, s.n)}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`);
}

export function Run({ rest }) {
  const run = useAnswer(`/api/runs/${encodeURIComponent(rest[0])}`, {}, 2000);
  if (run.data === null) return html`<h2>${rest[0]}</h2><${Waiting} ...${run} />`;
  const { line, messages, curves, checkpoints } = run.data;
  const evaluations = run.data.evaluations.filter((e) => !e.keySteps);
  const duals = run.data.evaluations.filter((e) => e.keySteps);
  return html`
    <p><a href="#/runs">All runs</a></p>
    <h2>${line.id} <${State} state=${line.state} /></h2>
    <${Failure} error=${run.error} />
    <dl>
      <dt>Recipe</dt><dd>${line.recipe || "–"}</dd>
      <dt>Student</dt><dd>${line.student || "–"}</dd>
      <dt>Seed</dt><dd>${line.seed === null ? "–" : line.seed}</dd>
      <dt>Updated</dt><dd>${time(line.updated)}</dd>
      <dt>Stage ends in</dt><dd>${duration(left(line))}</dd>
    </dl>
    ${line.progress ? html`<p class="progress"><${Progress} run=${line} /></p>` : null}
    ${Object.entries(curves).map(([stage, points]) => html`<${Curves} key=${stage} stage=${stage} points=${points} />`)}
    <h3>Evaluations</h3><${Evaluations} evaluations=${evaluations} />
    ${duals.map((e) => html`<${KeySteps} key=${e.benchmark} evaluation=${e} />`)}
    <h3>Checkpoints</h3>
    ${checkpoints.length === 0 ? html`<${Empty}>None yet.</${Empty}>` : html`<div class="scroll"><table>
      <thead><tr><th>Stage</th><th class="n">Step</th><th>Where</th><th>SHA-256</th></tr></thead>
      <tbody>${checkpoints.map((c) => html`<tr><td>${c.stage}</td><td class="n">${count(c.step)}</td><td>${c.uri}</td><td><code title=${c.sha256}>${c.sha256.slice(0, 12)}</code></td></tr>`)}</tbody>
    </table></div>`}
    <h3>What was said</h3>
    ${messages.length === 0 ? html`<${Empty}>Nothing.</${Empty}>` : html`<ol class="plain">${messages.map((m) => html`<li><time>${time(m.at)}</time> <${State} state=${m.state} /> ${m.text}</li>`)}</ol>`}`;
}
