// What one message looks like: its words, pictures, files, choices and, while it is on its way, its progress.

import { el } from "/static/element.js";
import { meter, size } from "/static/upload.js";

const KINDS = { photo: "Foto", video: "Video", voice: "Pesan suara", document: "Dokumen" };
const TWICE = 700; // ms within which a second press is a slip of the finger
const PATIENT = 4000; // ms after which a button that drew nothing looks like itself again
const CODE = /(\bJN-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}\b)/;
const SAFE = ["https:", "http:", "tg:"];

const hour = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const dayOf = (row) => day.format(new Date(row.at));

export function separator(text) {
  return el("div", { class: "day" }, el("span", {}, text));
}

export function bubble(who) {
  return el("article", { class: `msg ${who}` });
}

// A row as the stream brings it, put into its bubble, whatever the bubble held before.
export function fill(node, row, on) {
  node.replaceChildren(...[
    el("span", { class: "vh" }, row.who === "me" ? "Anda:" : "Jawaban:"),
    row.album?.length ? el("div", { class: "album" }, ...row.album.map((one) => thumb(one, on.view)).filter(Boolean)) : null,
    row.map ? thumb(row.map, on.view, "map") : null,
    row.chart ? thumb(row.chart, on.view, "map chart") : null,
    row.text ? words(row.text) : null,
    row.paper ? paper(row.paper) : null,
    row.preview ?? null,
    row.files?.length ? el("ul", { class: "files" }, ...row.files.map((one) => fileLine(one.kind, one.name))) : null,
    row.buttons?.length ? choices(row, on.press) : null,
    el("time", { datetime: row.at }, hour.format(new Date(row.at))),
  ].filter(Boolean));
}

// Each line stands for itself, so that what hangs on a bullet can be set in; the text stays the same to the letter.
function words(text) {
  const lines = text.split(/(?<=\n)/);
  return el("p", { class: "text", dir: "auto" }, ...lines.map((line) => el("span", { class: kind(line) }, ...codes(line))));
}

function kind(line) {
  if (!line.trim()) return "gap"; // half a line is space enough
  return line.startsWith("• ") ? "point" : "";
}

// A ticket or a secret code is never broken in two, and one tap selects it whole.
function codes(line) {
  return line.split(CODE).map((part, place) => (place % 2 ? el("span", { class: "code" }, part) : part));
}

function fileLine(kind, name, bytes) {
  const label = KINDS[kind] ?? kind;
  return el("li", {}, label ? el("strong", {}, `${label} `) : null, el("bdi", {}, name), bytes ? ` (${size(bytes)})` : null);
}

// A document of ours; the browser keeps it under the name that the server gives.
function paper({ url, name }) {
  if (new URL(url, location.href).origin !== location.origin) return null;
  const kept = el("a", { href: url, target: "_blank", rel: "noopener" }, el("bdi", {}, name));
  return el("ul", { class: "files" }, el("li", {}, el("strong", {}, "Dokumen "), kept));
}

function thumb({ url, alt }, view, shape = "thumb") {
  const name = alt || "Gambar bukti";
  if (new URL(url, location.href).origin !== location.origin) return null;
  return el("button", { type: "button", class: shape, click: () => view(url, name) },
    el("img", { src: url, alt: name, loading: "lazy" }));
}

function choices(row, press) {
  const buttons = row.buttons.map((one) => (one.url ? link(one) : choice(one, press))).filter(Boolean);
  return el("div", { class: "choices", role: "group", "aria-label": "Pilihan" }, ...buttons);
}

// What draws its own message anew is only shown to be at work; the rest is marked as chosen.
function choice({ label, data, lasts, still }, press) {
  let last = -TWICE;
  const click = ({ timeStamp, currentTarget }) => {
    if (timeStamp - last < TWICE) return;
    last = timeStamp;
    if (still) atWork(currentTarget);
    else currentTarget.setAttribute("data-chosen", "");
    press({ label, data, still });
  };
  return el("button", { type: "button", class: lasts ? "lasts" : undefined, click }, label);
}

function atWork(button) {
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), PATIENT);
}

function link({ label, url }) {
  const target = new URL(url, location.href);
  if (!SAFE.includes(target.protocol)) return null;
  return el("a", { href: target.href, target: "_blank", rel: "noopener noreferrer" }, label);
}

// An own message that the stream has not shown yet.
export function fillPending(node, item, on) {
  const bar = item.file ? meter(item.file.name) : null;
  const stop = bar && el("button", { type: "button", class: "small", click: () => on.drop(item.id) },
    "Hentikan", el("span", { class: "vh" }, ` unggahan ${item.file.name}`));
  node.replaceChildren(...[
    el("span", { class: "vh" }, "Anda:"),
    item.preview ?? null,
    item.file ? el("ul", { class: "files" }, fileLine("", item.file.name, item.file.size)) : words(item.shown),
    bar && el("div", { class: "way" }, bar.node, stop),
    el("span", { class: "state", "aria-live": "off" }, "mengirim…"),
  ].filter(Boolean));
  item.progress = (fraction) => {
    bar?.set(fraction);
    node.querySelector(".state").textContent = fraction === 1 ? "menyimpan…" : "mengirim…";
  };
}

export function fillSent(node) {
  node.querySelector(".way")?.remove();
  node.querySelector(".state").textContent = "terkirim";
}

export function fillRefused(node, item, on) {
  node.querySelector(".way")?.remove();
  node.querySelector(".state")?.remove();
  const again = () => on.retry(item.id);
  const away = () => on.drop(item.id);
  node.append(el("div", { class: "refusal" },
    el("p", { class: "error" }, item.error),
    el("button", { type: "button", class: "small", click: again }, "Coba lagi"),
    el("button", { type: "button", class: "small", click: away }, "Hapus")));
}
