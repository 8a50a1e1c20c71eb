// Pieces that several pages use.
import { html, useEffect, useRef, uPlot } from "./vendor.js";

export const count = (n) => (n === null || n === undefined ? "–" : Math.round(n).toLocaleString("en"));
export const percent = (share, digits = 1) => (share === null || share === undefined ? "–" : `${(100 * share).toFixed(digits)} %`);
export const points = (difference) => `${difference < 0 ? "−" : "+"}${Math.abs(100 * difference).toFixed(1)}`;
export const domain = (name) => (name === "out" ? "out-of-domain" : "in-domain");
export const time = (instant) => (instant ? new Date(instant).toLocaleString() : "–");

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

export function Failure({ error }) {
  return error ? html`<p class="failure" role="alert">${error}</p>` : null;
}

export function Waiting({ data, error }) {
  if (error) return html`<${Failure} error=${error} />`;
  return data === null ? html`<p class="quiet" role="status">Loading …</p>` : null;
}

export function Empty({ children }) {
  return html`<p class="quiet">${children}</p>`;
}

export function State({ state }) {
  return html`<span class=${`state state-${(state || "").toLowerCase()}`}>${(state || "").toLowerCase()}</span>`;
}

export function Bar({ share, label }) {
  return html`<progress max="1" value=${share} aria-label=${label}></progress>`;
}

// Columns of numbers over named bins.
export function Histogram({ bins, label, unit }) {
  const most = Math.max(1, ...bins);
  return html`<figure class="histogram">
    <figcaption>${label}</figcaption>
    <div class="columns" role="img" aria-label=${`${label}: ${bins.map((n, i) => `${unit(i)} ${n}`).join(", ")}`}>
      ${bins.map((n, i) => html`<span title=${`${unit(i)}: ${n}`} style=${{ height: `${(100 * n) / most}%` }}></span>`)}
    </div>
    <div class="axis"><span>${unit(0)}</span><span>${unit(bins.length - 1)}</span></div>
  </figure>`;
}

// Lines over steps. series: [{label, values, color}]; a missing value is null.
export function Chart({ title, steps, series }) {
  const place = useRef(null);
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink").trim();
    const rule = style.getPropertyValue("--rule").trim();
    const axis = { stroke: ink, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 } };
    const plot = new uPlot(
      {
        width: place.current.clientWidth || 320,
        height: 220,
        scales: { x: { time: false } },
        legend: { show: series.length > 1, live: false },
        axes: [axis, { ...axis, size: 56 }],
        series: [
          { label: "step" },
          ...series.map((s) => ({ label: s.label, stroke: style.getPropertyValue(s.color).trim(), width: 2, spanGaps: true })),
        ],
      },
      [steps, ...series.map((s) => s.values)],
      place.current,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: 220 }));
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [steps.length, steps[steps.length - 1], title]);
  return html`<figure class="chart"><figcaption>${title}</figcaption><div ref=${place}></div></figure>`;
}

export function Pages({ total, skip, limit, go }) {
  if (total <= limit && skip === 0) return null;
  return html`<nav class="pages" aria-label="pages">
    <button disabled=${skip === 0} onClick=${() => go(Math.max(0, skip - limit))}>Newer</button>
    <span>${count(Math.min(total, skip + 1))}–${count(Math.min(total, skip + limit))} of ${count(total)}</span>
    <button disabled=${skip + limit >= total} onClick=${() => go(skip + limit)}>Older</button>
  </nav>`;
}
