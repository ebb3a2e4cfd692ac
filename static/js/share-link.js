// Opens the box to share a page in the page itself. Without this file "Share" leads to a page with the same box.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = `${link.pathname}?of=${encodeURIComponent(location.pathname + location.search)}`;
  try {
    await (await import(link.dataset.share)).open(address, link.dataset.style);
  } catch {
    location.assign(address);
  }
});
