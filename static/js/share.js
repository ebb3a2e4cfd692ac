// The box to share a page, in a dialog: the form of /share, and then the link that it makes.

const BOX = "[data-share-box]";

// An answer is parsed as a document of its own, in which no script runs and nothing is loaded, and then moved here.
async function box(address, options) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, ...options });
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(BOX);
  if (!found) throw new Error(`${address}: ${answer.status}`);
  return found;
}

async function copyButton(place) {
  const { copied } = await import(document.querySelector("[data-dialogs]").dataset.dialogs);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "Copy" });
  button.setAttribute("aria-label", `Copy: ${place.dataset.copy}`);
  button.addEventListener("click", async () => {
    button.textContent = (await copied(place.textContent)) ? "Copied" : "Select it and copy it";
  });
  place.after(button);
}

// The rules of the box come with it, so that no other page waits for them.
function styled(address) {
  if (document.querySelector(`link[href="${address}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));
}

export async function open(address, style) {
  styled(style);
  const dialog = Object.assign(document.createElement("dialog"), { className: "menu share" });
  dialog.setAttribute("aria-label", "Share");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());

  const show = async (found) => {
    dialog.replaceChildren(found, close);
    for (const place of found.querySelectorAll("[data-copy]")) await copyButton(place);
    found.querySelector("[autofocus], [data-copy] + button, input:checked")?.focus();
    const form = found.querySelector("form");
    form?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, event.submitter));
      try {
        await show(await box(form.action, { method: "POST", body }));
      } catch {
        form.submit();
      }
    });
  };

  await show(await box(address));
  document.body.append(dialog);
  dialog.showModal();
}
