// The one file: its filters and its search. All quotes stand in the page; what is asked for stands in the fragment of
// its address, so that a view is a link too.

const list = document.querySelector(".listed-quotes");
const rail = document.querySelector("[data-filters]");
const form = document.querySelector(".searching");
const totals = document.querySelectorAll("[data-total]");
const MOST_VALUES = 8;
const unfolded = new Set(["topic", "speaker", "kind", "year"]);
const openedWide = new Set();

const byName = Object.fromEntries(told.fields.map((field) => [field.name, field]));
const quotes = Array.from(list.children, (figure) => {
  const [topics, speaker, kind, article] = figure.dataset.v.split("/");
  const [year, publisher] = told.articles[article];
  const has = { topic: topics ? topics.split(".").map(Number) : [], speaker: [Number(speaker)], kind: [Number(kind)] };
  return { figure, has: { ...has, article: [Number(article)], year: [year], publisher: [publisher] } };
});

const textsOf = (quote) => {
  quote.texts ??= {
    text: wordsOf(quote.figure.querySelector("blockquote").textContent),
    speaker: wordsOf(quote.has.speaker.map((one) => byName.speaker.values[one][1]).join(" ")),
    title: wordsOf(byName.article.values[quote.has.article[0]][1]),
    topic: wordsOf(quote.has.topic.map((one) => byName.topic.values[one].join(" ")).join(" ")),
  };
  return quote.texts;
};

const NOTHING = { chosen: {}, words: "" };
let current = NOTHING;

// What is asked for now: values by field, and the words. A fragment that names a place leaves it as it was, unless a
// filter hides the quote that it names.
function asked() {
  const { hash } = location;
  if (hash.includes("=")) return read(hash.slice(1));
  const hidden = hash.startsWith("#q-") && document.getElementById(hash.slice(1))?.hidden;
  return hidden || ["", "#", "#all"].includes(hash) ? NOTHING : current;
}

function read(text) {
  const given = new URLSearchParams(text);
  const chosen = {};
  for (const { name, values } of told.fields) {
    if (given.has(name)) chosen[name] = values.findIndex(([key]) => key === given.get(name));
  }
  return { chosen, words: (given.get("q") ?? "").slice(0, 500) };
}

const addressFor = ({ chosen, words }) => {
  const given = new URLSearchParams();
  for (const { name, values } of told.fields) {
    if (chosen[name] >= 0) given.set(name, values[chosen[name]][0]);
  }
  if (words) given.set("q", words);
  return `#${given}`.replace(/^#$/, "#all");
};

const without = (state, name) => {
  const chosen = { ...state.chosen };
  delete chosen[name];
  return { chosen, words: name === "q" ? "" : state.words };
};

const withValue = (state, name, place) => ({ ...state, chosen: { ...state.chosen, [name]: place } });

const chosenBy = (state) => {
  const query = queryOf(state.words);
  const fields = Object.entries(state.chosen);
  const matching = quotes.filter((quote) => !state.words.trim() || fits(textsOf(quote), query));
  const passing = (left) => matching.filter(({ has }) => fields.every(([name, at]) => name === left || has[name].includes(at)));
  return { query, passing };
};

function choice(state, field, place, count) {
  const chosen = state.chosen[field.name] === place;
  const link = element(
    "a",
    { href: addressFor(chosen ? without(state, field.name) : withValue(state, field.name, place)) },
    element("bdi", {}, field.values[place][1]),
    " ",
    element("span", { class: "num" }, inWords(count)),
  );
  if (chosen) link.setAttribute("aria-current", "true");
  return element("li", {}, link);
}

function facet(state, field, left) {
  const counts = new Map();
  for (const quote of left) for (const at of quote.has[field.name]) counts.set(at, (counts.get(at) ?? 0) + 1);
  const places = [...counts.keys()].sort((one, other) => one - other);
  if (field.name === "year") places.sort((one, other) => (field.values[one][0] < field.values[other][0] ? 1 : -1));
  else if (field.name !== "kind") places.sort((one, other) => counts.get(other) - counts.get(one));
  const chosen = state.chosen[field.name];
  if (places.length < 2 && chosen === undefined) return null;
  let shown = openedWide.has(field.name) ? places : places.slice(0, MOST_VALUES);
  if (chosen >= 0 && !shown.includes(chosen)) shown = [chosen, ...shown];
  const items = shown.map((place) => choice(state, field, place, counts.get(place) ?? 0));
  const rest = places.filter((place) => !shown.includes(place)).length;
  if (rest) {
    const more = element("button", { type: "button", class: "plain rest" }, `and ${rest} more`);
    more.addEventListener("click", () => {
      openedWide.add(field.name);
      const at = items.length;
      show(false);
      rail.querySelectorAll(`[data-field="${field.name}"] li a`)[at]?.focus();
    });
    items.push(element("li", {}, more));
  }
  const made = element("details", { class: "facet", "data-field": field.name }, element("summary", {}, field.label), element("ul", {}, ...items));
  made.open = unfolded.has(field.name) || chosen !== undefined;
  made.addEventListener("toggle", () => unfolded[made.open ? "add" : "delete"](field.name));
  return made;
}

function appliedFilters(state) {
  const named = Object.entries(state.chosen).map(([name, at]) => [name, byName[name].label, byName[name].values[at]?.[1] ?? "?"]);
  if (state.words) named.push(["q", "Words", state.words]);
  const items = named.map(([name, label, value]) =>
    element(
      "li",
      {},
      element(
        "a",
        { href: addressFor(without(state, name)), "aria-label": `${label}: ${value} – remove this filter` },
        `${label}: `,
        element("strong", {}, element("bdi", {}, value)),
        " ",
        element("span", { "aria-hidden": "true" }, "×"),
      ),
    ),
  );
  if (items.length > 1) items.push(element("li", {}, element("a", { href: "#all" }, "Remove all")));
  return items;
}

const inWords = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const plural = (number) => `${inWords(number)} ${number === 1 ? "quote" : "quotes"}`;

// Show what the fragment asks for; *moved* says that it is new, so that the place it names comes into view.
function show(moved) {
  const state = (current = asked());
  const { query, passing } = chosenBy(state);
  const shown = passing();
  const visible = new Set(shown);
  for (const quote of quotes) quote.figure.hidden = !visible.has(quote);
  const kept = document.activeElement?.closest?.("[data-field] a")?.querySelector("bdi")?.textContent;
  const field = document.activeElement?.closest?.("[data-field]")?.dataset.field;
  rail.querySelector(".facets").replaceChildren(
    ...told.fields.map((one) => facet(state, one, passing(one.name))).filter(Boolean),
  );
  if (kept) {
    const links = rail.querySelectorAll(`[data-field="${field}"] li a`);
    Array.from(links).find((link) => link.querySelector("bdi").textContent === kept)?.focus({ preventScroll: true });
  }
  const filters = appliedFilters(state);
  const applied = document.querySelector(".applied");
  applied.replaceChildren(...filters);
  applied.hidden = !filters.length;
  const all = plural(quotes.length);
  for (const place of totals) place.textContent = filters.length ? `${inWords(shown.length)} of ${all}` : all;
  document.querySelector("[data-nothing]").hidden = shown.length > 0;
  form.elements.q.value = state.words;
  markHits(state.words ? shown.map(({ figure }) => figure.querySelector("blockquote")) : [], query);
  showCharts(shown, (values) => {
    const places = Object.entries(values).map(([name, key]) => [name, byName[name].values.findIndex(([one]) => one === key)]);
    return addressFor({ ...state, chosen: { ...state.chosen, ...Object.fromEntries(places) } });
  });
  if (moved && location.hash.startsWith("#q-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

if (quotes.length) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = addressFor({ ...current, words: form.elements.q.value.trim() });
  });
  addEventListener("hashchange", () => show(true));
  show(true);
}
