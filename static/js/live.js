// Shows how far the reading is while it goes on. Without this file pages of jobs load themselves anew, and the board
// says where to look. Where the stream cannot be had, the page does the same.

const page = document.querySelector("[data-live]");
const WORDS = new Intl.NumberFormat("en");
const RELOAD = 5000;
let source;

// An answer is parsed as a document of its own, in which no script runs and nothing is loaded, and then moved here.
const parsed = (html, selector) => new DOMParser().parseFromString(html, "text/html").querySelector(selector);

const replace = (old, html, selector) => {
  const fresh = parsed(html, selector);
  if (!old || !fresh) return;
  const held = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (held) fresh.querySelector("a, button")?.focus();
};

const say = (place, words) => {
  if (place && place.textContent !== words) place.textContent = words;
};

const job = (told) => {
  replace(document.querySelector(`[data-job="${CSS.escape(told.uid)}"]`), told.html, "[data-job]");
  if (page.dataset.live !== "job" || told.open) return;
  if (told.next && "then" in page.dataset) location.replace(told.next);
  else location.reload();
};

const progress = (told) => {
  const place = document.querySelector(`[data-progress="${CSS.escape(told.batch)}"]`);
  replace(place, told.html, "[data-progress]");
};

// The board: a line that says how far the reading is, and a link that shows what came in since the page was made.
const board = (told) => {
  const line = document.querySelector("[data-arriving]");
  const fresh = told.revision > Number(line.dataset.revision);
  const quotes = told.quotes - Number(line.dataset.quotes);
  const parts = [];
  if (told.total) parts.push(told.sentence.replace(/\.$/, ""));
  const link = document.createElement("a");
  if (fresh) {
    link.href = "/";
    if (quotes > 0) link.textContent = `${WORDS.format(quotes)} new ${quotes === 1 ? "quote" : "quotes"}: show ${quotes === 1 ? "it" : "them"}`;
    else link.textContent = "the library has changed: show it";
  } else if (told.open) {
    link.href = "/jobs";
    link.textContent = "see how far";
  }
  const words = parts.length && link.href ? `${parts[0]}; ` : parts.join("");
  line.hidden = !words && !link.href;
  if (line.dataset.shown === words + link.textContent) return;
  line.dataset.shown = words + link.textContent;
  line.replaceChildren(words, ...(link.href ? [link] : []));
};

const address = () => {
  const { live, uid } = page.dataset;
  if (live === "job") return `/jobs/events?job=${encodeURIComponent(uid)}`;
  if (live === "batch") return `/jobs/events?batch=${encodeURIComponent(uid)}`;
  return live === "jobs" ? "/jobs/events?lines=true" : "/jobs/events";
};

const follow = () => {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(address());
  source.addEventListener("job", (event) => job(JSON.parse(event.data)));
  source.addEventListener("progress", (event) => progress(JSON.parse(event.data)));
  source.addEventListener("library", (event) => {
    const told = JSON.parse(event.data);
    if (page.dataset.live === "board") board(told);
    else say(document.querySelector("[data-said]"), told.sentence);
  });
  source.addEventListener("over", () => {
    source.close();
    if (page.dataset.live === "batch" || page.dataset.live === "jobs") location.reload();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED && page.dataset.live !== "board") setTimeout(() => location.reload(), RELOAD);
  });
};

if (page.dataset.live !== "board" || Number(document.querySelector("[data-arriving]").dataset.open)) follow();
// Whoever comes back to the board from another tab may have given it something there.
if (page.dataset.live === "board") {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && follow());
}
