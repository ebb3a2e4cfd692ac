// Makes the filters, the orders and the pages of a list instant: the same addresses are fetched, and the parts of the
// page that they change are put in place. Without this file every one of them is a plain link or form.

const main = document.querySelector("#main");
const TYPING = 250; // ms without a key before what was typed is looked for
const RESTING = 60; // ms that a pointer stays on a link before its page is fetched
const FRESH = 10_000; // ms that a page fetched ahead may be shown
const KEPT = 12;
const SCREEN = 6; // quotes that are put in place first; those below them follow once these are painted
const COPY = "Copy link";
const GIVEN = ["charts", "plotly", "plotlyStyle", "saving", "corrections"];
const HANGING = ".facet[name][open], .save[open]"; // what lies over the page while it is open
const ahead = new Map();
let shown = location.pathname + location.search;
let under, typed, resting;

const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
main.append(said);

const heading = () => main.querySelector("[data-part=list] h2") ?? main.querySelector("[data-part=list] p");
const parts = (root) => new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
const ours = (url) => url.origin === location.origin && url.pathname === location.pathname && !url.hash;

async function asked(address, signal) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, signal });
  return { ok: answer.ok, html: await answer.text() };
}

// A page fetched ahead is asked for once; one that failed is asked for again by whoever needs it.
const fetched = (address, signal) => {
  const known = ahead.get(address);
  if (known && performance.now() - known.at < FRESH) return known.answer;
  return asked(address, signal);
};

const fetchAhead = (address) => {
  const known = ahead.get(address);
  if (address === shown || (known && performance.now() - known.at < FRESH)) return;
  const answer = asked(address);
  answer.catch(() => ahead.delete(address));
  ahead.delete(address);
  ahead.set(address, { at: performance.now(), answer });
  if (ahead.size > KEPT) ahead.delete(ahead.keys().next().value);
};

// Where the keyboard goes on after what it stood on was replaced.
const place = (element) => {
  if (!element || !element.closest("[data-part]")) return null;
  const facet = element.closest(".facet");
  if (facet) {
    const label = element.querySelector("bdi")?.textContent;
    return () => {
      const now = main.querySelector(`.facet[data-keep="${facet.dataset.keep}"]`);
      const same = [...(now?.querySelectorAll("a") ?? [])].find((one) => one.querySelector("bdi")?.textContent === label);
      return now?.open && same ? same : now?.querySelector("summary");
    };
  }
  if (element.closest(".applied")) return () => main.querySelector(".applied a") ?? heading();
  if (element.closest("[data-part=list]")) return heading;
  return null;
};

const focus = (element) => {
  if (!element) return;
  if (!element.matches("a, summary, input, button")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
};

// Where the figures of the new charts are stands on <main>.
const complete = (page) => {
  const fresh = page.querySelector("#main");
  for (const name of GIVEN) {
    if (name in fresh.dataset) main.dataset[name] = fresh.dataset[name];
    else delete main.dataset[name];
  }
  document.dispatchEvent(new Event("swapped"));
};

// What a person has opened or closed stays so; a list that hangs below its name closes once something is chosen.
const keepOpen = (old, fresh) => {
  for (const one of old.querySelectorAll("details[data-keep]:not([name])")) {
    const other = fresh.querySelector(`details[data-keep="${one.dataset.keep}"]`);
    if (other) other.open = one.open;
  }
};

// The quotes below the first screen of a list, taken out of *page*, with where they belong.
const below = (page) => {
  const next = page.querySelectorAll("[data-part=list] figure.quote")[SCREEN];
  if (!next) return null;
  const range = page.createRange();
  range.setStartBefore(next);
  range.setEndAfter(next.parentNode.lastChild);
  return { parent: next.parentNode, rest: document.adoptNode(range.extractContents()) };
};

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

const swap = (page) => {
  const fresh = parts(page);
  keepOpen(main, page);
  for (const [name, part] of parts(main)) {
    if (fresh.has(name)) part.replaceWith(document.adoptNode(fresh.get(name)));
    else part.replaceChildren();
  }
  document.title = page.title;
  const twins = [document, page].map((one) => one.querySelector(".foot [data-twin] a"));
  if (twins[0] && twins[1]) twins[0].href = twins[1].getAttribute("href");
  const words = [document, page].map((one) => one.querySelector("#main form[role=search] input[name=q]"));
  if (words[0] && words[1] && words[0] !== document.activeElement) words[0].value = words[1].value;
  furnish();
};

// What was wrong with the words is told beside the box; the list below stays until there is another.
const tell = (page) => {
  const [old, fresh] = [main, page].map((root) => root.querySelector("[data-part=why]"));
  if (old && fresh) old.replaceWith(document.adoptNode(fresh));
  return Boolean(old && fresh);
};

// *whole*: all of the list at once, since the page goes on from a place further down.
const show = (html, { quiet, whole }) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const lists = page.querySelector("[data-part=list]") && main.querySelector("[data-part=list]");
  if (!lists) return quiet ? (tell(page), "kept") : "";
  const back = place(document.activeElement);
  const later = whole ? null : below(page);
  swap(page);
  if (back) focus(back());
  if (later) {
    painted().then(() => {
      later.parent.append(later.rest);
      if (later.parent.isConnected) complete(page);
    });
  } else complete(page);
  const total = main.querySelector("[data-total]") ?? main.querySelector("[data-part=list] .empty p");
  said.textContent = total?.textContent.replace(/\s+/g, " ").trim() ?? "";
  return "shown";
};

// *quiet*: nobody asked for it in so many words, so that what cannot be shown leaves the page as it is.
async function go(url, { push = true, quiet = false, top = false, y } = {}) {
  under?.abort();
  const mine = (under = new AbortController());
  const address = url.pathname + url.search;
  main.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetched(address, mine.signal);
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url);
    return;
  }
  if (mine.signal.aborted) return;
  main.removeAttribute("aria-busy");
  const done = show(answer.html, { quiet, whole: y !== undefined });
  if (!done) location.assign(url);
  if (done !== "shown") return;
  if (push && address !== shown) {
    history.replaceState({ y: scrollY }, "");
    history.pushState({ y: 0 }, "", url);
  }
  shown = address;
  if (top) heading()?.scrollIntoView();
  if (y !== undefined) scrollTo(0, y);
}

const address = (form) => {
  const url = new URL(form.action);
  const given = new FormData(form);
  if (given.get("order") === "relevance" && !given.get("q")) given.delete("order");
  url.search = new URLSearchParams([...given].filter(([, value]) => value)).toString();
  return url;
};

const linkOf = (event) => {
  const link = event.target.closest?.("#main a[href]");
  return link && !link.target && !link.hasAttribute("download") && ours(new URL(link.href)) ? link : null;
};

const copy = async (button) => {
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = button.textContent = "Link copied";
  } catch {
    said.textContent = button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => (button.textContent = COPY), 2500);
};

const furnish = () => {
  const tools = main.querySelector("[data-tools]");
  if (!tools || tools.querySelector("button")) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "plain", textContent: COPY, title: "Copy the link to this view" });
  button.addEventListener("click", () => copy(button));
  tools.append(button);
};

document.addEventListener("click", (event) => {
  for (const open of main.querySelectorAll(HANGING)) if (!open.contains(event.target)) open.open = false;
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = linkOf(event);
  if (!link) return;
  event.preventDefault();
  go(new URL(link.href), { top: Boolean(link.closest(".pages")) });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || !form.closest("#main") || !ours(new URL(form.action))) return;
  event.preventDefault();
  clearTimeout(typed);
  go(address(form));
});

// A bar of a chart leads where its link leads.
document.addEventListener("follow", (event) => {
  const url = new URL(event.detail);
  if (!ours(url)) return;
  event.preventDefault();
  go(url);
});

// What is still being written is no mistake yet.
const unfinished = (name, value) => {
  if (name === "from" || name === "to") return value !== "" && !/^\d{4}(-\d\d){0,2}$/.test(value);
  if (name !== "q") return false;
  return /[-:"(]$/.test(value) || value.split('"').length % 2 === 0;
};

main.addEventListener("input", (event) => {
  const { form, name, value } = event.target;
  if (event.isComposing || !form || form.method !== "get" || !ours(new URL(form.action))) return;
  clearTimeout(typed);
  if (unfinished(name, value)) return;
  typed = setTimeout(() => go(address(form), { quiet: true }), TYPING);
});

for (const [begun, over] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  main.addEventListener(begun, (event) => {
    const link = linkOf(event);
    if (!link) return;
    const { pathname, search } = new URL(link.href);
    clearTimeout(resting);
    resting = setTimeout(() => fetchAhead(pathname + search), RESTING);
  });
  main.addEventListener(over, () => clearTimeout(resting));
}
// What is pressed is about to be clicked.
main.addEventListener("pointerdown", (event) => {
  const link = event.button ? null : linkOf(event);
  if (link) fetchAhead(new URL(link.href).pathname + new URL(link.href).search);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = main.querySelector(HANGING);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

window.addEventListener("popstate", (event) => {
  // A link to a place on the page comes here too.
  if (location.pathname + location.search === shown) return;
  go(new URL(location.href), { push: false, y: event.state?.y ?? 0 });
});

history.scrollRestoration = "auto";
furnish();
