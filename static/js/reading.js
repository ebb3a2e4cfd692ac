// Filters and steps through the quotes of a text that is read in parts. Without this file the same links load the page
// anew. keyboard.js, which comes first, goes to a quote when it is told to.

const view = document.querySelector("[data-reading]");
const text = view.querySelector("[data-text]");
const notes = [...text.querySelectorAll("[data-quote]")];
const marks = [...text.querySelectorAll("mark[data-n]")];
const firsts = view.dataset.parts.split(" ").map(Number);
const part = Number(view.dataset.part);
const every = view.dataset.quotes.split(" ").filter(Boolean).map((one) => {
  const [topics, speaker] = one.split("/");
  return { topic: topics.split("."), speaker: [speaker] };
});
const position = view.querySelector("[data-position]");
const ENTER = "reading-enter";
const NAMES = ["topic", "speaker"];
const numbers = new Map(notes.map((note) => [note, note.dataset.numbers.split(" ").map(Number)]));
const numbersOf = (note) => numbers.get(note);
const link = (name, value) => [...view.querySelectorAll(`[data-choices="${name}"] a`)].find((one) => one.dataset.value === value);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

// What is chosen, by the value in the address; a speaker that the rail leaves out is always offered by the server.
const chosen = () => {
  const query = new URLSearchParams(location.search);
  return NAMES.map((name) => [name, query.get(name)]).filter(([, value]) => value);
};

let matching = new Set();
let relinking;

const collect = () => {
  const given = chosen().map(([name, value]) => [name, link(name, value)?.dataset.index]);
  const fits = (quote) => given.every(([name, index]) => quote[name].includes(index));
  matching = new Set(every.flatMap((quote, index) => (fits(quote) ? [index + 1] : [])));
};

const words = (one) => one.querySelector("bdi").textContent;

function describe() {
  const given = Object.fromEntries(chosen().map(([name, value]) => [name, link(name, value)]));
  const place = view.querySelector("[data-chosen]");
  place.hidden = !given.topic && !given.speaker;
  const on = given.topic ? ` on ${words(given.topic)}` : "";
  const by = given.speaker ? ` by ${words(given.speaker)}` : "";
  place.querySelector("[data-matching]").textContent = `${matching.size}${on}${by}`;
}

const addressed = (href, changes) => {
  const url = new URL(href, location.href);
  for (const name of NAMES) {
    if (!(name in changes)) continue;
    if (changes[name]) url.searchParams.set(name, changes[name]);
    else url.searchParams.delete(name);
  }
  return url;
};

const current = () => ({ topic: null, speaker: null, ...Object.fromEntries(chosen()) });

function check() {
  const now = current();
  for (const name of NAMES) {
    for (const one of view.querySelectorAll(`[data-choices="${name}"] a`)) {
      if (one.dataset.value === now[name]) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  }
}

// Addresses for whoever opens one in another tab; nobody does so in the moment of a choice.
function relink() {
  const now = current();
  for (const one of view.querySelectorAll("a[data-keep]")) one.href = addressed(one.href, now);
  for (const name of NAMES) {
    for (const one of view.querySelectorAll(`[data-choices="${name}"] a`)) {
      one.href = addressed(one.href, { ...now, [name]: one.dataset.value === now[name] ? null : one.dataset.value });
    }
  }
}

function apply() {
  collect();
  for (const note of notes) note.classList.toggle("off", !numbersOf(note).some((number) => matching.has(number)));
  for (const mark of marks) mark.classList.toggle("off", !matching.has(Number(mark.dataset.n)));
  describe();
  check();
  clearTimeout(relinking);
  relinking = setTimeout(relink, 200);
}

const partOf = (number) => firsts.findLastIndex((first) => first && first <= number) + 1;

function leadTo(number) {
  const note = notes.find((one) => numbersOf(one).includes(number));
  if (note) return tell("quote:go", { element: note });
  try {
    sessionStorage.setItem(ENTER, number);
  } catch {
    // The other part then begins with no quote chosen.
  }
  const url = addressed(location.href, {});
  url.searchParams.delete("quote");
  url.searchParams.set("part", partOf(number));
  url.hash = "";
  return location.assign(url);
}

// The next quote that is not dimmed, in whichever part it stands.
function step(by, note) {
  const own = note ? numbersOf(note) : [];
  const from = by > 0 ? Math.max(0, ...own) : Math.min(every.length + 1, ...own);
  const ahead = [...matching].filter((number) => (by > 0 ? number > from : number < from));
  if (!ahead.length) return false;
  leadTo(by > 0 ? ahead[0] : ahead.at(-1));
  return true;
}

function choose(url) {
  history.pushState(null, "", url);
  apply();
  const left = notes.filter((one) => !one.classList.contains("off"));
  const seen = left.find((one) => one.hasAttribute("aria-current")) ?? left[0];
  // Once a menu that was chosen from is closed: nothing behind it can have the focus.
  if (seen) return queueMicrotask(() => tell("quote:go", { element: seen }));
  const [next] = [...matching];
  if (next) return leadTo(next);
  return tell("page:say", "No quote of this article has both.");
}

view.addEventListener("click", (event) => {
  const one = event.target.closest("a");
  if (!one || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (one.dataset.step) {
    if (step(Number(one.dataset.step), one.closest("[data-quote]"))) event.preventDefault();
  } else if (one.closest("[data-choices]") || "all" in one.dataset) {
    event.preventDefault();
    const name = one.closest("[data-choices]")?.dataset.choices;
    const own = one.hasAttribute("aria-current");
    const changes = name ? { [name]: own ? null : one.dataset.value } : { topic: null, speaker: null };
    const url = addressed(location.href, changes);
    url.hash = "";
    choose(url);
  }
});
addEventListener("popstate", apply);
document.addEventListener("quote:step", (event) => {
  if (step(event.detail.step, event.detail.element)) event.preventDefault();
});
document.addEventListener("quote:current", (event) => {
  const number = event.detail.element.querySelector(".n").textContent;
  const own = numbersOf(event.detail.element).find((one) => matching.has(one));
  const among = matching.size < every.length ? `, ${[...matching].indexOf(own) + 1} of ${matching.size} chosen` : "";
  position.textContent = `Quote ${number} of ${every.length}${among}`;
});

collect();
let entering;
try {
  entering = Number(sessionStorage.getItem(ENTER));
  sessionStorage.removeItem(ENTER);
} catch {
  entering = 0;
}
if (entering) leadTo(entering);
