// A button beside each way to cite a quote that copies it, with italics where the other program takes them.

const LABEL = "Copy";

const copy = async (place) => {
  const { innerText, innerHTML } = place;
  try {
    const parts = { "text/plain": innerText };
    if (place.querySelector("i")) parts["text/html"] = innerHTML;
    const items = Object.entries(parts).map(([type, value]) => [type, new Blob([value], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(items))]);
    return true;
  } catch {
    const { copied } = await import(document.querySelector("[data-dialogs]").dataset.dialogs);
    return copied(innerText);
  }
};

for (const place of document.querySelectorAll("[data-copy]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: LABEL });
  button.setAttribute("aria-label", `Copy: ${place.dataset.copy}`);
  button.addEventListener("click", async () => {
    button.textContent = (await copy(place)) ? "Copied" : "Select it and copy it";
    setTimeout(() => (button.textContent = LABEL), 2500);
  });
  place.after(button);
}
