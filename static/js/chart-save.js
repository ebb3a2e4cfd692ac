// Saves a chart as it is drawn, by the hand that drew it: with a title, a key, and what it is of below it.

const WIDTH = 720;
const SIDE = 24;

// Plotly reads tags in every text.
const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

const wrapped = (text, most) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => short(line, most));
};

// About how many rows Plotly's key takes: an item is its mark, its words and a gap.
const keyRows = (names) => {
  let rows = 1;
  let x = 0;
  for (const name of names) {
    const wide = 48 + 7.5 * name.length;
    if (x && x + wide > WIDTH - 2 * SIDE) {
      rows += 1;
      x = 0;
    }
    x += wide;
  }
  return rows;
};

// The rows that have no bar of their own are told below the chart, as on the page.
const below = (plot, told) => {
  const drawn = plot.layout.annotations?.length / 2;
  const rest = drawn ? told.rows.slice(drawn).map((row) => `and ${row.label}: ${row.shown}`) : [];
  return [...rest, ...told.stamp].flatMap((line) => wrapped(line, 105));
};

const axes = ({ xaxis, yaxis }, { ticks, rows }, tickfont) => {
  if (!ticks.length) return {};
  return {
    xaxis: { ...xaxis, tickfont, showticklabels: true, tickmode: "array", tickvals: ticks, ticktext: ticks.map((at) => rows[at].shown) },
    yaxis: { ...yaxis, tickfont, showticklabels: true },
  };
};

const layoutOf = (plot, told, style) => {
  const { layout } = plot;
  const lines = below(plot, told);
  const title = wrapped(told.export.title, 72);
  const named = plot.data.filter((trace) => trace.name);
  const top = SIDE + 24 * title.length + 24 * keyRows(named.map((trace) => trace.name)) + 4;
  const axis = told.ticks.length ? 28 : 8;
  const bottom = axis + 17 * lines.length + SIDE - 4;
  const soft = { color: style.getPropertyValue("--soft").trim(), size: 12 };
  const left = SIDE + (told.ticks.length ? 16 : layout.margin.l);
  const stamp = {
    xref: "paper", yref: "paper", x: 0, y: 0, xanchor: "left", yanchor: "top", yshift: -axis, xshift: SIDE - left - 2, showarrow: false,
    align: "left", text: lines.map(plain).join("<br>"), font: soft,
  };
  return {
    ...layout,
    ...axes(layout, told, soft),
    width: WIDTH,
    height: Math.round(plot.clientHeight) + top + bottom,
    margin: { l: left, r: SIDE + layout.margin.r, t: top, b: bottom, pad: 0 },
    paper_bgcolor: style.getPropertyValue("--paper").trim(),
    title: {
      text: title.map(plain).join("<br>"), x: SIDE / WIDTH, xanchor: "left", yref: "container", y: 1, yanchor: "top",
      pad: { t: SIDE - 6 }, font: { size: 17, color: layout.font.color }, automargin: false,
    },
    showlegend: true,
    legend: {
      orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom", traceorder: "normal", font: { ...soft, size: 13 },
      bgcolor: "rgba(0,0,0,0)",
    },
    annotations: [...(layout.annotations ?? []), stamp],
    autosize: false,
  };
};

// The same for whoever hears it.
const spoken = (told) =>
  told.rows.map((row) => `${row.label}: ${told.columns.map((name, at) => `${name} ${row.values[at]}`).join(", ")}.`).join(" ");

// Put in as text: the page's policy has every style of a drawing that is parsed told to the console.
const named = (image, told) => {
  const words = `<title>${plain(told.export.title)}</title><desc>${plain(`${spoken(told)} ${told.stamp.join(" ")}`)}</desc>`;
  return image.replace(/<svg\b[^>]*>/, (start) => `${start.slice(0, -1)} role="img">${words}`);
};

const give = (blob, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

// Plotly makes a PNG of a blob: address, which the page's policy has no place for; of a data: address it has.
const picture = async (image, { width, height }) => {
  const drawn = new Image();
  drawn.src = `data:image/svg+xml,${encodeURIComponent(image)}`;
  await drawn.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};

async function save(plot, address, format) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`numbers: ${answer.status}`);
  const told = await answer.json();
  const layout = layoutOf(plot, told, getComputedStyle(plot));
  const data = plot.data.map((trace) => ({ ...trace, showlegend: Boolean(trace.name) }));
  const { width, height } = layout;
  const bare = await Plotly.toImage({ data, layout }, { format: "svg", width, height, imageDataOnly: true });
  const image = named(bare, told);
  const blob = format === "svg" ? new Blob([image], { type: "image/svg+xml" }) : await picture(image, layout);
  give(blob, `${told.file}.${format}`);
}

const button = (plot, address, format, words) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words });
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await save(plot, address, format);
    } catch {
      made.textContent = "This could not be made";
    }
    made.disabled = false;
  });
  return made;
};

const drawn = async (key) => {
  for (let tries = 0; tries < 40; tries += 1) {
    const plot = document.querySelector(`[data-chart="${key}"].drawn .plot`);
    if (plot) return plot;
    await new Promise((done) => setTimeout(done, 250));
  }
  return null;
};

// Puts what only a chart that is drawn can be saved as before the files that are always there.
export async function offer(menu) {
  if (menu.dataset.offered) return;
  menu.dataset.offered = "yes";
  const plot = await drawn(menu.dataset.files);
  if (!plot) return;
  const address = menu.querySelector("a[href*='.table.json']").href;
  for (const [format, words] of [["svg", "SVG, as drawn here"], ["png", "PNG, as drawn here"]]) {
    const item = document.createElement("li");
    item.append(button(plot, address, format, words));
    menu.querySelector("ul").prepend(item);
  }
}

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("[data-files][open]")) if (!open.contains(event.target)) open.open = false;
});
