// Keys for whoever reads with both hands on them. Every one of them does what a link or a form does without this file.
//
// Other scripts hook in by events on the document. "quote:reject", "quote:confirm" and "quote:undo" (detail: {id,
// element}) come before anything is said: who deals with one calls preventDefault. "quote:current" tells which quote
// has been reached; "quote:step" (detail: {step, element}) that no quote is left that way. To be told: "quote:go" (detail:
// {element}) goes to a quote, "page:say" (detail: words) tells a person something.

const STORED = "keys";
const ENTER = "keys-enter";
const SHOWN_MS = 4000;
const LISTED = "[data-quote]:not(.off)";
const keysLink = document.querySelector("[data-dialogs]");
let current = document.querySelector("[data-quote][aria-current]");
let waiting = null;
let told;
let fading;

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

function say(words) {
  if (!told) {
    told = Object.assign(document.createElement("p"), { className: "told" });
    told.setAttribute("role", "status");
    document.body.append(told);
  }
  told.textContent = words;
  told.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => told.classList.remove("shown"), SHOWN_MS);
}

const on = () => {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
};

function turn(yes) {
  try {
    localStorage.setItem(STORED, yes ? "on" : "off");
  } catch {
    say("This browser does not let the page remember that.");
  }
}

// A switch stands hidden in the list of keys: without this file there is nothing to switch.
function bindSwitches(place) {
  for (const box of place.querySelectorAll("[data-keys-switch] input")) {
    box.checked = on();
    box.closest("[data-keys-switch]").hidden = false;
    box.addEventListener("change", () => turn(box.checked));
  }
}

const listed = () => [...document.querySelectorAll(LISTED)].filter((one) => !one.closest("dialog, details:not([open])"));

// In a text the words themselves are shown, and their note beside them; in a list the quote is all there is.
const placeOf = (quote) => document.getElementById(`at-${quote.dataset.quote}`) ?? quote;

function leave() {
  if (!current) return;
  current.removeAttribute("aria-current");
  current.removeAttribute("tabindex");
  placeOf(current).classList.remove("here");
}

function go(quote) {
  if (quote !== current) leave();
  current = quote;
  quote.setAttribute("aria-current", "true");
  quote.tabIndex = -1;
  const place = quote.closest("[data-text]") ? placeOf(quote) : quote;
  if (place !== quote) place.classList.add("here");
  quote.focus({ preventScroll: true });
  place.scrollIntoView({ block: place.offsetHeight > innerHeight / 2 ? "start" : "center", behavior: "instant" });
  tell("quote:current", { id: quote.dataset.quote, element: quote });
}

// The first key goes to the first quote that can be seen, not back to the top of a page that was scrolled.
const first = (quotes, step) => {
  if (!scrollY) return quotes.at(step > 0 ? 0 : -1);
  const below = quotes.find((one) => placeOf(one).getBoundingClientRect().top >= 0);
  return step > 0 ? (below ?? quotes.at(-1)) : quotes[quotes.indexOf(below) - 1];
};

const remember = (end) => {
  try {
    sessionStorage.setItem(ENTER, end);
  } catch {
    // The next page then begins with no quote chosen.
  }
};

function move(step) {
  const quotes = listed();
  const at = current?.isConnected ? quotes.indexOf(current) : -1;
  const next = at < 0 ? first(quotes, step) : quotes[at + step];
  if (next) return go(next);
  if (!tell("quote:step", { step, element: current })) return undefined;
  const page = document.querySelector(`main a[rel="${step > 0 ? "next" : "prev"}"]`);
  if (page) {
    remember(step > 0 ? "first" : "last");
    page.click();
  } else say(quotes.length ? `This is the ${step > 0 ? "last" : "first"} quote.` : "There is no quote on this page.");
  return undefined;
}

function enter() {
  let end;
  try {
    end = sessionStorage.getItem(ENTER);
    sessionStorage.removeItem(ENTER);
  } catch {
    return;
  }
  const quote = end && listed().at(end === "last" ? -1 : 0);
  if (quote) go(quote);
}

const needed = () => {
  if (current?.isConnected) return current;
  say("Choose a quote first: j goes to the next one.");
  return undefined;
};

function open() {
  const quote = needed();
  if (!quote) return;
  const link = quote.querySelector("a[data-open]");
  if (link) link.click();
  else location.assign(`/quotes/${encodeURIComponent(quote.dataset.quote)}`);
}

function correct(name) {
  const quote = name === "undo" ? current : needed();
  if (name !== "undo" && !quote) return;
  const detail = { id: quote?.dataset.quote, element: quote };
  if (tell(`quote:${name}`, detail)) say("Nothing can be corrected on this page.");
}

function search() {
  const field = document.querySelector('main [role="search"] input[name="q"]') ?? document.querySelector('[role="search"] input');
  if (!field) return location.assign("/search");
  field.focus();
  field.select();
  return undefined;
}

const dialogs = () => import(keysLink.dataset.dialogs);

// Whoever types faster than the menu opens means the menu.
async function menu(name) {
  waiting = [];
  try {
    await (await dialogs()).choose(name, say, () => waiting.join(""));
  } finally {
    waiting = null;
  }
}

async function help() {
  (await dialogs()).help(keysLink.href, bindSwitches);
}

async function copy() {
  const quote = needed();
  if (quote) say(await (await dialogs()).copy(quote.dataset.quote));
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: open,
  Enter: open,
  "/": search,
  t: () => menu("topic"),
  s: () => menu("speaker"),
  c: copy,
  x: () => correct("reject"),
  y: () => correct("confirm"),
  u: () => correct("undo"),
  "?": help,
};

const busy = (event) =>
  event.defaultPrevented ||
  event.isComposing ||
  event.ctrlKey ||
  event.altKey ||
  event.metaKey ||
  document.querySelector("dialog[open]") ||
  event.target.closest?.('input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]');

document.addEventListener("keydown", (event) => {
  if (waiting && !event.ctrlKey && !event.altKey && !event.metaKey && event.key.length === 1) {
    event.preventDefault();
    waiting.push(event.key);
    return;
  }
  const act = KEYS[event.key];
  if (!act || busy(event)) return;
  // Enter on a link, a button or a summary is theirs; the other keys are single characters, and may be switched off.
  if (event.key === "Enter" ? event.target !== current : !on()) return;
  event.preventDefault();
  act();
});
document.addEventListener("quote:go", (event) => go(event.detail.element));
document.addEventListener("page:say", (event) => say(event.detail));
document.addEventListener("focusin", (event) => {
  const quote = event.target.closest(LISTED);
  if (!quote || quote === current) return;
  leave();
  current = quote;
  quote.setAttribute("aria-current", "true");
});

// A list whose next page was put in its place, instead of being loaded.
document.addEventListener("swapped", enter);

bindSwitches(document);
enter();
