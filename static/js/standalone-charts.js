// Charts of the quotes that the filters leave: bars by kind, in a list and a table, and drawn over the list by Plotly.

const told = JSON.parse(document.querySelector("#told").textContent);
const drawing = told.drawing;
const KINDS = told.fields.find((field) => field.name === "kind").values;
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const shortened = (text) =>
  text.length <= drawing.longestLabel ? text : `${text.slice(0, drawing.longestLabel - 1).trimEnd()}…`;
const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const noteOf = (counts) => {
  const [direct, mixed, indirect] = counts;
  if (!indirect) return String(direct + mixed);
  return direct + mixed ? `${direct + mixed} + ${indirect} indirect` : `${indirect} indirect`;
};

// The bars of *field* for *quotes*: the most first, years in their order; what has no bar is counted together.
function barsOf(field, quotes, addressOf) {
  const counted = new Map();
  for (const quote of quotes) {
    for (const value of quote.has[field.name]) {
      if (!counted.has(value)) counted.set(value, [0, 0, 0]);
      counted.get(value)[quote.has.kind[0]] += 1;
    }
  }
  const keys = [...counted.keys()].sort((one, other) => one - other);
  if (field.name === "year") {
    const year = (value) => (field.values[value][0] === "none" ? "~" : field.values[value][0]);
    keys.sort((one, other) => (year(one) < year(other) ? -1 : 1));
  } else keys.sort((one, other) => sum(counted.get(other)) - sum(counted.get(one)));
  const shown = keys.length <= drawing.most ? keys : keys.slice(0, drawing.most - 1);
  const left = keys.slice(shown.length);
  const bars = shown.map((value) => ({
    label: field.values[value][1],
    counts: counted.get(value),
    href: addressOf({ [field.name]: field.values[value][0] }),
    kinds: KINDS.map(([kind]) => addressOf({ [field.name]: field.values[value][0], kind })),
  }));
  const rest = left.length && {
    label: `${left.length} ${drawing.others[field.name]}`,
    counts: KINDS.map((_, kind) => sum(left.map((value) => counted.get(value)[kind]))),
  };
  return { bars, rest };
}

const SVG = "http://www.w3.org/2000/svg";

function pieces(counts, longest) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  let x = 0;
  counts.forEach((count, kind) => {
    if (!count) return;
    const wide = (100 * count) / longest;
    const rect = document.createElementNS(SVG, "rect");
    const given = { class: `k${kind + 1}`, x: `${x.toFixed(2)}%`, width: `${wide.toFixed(2)}%`, height: 12 };
    for (const [name, value] of Object.entries(given)) rect.setAttribute(name, value);
    svg.append(rect);
    x += wide;
  });
  return svg;
}

// The list and the table say the same as the drawing, so they follow the filters with it.
function write(box, { bars, rest }, of) {
  const longest = Math.max(1, ...bars.map((bar) => sum(bar.counts)));
  const kinds = [0, 1, 2].filter((kind) => [...bars, ...(rest ? [rest] : [])].some((bar) => bar.counts[kind]));
  const number = { class: "num" };
  box.querySelector(".legend").replaceChildren(
    ...kinds.map((kind) => element("li", { class: `k${kind + 1}` }, KINDS[kind][1])),
  );
  box.querySelector(".bars").replaceChildren(
    ...bars.map((bar) =>
      element(
        "li",
        {},
        element("a", { href: bar.href, tabindex: -1 }, bar.label),
        element("span", number, noteOf(bar.counts)),
        pieces(bar.counts, longest),
      ),
    ),
  );
  const named = (bar) => (bar.href ? element("a", { href: bar.href }, bar.label) : bar.label);
  box.querySelector("table").replaceChildren(
    box.querySelector("caption"),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, of),
        ...kinds.map((kind) => element("th", { scope: "col", ...number }, KINDS[kind][1])),
      ),
    ),
    element(
      "tbody",
      {},
      ...[...bars, ...(rest ? [rest] : [])].map((bar) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, named(bar)),
          ...kinds.map((kind) => element("td", number, String(bar.counts[kind]))),
        ),
      ),
    ),
  );
  let line = box.querySelector(":scope > .rest");
  if (!rest) line?.remove();
  else {
    line ??= box.insertBefore(element("p", { class: "rest" }), box.querySelector(":scope > details"));
    line.textContent = `and ${rest.label}: ${noteOf(rest.counts)}`;
  }
}

// Colours are custom properties; Plotly wants values, those of the chart's own place and scheme.
const coloured = (value, style) => {
  if (typeof value === "string") {
    return value.startsWith("var(") ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
  }
  if (Array.isArray(value)) return value.map((one) => coloured(one, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, coloured(one, style)]));
  }
  return value;
};

const traceOf = (bars, kind) => {
  const rows = bars.map((bar, row) => ({ bar, row })).filter(({ bar }) => bar.counts[kind]);
  return {
    type: "bar",
    orientation: "h",
    name: KINDS[kind][1],
    x: rows.map(({ bar }) => bar.counts[kind]),
    y: rows.map(({ row }) => row),
    width: drawing.thick / drawing.row,
    offset: (drawing.barAt - drawing.row / 2) / drawing.row,
    customdata: rows.map(({ bar }) => [bar.kinds[kind], escaped(bar.label), KINDS[kind][1]]),
    hovertemplate: drawing.hover,
    marker: { color: `var(--k${kind + 1})`, line: { width: 1, color: "var(--k1)" } },
  };
};

const wordsAt = (bar, row) => {
  const at = { y: row, yref: "y", xref: "paper", showarrow: false, yshift: drawing.row / 2 - drawing.labelAt };
  return [
    { ...at, x: 0, xanchor: "left", text: escaped(shortened(bar.label)), xshift: -2 },
    { ...at, x: 1, xanchor: "right", align: "right", text: noteOf(bar.counts), xshift: 2 },
  ];
};

function draw(place, { bars }) {
  const style = getComputedStyle(place);
  const first = !place.querySelector(".plot");
  const plot = place.querySelector(".plot") ?? place.appendChild(element("div", { class: "plot" }));
  const longest = Math.max(1, ...bars.map((bar) => sum(bar.counts)));
  const layout = {
    ...coloured(drawing.layout, style),
    height: drawing.row * bars.length || drawing.row,
    annotations: coloured(bars.flatMap(wordsAt), style),
  };
  layout.xaxis = { ...layout.xaxis, range: [0, longest * 1.004] };
  layout.yaxis = { ...layout.yaxis, range: [bars.length - 0.5, -0.5] };
  const data = [0, 1, 2].filter((kind) => bars.some((bar) => bar.counts[kind])).map((kind) => traceOf(bars, kind));
  return Plotly.react(plot, coloured(data, style), layout, drawing.config).then(() => {
    if (!first) return;
    place.classList.add("drawn");
    place.setAttribute("role", "img");
    plot.on("plotly_click", (event) => {
      const href = event.points[0]?.customdata?.[0];
      if (href) location.hash = href;
    });
    plot.on("plotly_hover", () => plot.classList.add("pointing"));
    plot.on("plotly_unhover", () => plot.classList.remove("pointing"));
  });
}

let drawn = () => {};

// The charts of *quotes*; *addressOf* says where a click leads.
function showCharts(quotes, addressOf) {
  const jobs = [];
  for (const [key, { field, of }] of Object.entries(drawing.charts ?? {})) {
    const place = document.querySelector(`[data-chart="${key}"]`);
    const bars = barsOf(told.fields.find((one) => one.name === field), quotes, addressOf);
    write(place.closest("figure"), bars, of);
    jobs.push(() => draw(place, bars));
  }
  // The list of bars stays where something goes wrong: it says the same.
  drawn = () => jobs.forEach((job) => job().catch(() => {}));
  if (window.Plotly) drawn();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn());
