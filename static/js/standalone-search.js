// The words of a text and of a query, as the library's own search has them: without case, accents and punctuation.

const NO_BLANKS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
const LETTER = `(?![${NO_BLANKS}])[\\p{L}\\p{N}]`;
const GOES_ON = "[\\p{M}\\u00ad\\u200c-\\u200f]";
const WORD = new RegExp(
  `(?<![\\p{L}\\p{N}])\\p{L}(?:\\.\\p{L})+(?![\\p{L}\\p{N}\\p{M}])|[${NO_BLANKS}]${GOES_ON}*|${LETTER}(?:${LETTER}|${GOES_ON})*`,
  "gu",
);
const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ŧ: "t", þ: "th", æ: "ae", œ: "oe", ß: "ss", ς: "σ" };
const LONGEST_WORD = 64;

// Marks are accents on letters up to Armenian, and vowels in Hebrew and Arabic; elsewhere they spell the word.
const ACCENTED = /([\u0000-\u058f\u0590-\u06ff])[\p{M}]+/gu;

const folded = (piece) =>
  piece
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[øłđðħıŧþæœßς]/g, (letter) => PLAIN[letter])
    .replace(ACCENTED, "$1")
    .replace(/[^\p{L}\p{N}\p{M}]/gu, "")
    .normalize("NFC")
    .slice(0, LONGEST_WORD);

const wordsOf = (text) =>
  Array.from(text.matchAll(WORD), (found) => ({ folded: folded(found[0]), start: found.index, end: found.index + found[0].length }));

const PIECE = /([-−]?)(?:(speaker|title|topic):(?!\/\/))?(?:"([^"]*)"(\*?)|([^\s"]+))/gi;

// A query as groups of which one term each must match, and terms of which none may.
function queryOf(text) {
  const query = { wanted: [], unwanted: [] };
  let joint = "";
  for (const [, minus, field, phrase, star, bare] of text.replace(/[“”„‟«»＂″]/g, '"').matchAll(PIECE)) {
    if (!minus && !field && ["OR", "AND", "NOT"].includes(bare)) {
      joint = bare;
      continue;
    }
    const given = phrase ?? bare;
    const words = wordsOf(given).map((word) => word.folded).filter(Boolean);
    const term = { words, prefix: Boolean(star) || given.trimEnd().endsWith("*"), field: (field ?? "").toLowerCase() };
    if (!words.length) continue;
    if (minus || joint === "NOT") query.unwanted.push(term);
    else if (joint === "OR" && query.wanted.length) query.wanted.at(-1).push(term);
    else query.wanted.push([term]);
    joint = "";
  }
  return query;
}

const startsAt = (words, term, at) =>
  term.words.every((wanted, place) =>
    term.prefix && place === term.words.length - 1
      ? words[at + place]?.folded.startsWith(wanted)
      : words[at + place]?.folded === wanted,
  );

const placesOf = (words, term) => words.map((_, at) => at).filter((at) => startsAt(words, term, at));

// *texts* has the words of a quote by field: text, speaker, title, topic.
const has = (texts, term) =>
  Object.entries(texts).some(
    ([field, words]) =>
      (term.field === field || (term.field === "" && field !== "topic")) && words.some((_, at) => startsAt(words, term, at)),
  );

const fits = (texts, query) =>
  query.wanted.every((group) => group.some((term) => has(texts, term))) && !query.unwanted.some((term) => has(texts, term));

// What was looked for is marked over the text, without a change to it, where the browser can.
function markHits(places, query) {
  if (!CSS.highlights) return;
  CSS.highlights.delete("hit");
  const terms = query.wanted.flat().filter((term) => term.field === "");
  if (!terms.length) return;
  const hits = new Highlight();
  for (const place of places) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push({ node: walker.currentNode, start: nodes.length ? nodes.at(-1).end : 0, end: 0 }),
      (nodes.at(-1).end = nodes.at(-1).start + walker.currentNode.length);
    const at = (offset, last) => {
      const { node, start } = nodes.find((one) => (last ? offset <= one.end : offset < one.end));
      return [node, offset - start];
    };
    const words = wordsOf(place.textContent);
    for (const term of terms) {
      for (const first of placesOf(words, term)) {
        const range = new Range();
        range.setStart(...at(words[first].start, false));
        range.setEnd(...at(words[first + term.words.length - 1].end, true));
        hits.add(range);
      }
    }
  }
  CSS.highlights.set("hit", hits);
}
