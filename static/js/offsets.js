// Places in the page to places in the article, and back. The article counts Unicode code points, JavaScript counts
// UTF-16 units: "😀" is one of those and two of these. Every block of text says in data-start where it begins.

const BLOCK = "[data-start]";
const HIGH = /[\uD800-\uDBFF]$/;

/** How many code points *text* has. */
export const points = (text) => [...text].length;

/** How many UTF-16 units the first *count* code points of *text* take. */
export const units = (text, count) => [...text].slice(0, count).join("").length;

const blockOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(BLOCK);

const before = (block, node, offset) => {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString();
};

/** The place in the article of a place in the page, or null outside its text. Half a character counts as *whole* says. */
export function offsetOf(node, offset, whole = true) {
  const block = blockOf(node);
  if (!block) return null;
  const text = before(block, node, offset);
  return Number(block.dataset.start) + points(text) - (!whole && HIGH.test(text) ? 1 : 0);
}

const endOf = (block) => Number(block.dataset.start) + points(block.textContent);

/** The span of the article that *range* selects, as {start, end}, or null where it selects none of its text. */
export function spanOf(range) {
  const blocks = [...document.querySelectorAll(BLOCK)].filter((block) => range.intersectsNode(block));
  if (!blocks.length) return null;
  const [first, last] = [blocks[0], blocks.at(-1)];
  const start = first.contains(range.startContainer)
    ? offsetOf(range.startContainer, range.startOffset, false)
    : Number(first.dataset.start);
  const end = last.contains(range.endContainer) ? offsetOf(range.endContainer, range.endOffset) : endOf(last);
  return end > start ? { start, end } : null;
}

/** The text node and the UTF-16 offset in it of the place *point* of the article, or null where this page lacks it. */
export function placeOf(point) {
  for (const block of document.querySelectorAll(BLOCK)) {
    const start = Number(block.dataset.start);
    if (point < start || point > endOf(block)) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let left = point - start;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = points(node.data);
      if (left <= length) return [node, units(node.data, left)];
      left -= length;
    }
  }
  return null;
}
