// Shows what the words in the form would do to the quotes, a moment after the last key. Without this file the button
// "Preview" does the same.

const form = document.querySelector("form[data-preview]");
const state = form.querySelector("[data-state]");
const would = state.closest("section");
const WAIT = 300;
let waiting;
let asked;

const say = (words, failed = false) => {
  state.textContent = words;
  state.hidden = !words;
  state.classList.toggle("error", failed);
  would.setAttribute("aria-busy", String(Boolean(words) && !failed));
};

// The answer is parsed as a document of its own, in which no script runs and nothing is loaded, and then moved here.
const show = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const part of ["[data-counts]", "[data-lists]"]) {
    would.querySelector(part).replaceChildren(...parsed.querySelector(part).childNodes);
  }
};

async function ask() {
  asked?.abort();
  const mine = (asked = new AbortController());
  say("Looking through the quotes …");
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: mine.signal,
    });
    if (!answer.ok) throw new Error(`preview: ${answer.status}`);
    show(await answer.text());
    say("");
  } catch (error) {
    if (mine.signal.aborted) return;
    say("The preview cannot be had just now. What you typed is still here; the button Preview tries again.", true);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.name === "colour" || event.target.name === "description") return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
form.querySelector("button[formaction]").addEventListener("click", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  would.scrollIntoView({ block: "nearest" });
  ask();
});
would.querySelector("[data-counts]").setAttribute("aria-live", "polite");
state.setAttribute("role", "status");
