// What keys open: the menus of topics and speakers, the list of keys; and the citation that a key copies.
// keyboard.js loads this file when the first of them is asked for.

const MOST = 60;
const PAGES = { topic: "/topics", speaker: "/speakers" };
const WORDS = { topic: "Topic", speaker: "Speaker" };

const element = (name, fields = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...inside);
  return made;
};

const json = async (address) => {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

function shown(dialog, label) {
  dialog.setAttribute("aria-label", label);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// The page's own choices lead to the same page with another filter; elsewhere the menu leads to the topic or speaker.
async function choices(name) {
  const links = [...document.querySelectorAll(`[data-choices="${name}"] a, details[data-keep="${name}"] li a:has(bdi)`)];
  if (links.length) {
    return links.map((link) => ({
      label: (link.querySelector("bdi") ?? link).textContent,
      count: link.querySelector(".num")?.textContent ?? "",
      chosen: link.hasAttribute("aria-current"),
      take: () => link.click(),
    }));
  }
  const { items } = await json(`${PAGES[name]}.json`);
  return items.map((item) => {
    const one = item.speaker ?? item;
    const address = item.address ?? one.address ?? `${PAGES[name]}/${encodeURIComponent(one.slug ?? one.id)}`;
    return { label: one.label ?? one.name, count: "", chosen: false, take: () => location.assign(address) };
  });
}

const line = (choice, index, dialog) => {
  const button = element("button", { type: "button", className: "plain" });
  button.append(
    element("kbd", { textContent: index < 9 ? String(index + 1) : "", ariaHidden: "true" }),
    element("bdi", { textContent: choice.label.length > 80 ? `${choice.label.slice(0, 80)}…` : choice.label }),
    element("span", { className: "num", textContent: choice.count }),
  );
  if (choice.chosen) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    // What is chosen first: closing works out every style anew, and so does it once.
    choice.take();
    dialog.close();
  });
  return element("li", {}, button);
};

/** A menu of topics or speakers: numbers choose at once, letters narrow it down, arrows and Enter go through it.
 *  What *typed* says was typed before it was there. */
export async function choose(name, say, typed) {
  let all;
  try {
    all = await choices(name);
  } catch {
    location.assign(PAGES[name]);
    return;
  }
  if (!all.length) {
    say(`There is no ${name} to choose.`);
    return;
  }
  const dialog = element("dialog", { className: "menu" });
  const field = element("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: `${WORDS[name]}: type a number, or letters` });
  field.setAttribute("aria-label", `${WORDS[name]}: a number, or letters to narrow down`);
  const list = element("ol");
  const draw = () => {
    const typed = field.value.trim().toLocaleLowerCase();
    const some = all.filter((one) => one.label.toLocaleLowerCase().includes(typed)).slice(0, MOST);
    list.replaceChildren(...some.map((one, index) => line(one, index, dialog)));
    if (!some.length) list.append(element("li", { textContent: "None is called so." }));
  };
  field.addEventListener("input", draw);
  dialog.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (/^[1-9]$/.test(event.key) && !field.value && !event.ctrlKey && !event.altKey && !event.metaKey) buttons[event.key - 1]?.click();
    else if (event.key === "ArrowDown") (buttons[at + 1] ?? buttons[0])?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? buttons[at - 1] : field).focus();
    else if (event.key === "Enter" && document.activeElement === field) buttons[0]?.click();
    else return;
    event.preventDefault();
  });
  dialog.append(field, list);
  shown(dialog, `Choose a ${name}`);
  const early = typed();
  field.value = /^[1-9]/.test(early) ? "" : early;
  draw();
  if (early && !field.value) list.querySelectorAll("button")[early[0] - 1]?.click();
}

/** The list of keys, as the page at *address* has it. */
export async function help(address, bind) {
  let page;
  try {
    const answer = await fetch(address);
    // Parsed as a document of its own, in which no script runs and nothing is loaded.
    page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-keys]");
  } catch {
    page = null;
  }
  if (!page) {
    location.assign(address);
    return;
  }
  const close = element("button", { type: "button", textContent: "Close" });
  const dialog = element("dialog", { className: "menu" }, element("h2", { textContent: "Keys" }), page, close);
  close.addEventListener("click", () => dialog.close());
  bind(dialog);
  shown(dialog, "Keys");
  close.focus();
}

// Without a secure address there is no clipboard to write to, but a selection can still be copied.
export function copied(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words).then(() => true, () => bySelection(words));
  return Promise.resolve(bySelection(words));
}

function bySelection(words) {
  const held = document.activeElement;
  const field = element("textarea", { value: words, className: "unseen", readOnly: true });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  held?.focus({ preventScroll: true });
  return done;
}

/** Copies the citation of the quote *id*; what to tell a person about it. */
export async function copy(id) {
  try {
    const quote = await json(`/quotes/${encodeURIComponent(id)}.json`);
    const words = `${quote.citation} ${new URL(quote.address, location.href)}`;
    return (await copied(words)) ? `Copied: ${words}` : `The browser did not let it be copied: ${words}`;
  } catch {
    return "The citation cannot be had just now: the library does not answer.";
  }
}
