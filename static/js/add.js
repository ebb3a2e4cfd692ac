// Sends each file in a request of its own and shows how far it is, wherever on the page it is dropped; takes what is
// pasted outside a field; makes the bookmarklet. Without this file the three forms do the same.

const MOST = 20_000_000;
const AT_ONCE = 3;
const form = document.querySelector("form[data-files]");
const lines = document.querySelector("[data-lines]");
const sent = document.querySelector("[data-sent]");
const said = document.querySelector("[data-sent-said]");
const over = document.querySelector("[data-over]");
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const byJob = new Map();
const counts = { all: 0, sent: 0, refused: 0, over: 0 };
let queue = [];
let batch;
let busy = 0;
let source;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const tell = () => {
  const going = counts.all - counts.sent - counts.refused;
  const parts = [];
  if (going) parts.push(`${going} of ${counts.all} still to be sent`);
  else if (counts.sent) parts.push(`${counts.over} of ${counts.sent} read`);
  if (counts.refused) parts.push(`${counts.refused} not taken`);
  said.replaceChildren(parts.join(", "), batch ? ". " : "");
  if (batch) said.append(element("a", { href: `/batches/${batch}`, textContent: "See them all" }));
};

// A line for a file: its name, a bar while it is sent, what became of it, and a button where something can be done.
const newLine = (file) => {
  const state = element("span", { className: "badge", textContent: "Waiting" });
  const words = element("p", { className: "job-said" });
  const bar = element("progress", { max: 1, value: 0, ariaLabel: `Sending ${file.name}` });
  const name = element("p", { className: "job-name", textContent: file.name });
  const item = element("li", { className: "job" }, element("p", { className: "job-state" }, state), element("div", {}, name, words, bar));
  lines.append(item);
  return { file, item, state, words, bar };
};

const refuse = (line, sentence, again) => {
  counts.refused += 1;
  line.state.textContent = "Not taken";
  line.words.className = "job-said error";
  line.words.textContent = sentence;
  line.bar.remove();
  if (again) {
    const button = element("button", { type: "button", className: "plain", textContent: "Try again", ariaLabel: `Try again: ${line.file.name}` });
    button.addEventListener("click", () => {
      line.item.remove();
      counts.refused -= 1;
      counts.all -= 1;
      take([line.file]);
    });
    line.item.append(element("p", {}, button));
  }
  tell();
};

const send = (line) =>
  new Promise((done) => {
    const body = new FormData();
    body.append("files", line.file, line.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", batch ? `/api/articles?batch=${batch}` : "/api/articles");
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && (line.bar.value = event.loaded / event.total));
    request.addEventListener("load", () => {
      if (request.status !== 202) refuse(line, request.response?.detail ?? "The library did not take it.", request.status >= 500);
      else {
        counts.sent += 1;
        batch ??= request.response.batch;
        const [job] = request.response.jobs;
        line.state.textContent = "Given";
        line.words.textContent = "Waiting for its turn.";
        line.bar.remove();
        byJob.set(job.uid, line);
        follow();
      }
      done();
    });
    request.addEventListener("error", () => {
      refuse(line, "It could not be sent: the library did not answer, or the file has changed.", true);
      done();
    });
    line.state.textContent = "Sending";
    request.send(body);
  });

// The first file makes the batch that the others join.
const work = async () => {
  while (queue.length && busy < (batch ? AT_ONCE : 1)) {
    busy += 1;
    send(queue.shift()).then(() => {
      busy -= 1;
      tell();
      work();
    });
  }
};

const take = (files) => {
  const given = [...files];
  if (!given.length) return;
  sent.hidden = false;
  counts.all += given.length;
  for (const file of given) {
    const line = newLine(file);
    if (!file.size) refuse(line, "This file is empty, or it is a folder: choose the files in it.");
    else if (file.size > MOST) refuse(line, "This file is too large: 20 MB are taken at most.");
    else queue.push(line);
  }
  tell();
  sent.scrollIntoView({ block: "nearest" });
  work();
};

const moved = (told) => {
  const line = byJob.get(told.uid);
  if (!line) return;
  const html = new DOMParser().parseFromString(told.html, "text/html").querySelector("[data-job]");
  const finished = !told.open && !line.finished;
  line.finished = !told.open;
  if (finished) counts.over += 1;
  line.item.replaceWith(html);
  line.item = html;
  tell();
};

// One stream tells of every file of the batch.
const follow = () => {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(`/jobs/events?batch=${batch}`);
  source.addEventListener("job", (event) => moved(JSON.parse(event.data)));
  source.addEventListener("over", () => source.close());
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(form.elements.files.files);
  form.reset();
});
document.querySelector("[data-drop]").textContent = "Or drop files anywhere here.";

const carries = (event, kind) => event.dataTransfer?.types.includes(kind);
let depth = 0;
const show = (yes) => (over.hidden = !yes);
document.addEventListener("dragenter", (event) => carries(event, "Files") && show((depth += 1) > 0));
document.addEventListener("dragleave", (event) => carries(event, "Files") && show((depth -= 1) > 0));
document.addEventListener("dragover", (event) => carries(event, "Files") && event.preventDefault());
document.addEventListener("drop", (event) => {
  depth = 0;
  show(false);
  if (carries(event, "Files")) {
    event.preventDefault();
    take(event.dataTransfer.files);
  } else if (!typing(event.target) && carries(event, "text/uri-list")) {
    event.preventDefault();
    const place = document.querySelector("#field-addresses");
    const links = event.dataTransfer.getData("text/uri-list").split(/\r?\n/).filter((one) => one && !one.startsWith("#"));
    place.value = [place.value.trim(), ...links].filter(Boolean).join("\n");
    place.focus();
  }
});

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td, dd, dt, figcaption";
const plain = (html) => {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const blocks = [...body.querySelectorAll(BLOCKS)].filter((one) => !one.querySelector(BLOCKS));
  const words = (one) => one.textContent.replace(/\s+/g, " ").trim();
  return (blocks.length ? blocks.map(words).filter(Boolean) : [words(body)]).join("\n\n");
};

document.addEventListener("paste", (event) => {
  const held = event.clipboardData;
  if (!held || typing(event.target)) return;
  if (held.files.length) {
    event.preventDefault();
    take(held.files);
    return;
  }
  const text = held.getData("text/plain") || plain(held.getData("text/html"));
  if (!text.trim()) return;
  event.preventDefault();
  const place = document.querySelector("#field-text");
  place.value = text;
  place.focus();
  place.setSelectionRange(0, 0);
  place.scrollTop = 0;
});

// Dragged into the bookmarks and pressed on any page, it opens this one with the address, the title and what is chosen
// there. It asks only; who reads this page confirms.
const LONGEST = 20_000;
const program = `(() => {
  const q = new URLSearchParams({ url: location.href, title: document.title });
  const t = String(getSelection());
  if (t && encodeURIComponent(t).length < ${LONGEST}) q.set("text", t);
  else if (t) q.set("long", "yes");
  open("${location.origin}/add?" + q);
})()`;
const link = element("a", { className: "bookmarklet", textContent: "Add to Communiqué", href: `javascript:${encodeURIComponent(program.replace(/\n\s*/g, " "))}` });
const help = document.querySelector("[data-bookmarklet-help]");
link.addEventListener("click", (event) => {
  event.preventDefault();
  help.textContent = "Drag it into your bookmarks instead: it works on the pages that you read.";
});
document.querySelector("[data-bookmarklet]").replaceChildren(link);
