// Corrects with one key what the form of a quote corrects too: x rejects, y says that it is right, u takes the last one
// back. The page shows it at once, and takes it back where the library does not. keyboard.js says which quote is meant.
// In a text that is read, words that are selected can be added as a quote.

const API = "/api/corrections";
const WORDS = { reject: "Rejected: no quote.", confirm: "Right, says a person." };
const done = [];

// The last correction that this person has seen of a quote: the page knows up to a number, and what was said from it
// since. Of what others said meanwhile the library tells.
const own = new Map();
const seen = (quote) =>
  Math.max(own.get(quote.dataset.quote) ?? 0, Number(document.querySelector("#main").dataset.corrections));
const say = (words) => document.dispatchEvent(new CustomEvent("page:say", { detail: words }));
const placeOf = (quote) => document.getElementById(`at-${quote.dataset.quote}`);

async function send(address, value) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: value === undefined ? undefined : JSON.stringify(value),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail);
  return told;
}

const paint = (quote, action) => {
  quote.classList.toggle("rejected", action === "reject");
  placeOf(quote)?.classList.toggle("rejected", action === "reject");
  quote.querySelector(".rejection")?.remove();
  if (!action) return;
  const line = Object.assign(document.createElement("p"), { className: "rejection" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
  button.textContent = "Undo";
  button.addEventListener("click", () => undo(quote));
  line.append(Object.assign(document.createElement("b"), { textContent: WORDS[action] }), button);
  quote.append(line);
};

const failed = (error) => say(error instanceof TypeError ? "The library does not answer; nothing was changed." : error.message);

async function correct(quote, action) {
  if (quote.matches("figure") && quote.querySelectorAll('a[href^="/quotes/"]').length > 1) {
    say("These are several quotes: open the one you mean.");
    return;
  }
  if (done.some((one) => one.quote === quote)) {
    say("You have said something of this quote: u takes it back.");
    return;
  }
  paint(quote, action);
  const one = { quote, made: send(API, { action, quote: quote.dataset.quote, based_on: seen(quote) }) };
  done.push(one);
  say(`${WORDS[action]} u takes it back.`);
  try {
    own.set(quote.dataset.quote, (await one.made).number);
  } catch (error) {
    done.splice(done.indexOf(one), 1);
    paint(quote);
    failed(error);
  }
}

async function undo(quote) {
  const at = quote ? done.findIndex((one) => one.quote === quote) : done.length - 1;
  if (at < 0) {
    say("Nothing was corrected on this page since it was opened. All corrections stand under /corrections.");
    return;
  }
  const [one] = done.splice(at, 1);
  const before = one.quote.classList.contains("rejected") ? "reject" : "confirm";
  paint(one.quote);
  say("Undone.");
  try {
    const { number } = await one.made;
    await send(`${API}/${number}/undo`);
  } catch (error) {
    done.push(one);
    paint(one.quote, before);
    failed(error);
  }
}

for (const action of ["reject", "confirm"]) {
  document.addEventListener(`quote:${action}`, (event) => {
    event.preventDefault();
    correct(event.detail.element, action);
  });
}
document.addEventListener("quote:undo", (event) => {
  event.preventDefault();
  undo();
});

// Words that are selected in a text become a quote, and those in a quote's passage its words.
const text = document.querySelector("[data-text]");
const path = location.pathname.match(/^(\/articles\/[^/]+)\/read$/);
const words = document.querySelector(".correct textarea[name=words]");
const passage = words && document.querySelector(".head .passage");
const offer = document.createElement(passage ? "button" : "a");
let waiting;

const selection = (within) => {
  const selected = getSelection();
  const range = selected.rangeCount && !selected.isCollapsed ? selected.getRangeAt(0) : null;
  return range && within.contains(range.commonAncestorContainer) ? range : null;
};

const place = (range) => {
  const box = range.getBoundingClientRect();
  offer.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 180)) + scrollX}px`;
  offer.style.top = `${box.bottom + scrollY + 6}px`;
  offer.hidden = false;
};

async function offerQuote() {
  const { spanOf } = await import("./offsets.js");
  const range = selection(text);
  const span = range && spanOf(range);
  offer.hidden = true;
  if (!span) return;
  offer.href = `${path[1]}/add-quote?start=${span.start}&end=${span.end}`;
  place(range);
}

const offerWords = () => {
  const range = selection(passage);
  offer.hidden = true;
  if (range) place(range);
};

if (passage || (text && path)) {
  Object.assign(offer, { className: "add-quote", textContent: passage ? "Take these words" : "Add quote", hidden: true });
  document.body.append(offer);
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(passage ? offerWords : offerQuote, 150);
  });
}
if (passage) {
  offer.type = "button";
  offer.addEventListener("click", () => {
    words.value = selection(passage)?.toString().trim() || words.value;
    words.focus();
  });
}

// A name that is typed is completed from the whole library; the page itself brings those with most quotes.
const names = document.querySelector("datalist#speakers");
const typed = document.querySelector("input[list=speakers]");
let asked;

async function complete() {
  asked?.abort();
  const mine = (asked = new AbortController());
  try {
    const answer = await fetch(`/speakers.json?name=${encodeURIComponent(typed.value.slice(0, 100))}`, { signal: mine.signal });
    const { items } = await answer.json();
    const found = items.map((one) => one.speaker).filter((one) => one && one.kind !== "unresolved");
    const known = new Set([...names.options].map((option) => option.value));
    for (const { name, kind } of found) {
      if (!known.has(name)) names.append(Object.assign(document.createElement("option"), { value: name, textContent: kind }));
    }
  } catch (error) {
    if (error.name !== "AbortError") names.dataset.short = ""; // the names that the page brought are still offered
  }
}

typed?.addEventListener("input", () => {
  clearTimeout(waiting);
  if (typed.value.trim().length > 1) waiting = setTimeout(complete, 200);
});
