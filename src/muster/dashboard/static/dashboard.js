// The page asks for parts and figures, draws them, and sends decisions. All words and numbers come from the server.
"use strict";
const $ = (what, root = document) => root.querySelector(what);
const $$ = (what, root = document) => [...root.querySelectorAll(what)];
const script = document.currentScript;
const state = new URL(location.href).searchParams;
const narrow = matchMedia("(max-width: 46rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => document.documentElement.dataset.theme;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const say = (text) => { $("#status").textContent = text; clearTimeout(say.timer); say.timer = setTimeout(() => { $("#status").textContent = ""; }, 8000); };

function remember(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === "") state.delete(name); else state.set(name, value);
  }
  const query = state.toString();
  history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
}

// An answer that is not ready says how far it is; it is asked for again until it is there.
async function ask(address, tell = () => {}, signal = undefined) {
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 2000)) {
    const answer = await fetch(address, { signal });
    if (answer.status === 202) {
      tell(await answer.json());
      await pause(wait);
    } else if (answer.ok) {
      return answer;
    } else {
      const text = await answer.text();
      throw new Error(answer.status === 500 && text.startsWith("{") ? JSON.parse(text).problem : text);
    }
  }
}

// Of several answers asked for in one place only that asked for last is shown, whichever comes first.
function take(place) {
  const turn = place.turn = (place.turn || 0) + 1;
  return () => turn === place.turn;
}

function showProgress(place) {
  return (job) => {
    const line = $(".waiting", place);
    if (line) {
      const share = job.total ? `: ${job.done} of ${job.total}` : "";
      line.textContent = job.state === "waiting" ? `${job.title}: waits its turn …` : `${job.what || job.title}${share} …`;
    }
  };
}

function complain(place, error) {
  if (error.name === "AbortError") return;
  const line = document.createElement("p");
  line.className = "warning";
  line.textContent = error.message || String(error);
  place.replaceChildren(line);
  place.removeAttribute("aria-busy");
}

async function fill(place, name = place.dataset.part) {
  const latest = take(place);
  place.setAttribute("aria-busy", "true");
  try {
    const found = await (await ask("/parts/" + name, showProgress(place))).text();
    if (!latest()) return;
    place.innerHTML = found;
    place.removeAttribute("aria-busy");
    begin(place);
  } catch (error) { if (latest()) complain(place, error); }
}

// ---- Figures ----
let vega = null;
function loadVega() {
  vega ??= new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.type = "module"; // keeps its own names to itself
    tag.src = script.dataset.vega;
    tag.onload = done;
    tag.onerror = () => failed(new Error("The figures cannot be drawn: their script did not load."));
    document.head.append(tag);
  });
  return vega;
}

function tooltip(handler, event, item, value) {
  const tip = $("#vg-tooltip-element") || document.body.appendChild(Object.assign(document.createElement("div"), { id: "vg-tooltip-element" }));
  tip.classList.toggle("visible", Boolean(value));
  if (!value) return;
  tip.textContent = value;
  tip.style.left = Math.max(4, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, event.clientY - tip.offsetHeight - 10) + "px";
}

// A figure is one picture with one label: what is within it is said in the table or list beside it.
function hush(drawn) {
  for (const part of $$("g[role], path[role], text[role]", drawn)) {
    for (const name of ["role", "aria-label", "aria-roledescription"]) part.removeAttribute(name);
  }
}

async function embed(place, spec, label) {
  await loadVega();
  place.view?.finalize();
  place.replaceChildren();
  const inner = place.appendChild(document.createElement("div"));
  // An interpreter in place of compiled expressions: the policy of the page allows no code made from text.
  const options = { actions: false, logLevel: 1, ast: true, renderer: "svg", defaultStyle: false, tooltip };
  const { view } = await vegaEmbed(inner, { ...spec, background: null, autosize: spec.autosize }, options);
  place.view = view;
  const drawn = $("svg", inner);
  if (drawn) {
    const [wide, high] = [drawn.getAttribute("width"), drawn.getAttribute("height")];
    if (!drawn.getAttribute("viewBox")) drawn.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    hush(drawn);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", label);
  }
  view.addEventListener("click", (event, item) => { if (item?.datum?.claim) openCard(item.datum.claim); });
  return view;
}

async function draw(place) {
  const latest = take(place);
  place.setAttribute("aria-busy", "true");
  const address = new URL(place.dataset.figure, location.href);
  address.searchParams.set("width", narrow.matches ? "narrow" : "wide");
  address.searchParams.set("theme", theme());
  try {
    const found = await (await ask(address, showProgress(place))).json();
    if (latest()) await embed(place, found.spec, place.dataset.label || "");
  } catch (error) { if (latest()) complain(place, error); }
  if (latest()) place.removeAttribute("aria-busy");
}

// ---- Claims ----
async function openCard(id, from = document.activeElement) {
  const card = $("#card");
  card.hidden = false;
  card.from = from;
  card.innerHTML = '<p class="waiting">Being read …</p>';
  remember({ claim: id });
  await fill(card, "claim?id=" + encodeURIComponent(id));
  card.focus();
}

function closeCard() {
  const card = $("#card");
  if (card.hidden) return;
  card.hidden = true;
  card.replaceChildren();
  remember({ claim: null });
  card.from?.focus?.();
}

// ---- Map ----
async function showMap() {
  const chosen = $("#quantity").value;
  const slider = $("#month");
  const map = $("#map");
  const latest = take(map);
  map.setAttribute("aria-busy", "true");
  let found;
  try {
    found = await (await ask(`/quantities/${chosen}?theme=${theme()}`, showProgress(map))).json();
  } catch (error) { if (latest()) complain(map, error); return; }
  if (!latest()) return;
  slider.max = found.months.length - 1;
  const wanted = found.months.findIndex((day) => day.startsWith(state.get("month")));
  slider.value = wanted >= 0 ? wanted : found.months.length - 1;
  const line = $("#line");
  const shape = found.spec ? found.spec.height / found.spec.width : 1; // of the outline: no more room than it fills
  const wide = Math.min(map.clientWidth - 8, shape > 1 ? 430 : 640);
  const chosenRegion = () => Math.max(0, found.regions.findIndex((one) => one.id === state.get("region")));
  const coloured = (month, at) => found.regions.map((one, k) => ({
    id: one.id, value: found.values[month][k], chosen: k === at ? 1 : 0, tip: `${one.name}: ${found.told[month][k]} ${found.unit}`,
  }));
  const course = (month, at) => found.months.map((date, k) => ({
    month: date, value: found.values[k][at], low: found.range.low[k][at], high: found.range.high[k][at], now: k === month,
  }));
  $("#map-legend").replaceChildren(...found.legend.map(({ colour, label }) => {
    const item = document.createElement("li");
    const swatch = item.appendChild(document.createElement("i"));
    swatch.style.background = colour;
    item.append(label);
    return item;
  }));
  if (found.spec) {
    found.spec.transform[0].from.data.values = coloured(Number(slider.value), chosenRegion());
    const view = await embed(map, { ...found.spec, width: wide, height: wide * shape, autosize: "none", padding: { top: 4, left: 2, right: 2, bottom: 2 } }, found.title);
    view.addEventListener("click", (event, item) => { if (item?.datum?.id) { remember({ region: item.datum.id }); update(); } });
  } else { map.replaceChildren(); }
  found.line.data.values = course(Number(slider.value), chosenRegion());
  await embed(line, { ...found.line, width: Math.max(180, line.clientWidth - 70) }, found.title + " over time");
  async function update() {
    const month = Number(slider.value);
    const at = chosenRegion();
    const day = found.months[month];
    const when = new Date(day).toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
    $("#when").textContent = when;
    slider.setAttribute("aria-valuetext", when);
    $("#map-title").textContent = `${found.title} (${found.unit}), ${when}`;
    $("#region-title").textContent = found.regions[at].name;
    if (found.spec) await map.view.data("now", coloured(month, at)).runAsync();
    await line.view.data("line", course(month, at)).runAsync();
    hush(line);
    hush(map);
    $("#regions tbody").replaceChildren(...found.regions.map((one, k) => {
      const row = document.createElement("tr");
      row.setAttribute("aria-selected", k === at);
      const head = row.appendChild(document.createElement("th"));
      head.scope = "row";
      const button = head.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = one.name;
      button.onclick = () => { remember({ region: one.id }); update(); };
      for (const text of [found.told[month][k], found.bands[month][k]]) {
        const cell = row.appendChild(document.createElement("td"));
        cell.className = "num";
        cell.textContent = text;
      }
      return row;
    }));
    document.body.dataset.month = day;
  }
  slider.oninput = () => { remember({ month: found.months[slider.value].slice(0, 7) }); update(); };
  $("#play").onclick = async (event) => {
    const button = event.currentTarget;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? "Stop" : "Play";
    if (on && Number(slider.value) === found.months.length - 1) slider.value = 0;
    while (button.getAttribute("aria-pressed") === "true") {
      await update();
      if (Number(slider.value) >= found.months.length - 1) break;
      await pause(350);
      if (button.getAttribute("aria-pressed") === "true") slider.value = Number(slider.value) + 1;
    }
    remember({ month: found.months[slider.value].slice(0, 7) });
    button.setAttribute("aria-pressed", false);
    button.textContent = "Play";
  };
  await update();
  map.removeAttribute("aria-busy");
}

// ---- Evidence ----
function showTable(first = 0) {
  const form = $("#filter");
  const asked = Object.fromEntries(new FormData(form));
  remember(asked);
  fill($("#table"), "table?" + new URLSearchParams({ ...asked, first }));
}

const done = [];
async function send(address, body, kind = "application/json") {
  const answer = await fetch(address, { method: "POST", headers: { "content-type": kind }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text);
}

async function decide(decision) {
  const form = $("#decision");
  const given = new FormData(form);
  const reviewer = given.get("reviewer").trim();
  if (!reviewer) { say("Your initials are needed: they stand beside every decision."); return $("[name=reviewer]", form).focus(); }
  localStorage.setItem("reviewer", reviewer);
  const changes = Object.fromEntries([...given].filter(([name]) => name.startsWith("field.")).map(([name, value]) => [name.slice(6), value]));
  const body = {
    entry: form.dataset.entry, seen: Number(form.dataset.seen), decision, reviewer, changes,
    reason: decision === "rejected" ? given.get("reason") : "", into: given.get("into_id") || given.get("into") || "", parts: given.get("parts") || "",
  };
  try {
    const after = await send("/evidence/decide", JSON.stringify(body));
    done.push(after);
    say([`${after.entry.slice(0, 8)} ${after.status}.`, ...after.notes].join(" "));
    await fill($("#review"), "review?place=" + form.dataset.place);
  } catch (error) { say(error.message); }
}

async function undo() {
  const last = done.at(-1);
  if (!last) return say("Nothing more to undo: nothing was decided on this page.");
  try {
    const reviewer = $("[name=reviewer]")?.value || localStorage.getItem("reviewer") || "";
    await send("/evidence/undo", JSON.stringify({ entry: last.entry, seen: last.revision, events: last.events, reviewer }));
    done.pop();
    say(`${last.entry.slice(0, 8)} taken back.`);
    await fill($("#review"), "review?entry=" + last.entry);
  } catch (error) { say(error.message); }
}

function step(by) {
  const { place, left } = $("#decision").dataset;
  fill($("#review"), "review?place=" + (Number(place) + by + Number(left)) % Number(left));
}

async function addDocument(event) {
  event.preventDefault();
  const file = $("#document").files[0];
  if (!file) return say("Choose a file first.");
  say("The document is being read …");
  try {
    const [taken] = await send("/evidence/documents?name=" + encodeURIComponent(file.name), file, "application/octet-stream");
    say(taken.added ? `${taken.added.new.length} proposed, ${taken.added.known.length} known before.` : taken.problem);
    await fill($("#review"), "review");
  } catch (error) { say(error.message); }
}

const keys = {
  a: () => decide("accepted"), n: () => step(1), b: () => step(-1), u: undo,
  r: () => toggle("reject"), e: () => toggle("edit"), m: () => toggle("merge"), s: () => toggle("split"),
};
function toggle(name) {
  const part = $("#" + name);
  if (!part) return;
  part.open = !part.open;
  if (part.open) $("input, select, textarea", part)?.focus();
}

// ---- Scenarios ----
const factors = () => Object.fromEntries($$("[data-lever]").map((one) => [one.dataset.lever, Number((2 ** one.value).toFixed(3))]).filter(([, value]) => value !== 1));

function showLevers() {
  for (const one of $$("[data-lever]")) {
    const text = "×" + Number((2 ** one.value).toPrecision(3));
    one.previousElementSibling.textContent = text;
    one.setAttribute("aria-valuetext", text);
  }
}

function askedScenarios() {
  return { ...Object.fromEntries(new FormData($("#scenarios"))), ...factors() };
}

function compareScenarios() {
  const asked = askedScenarios();
  for (const one of $$("[data-lever]")) state.delete(one.dataset.lever);
  remember(asked);
  $("#why").replaceChildren();
  fill($("#compared"), "compared?" + new URLSearchParams(asked));
}

let pulling = null;
async function pull() {
  showLevers();
  pulling?.abort();
  const mine = pulling = new AbortController();
  await pause(60); // a drag sends many: the last one is asked for
  if (mine.signal.aborted) return;
  const place = $("#live");
  const query = new URLSearchParams({ ...askedScenarios(), theme: theme() });
  try {
    const answer = await ask("/live?" + query, (job) => { $("#live-note").textContent = `${job.title}: ${job.done} of ${job.total || "…"}`; }, mine.signal);
    if (answer.status === 204) return;
    const found = await answer.json();
    if (mine.signal.aborted) return;
    await embed(place, found.spec, "What the levers change, from few histories");
    const [, , , change, , span] = found.whole;
    $("#live-note").textContent = `${found.levers || "All as they were"}: ${change} ${found.unit} (${span}); ${found.members} histories only.`;
    place.dataset.drawn = String(query);
  } catch (error) { complain(place, error); }
}

function openWhen(button, place, name) {
  if (!button) return;
  button.onclick = () => {
    place.innerHTML = '<p class="waiting">Being worked out …</p>';
    fill(place, name());
  };
}

// ---- The page ----
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  const button = $("#theme");
  button.setAttribute("aria-pressed", name === "dark");
  button.textContent = name === "dark" ? "Light" : "Dark";
}

// At a narrow width the line of views scrolls: it fades where it goes on, and begins at the view that is shown.
function showMore() {
  const line = $(".top nav ul");
  const hidden = { before: line.scrollLeft > 2, after: line.scrollLeft + line.clientWidth < line.scrollWidth - 2 };
  line.dataset.more = Object.keys(hidden).filter((end) => hidden[end]).join(" ");
}

// A chosen entry that its drop-down cuts is written out below it.
function showWhole(select) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(select).font;
  const text = select.selectedOptions[0]?.text ?? "";
  if (pen.measureText(text).width > select.clientWidth - 44) select.parentNode.dataset.whole = text;
  else delete select.parentNode.dataset.whole;
}
const showAllWhole = () => $$(".bar label > select").forEach(showWhole);

function redraw() {
  $$("[data-figure]").forEach(draw);
  if ($("#map-form")) showMap();
}

function begin(root) {
  $$("[data-part]", root).forEach((place) => fill(place));
  $$("[data-figure]", root).forEach(draw);
  const reviewer = $("[name=reviewer]", root);
  if (reviewer) reviewer.value = localStorage.getItem("reviewer") || "";
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-claim], [data-close], [data-decide], [data-step], [data-undo], [data-first]");
  if (!target) return;
  if (target.dataset.claim) { event.preventDefault(); openCard(target.dataset.claim, target); }
  else if ("close" in target.dataset) closeCard();
  else if (target.dataset.decide) decide(target.dataset.decide);
  else if (target.dataset.step) step(Number(target.dataset.step));
  else if ("undo" in target.dataset) undo();
  else if (target.dataset.first) showTable(target.dataset.first);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeCard();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if ($("#decision") && $("#card").hidden && keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
document.addEventListener("change", (event) => {
  if (event.target.matches(".bar label > select")) showWhole(event.target);
  const go = event.target.dataset.go;
  if (go === "figure") location.search = new URLSearchParams({ figure: event.target.value });
  else if (go === "all") location.search = new URLSearchParams({ figure: event.target.checked ? "all" : $("#figure").value });
});

setTheme(localStorage.getItem("theme") || (dark.matches ? "dark" : "light"));
$("#theme").onclick = () => { setTheme(theme() === "dark" ? "light" : "dark"); localStorage.setItem("theme", theme()); redraw(); };
dark.addEventListener("change", () => { if (!localStorage.getItem("theme")) { setTheme(dark.matches ? "dark" : "light"); redraw(); } });
narrow.addEventListener("change", redraw);
begin(document);
$(".top nav ul").onscroll = showMore;
addEventListener("resize", () => { showMore(); showAllWhole(); });
const shownView = $(".top nav [aria-current]");
$(".top nav ul").scrollLeft = shownView.offsetLeft - $(".top nav ul").offsetLeft - 60;
showMore();
showAllWhole();
if ($("#map-form")) {
  $("#quantity").onchange = (event) => { remember({ quantity: event.target.value }); showMap(); };
  showMap();
}
if ($("#filter")) {
  let waiting;
  $("#filter").oninput = () => { clearTimeout(waiting); waiting = setTimeout(showTable, 250); };
  $("#filter").onsubmit = (event) => { event.preventDefault(); showTable(); };
  showTable();
}
if ($("#scenarios")) {
  $("#scenarios").onsubmit = (event) => { event.preventDefault(); compareScenarios(); };
  for (const one of $$("#scenarios select")) one.onchange = compareScenarios;
  for (const one of $$("[data-lever]")) one.oninput = pull;
  $("#rest").onclick = () => { for (const one of $$("[data-lever]")) one.value = 0; pull(); };
  showLevers();
  compareScenarios();
}
openWhen($("#ask-why"), $("#why"), () => "why?" + new URLSearchParams(askedScenarios()));
openWhen($("#ask-frontier"), $("#frontier"), () => "frontier");
if ($("#runs")) (async () => {
  for (;; await pause(2000)) {
    const open = $("#done")?.open;
    await fill($("#runs"), "runs");
    if (open) $("#done").open = true;
  }
})();
if ($("#add")) $("#add").onsubmit = addDocument;
if (state.get("claim")) openCard(state.get("claim"));
