// Draws the page's charts with Plotly when the first of them comes into view. Until then, and for ever without this
// file, a list of bars stands in each chart's place; it keeps the place's height, so that nothing moves.

const page = document.querySelector("#main");
const plots = new Set();
let library, figures;

const idle = () =>
  new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 1000 }) : setTimeout(done, 50)));

const loaded = (element, address, attribute) =>
  new Promise((done, failed) => {
    element.onload = done;
    element.onerror = () => failed(new Error(`not loaded: ${address}`));
    element[attribute] = address;
    document.head.append(element);
  });

// plotly.js would write its rules into a <style>, which the page's policy forbids; a link of this id takes its place.
const rules = () =>
  loaded(
    Object.assign(document.createElement("link"), {
      id: "plotly.js-style-global",
      className: "no-inline-styles",
      rel: "stylesheet",
    }),
    page.dataset.plotlyStyle,
    "href",
  );

// The whole plotly.js also writes rules for maps, which are never drawn here, unless an element of this id is there.
const MAP_RULES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

async function fetchLibrary() {
  await idle();
  document.head.append(Object.assign(document.createElement("meta"), { id: MAP_RULES }));
  await Promise.all([rules(), loaded(document.createElement("script"), page.dataset.plotly, "src")]);
}

async function fetchFigures() {
  // In a folder of pages the figures stand in the page: from disk nothing can be fetched.
  const here = document.querySelector("#figures");
  if (here) return JSON.parse(here.textContent);
  await idle();
  const answer = await fetch(page.dataset.charts, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`charts: ${answer.status}`);
  return answer.json();
}

// Figures name colours as custom properties; Plotly wants values, those of the chart's own place and scheme.
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

const follow = (event) => {
  const href = event.points[0]?.customdata?.[0];
  if (!href) return;
  const target = new URL(href, location.href);
  // Files on disk have no origin to compare.
  if (target.protocol !== location.protocol || target.host !== location.host) return;
  // filters.js takes over what stays on the page.
  const here = new CustomEvent("follow", { cancelable: true, detail: target.href });
  if (document.dispatchEvent(here)) location.assign(target);
};

// A link that has the focus must not vanish under it: with charts on the way, the keyboard's way is the table.
const reachable = (place, yes) => {
  for (const link of place.querySelectorAll(".bars a")) link.tabIndex = yes ? 0 : -1;
};

async function draw(place) {
  library ??= fetchLibrary();
  figures ??= fetchFigures();
  const [{ charts, config }] = await Promise.all([figures, library]);
  const figure = charts[place.dataset.chart];
  if (!figure || !place.isConnected) return;
  const style = getComputedStyle(place);
  const plot = place.querySelector(".plot") ?? document.createElement("div");
  const first = !plot.parentElement;
  plot.className = plot.className || "plot";
  await idle();
  place.append(plot);
  const layout = { ...coloured(figure.layout, style), height: place.clientHeight };
  await Plotly.react(plot, coloured(figure.data, style), layout, config);
  if (!first) return;
  plots.add(plot);
  place.classList.add("drawn");
  place.setAttribute("role", "img");
  plot.on("plotly_click", follow);
  plot.on("plotly_hover", (event) => plot.classList.toggle("pointing", Boolean(event.points[0].customdata?.[0])));
  plot.on("plotly_unhover", () => plot.classList.remove("pointing"));
}

// What a drawn chart can be saved as besides is offered by a file of its own, fetched when somebody looks for it.
page.addEventListener("toggle", async ({ target }) => {
  if (target.open && target.dataset.files) (await import(page.dataset.saving)).offer(target);
}, true);

// The bars stay where something goes wrong: they say the same.
const attempt = (place) =>
  draw(place).catch(() => {
    if (place.classList.contains("drawn")) return;
    place.querySelector(".plot")?.remove();
    reachable(place, true);
  });

const whenSeen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    whenSeen.unobserve(target);
    attempt(target);
  }
});

const start = () => {
  for (const place of document.querySelectorAll("[data-chart]:not(.drawn)")) {
    reachable(place, false);
    whenSeen.observe(place);
  }
};

start();
// filters.js has put other charts in place; the page says where their figures are.
document.addEventListener("swapped", () => {
  for (const plot of plots) {
    if (plot.isConnected) continue;
    Plotly.purge(plot);
    plots.delete(plot);
  }
  figures = undefined;
  start();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const place of document.querySelectorAll("[data-chart].drawn")) attempt(place);
});
