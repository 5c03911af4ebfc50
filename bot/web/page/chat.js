// The page of the conversation, citizen's and officer's alike: joins its parts and starts them.

import { Compose } from "/static/compose.js";
import { invitation, showDoor } from "/static/door.js";
import { byId, newId } from "/static/element.js";
import { armExit, leave } from "/static/exit.js";
import { Lane } from "/static/lane.js";
import { Log } from "/static/log.js";
import { preview } from "/static/preview.js";
import { drillLine, Session } from "/static/session.js";
import { read, write } from "/static/store.js";
import { Stream } from "/static/stream.js";
import { address, send, sentence } from "/static/upload.js";

const UPLOAD_ATTEMPTS = 5;
const ASLEEP = 30000; // ms
const LET_GO =
  "Anda tidak lagi bertugas di sini, atau tautan ini sudah tidak berlaku. Tutup halaman ini; bila keliru, hubungi koordinator.";
let hiddenAt = 0;
let seated = false;

const { base, exit } = document.body.dataset;
const session = new Session(base);
const renew = () => stream.open(); // a new session has a new stream

const log = new Log(byId("percakapan"), byId("isyarat"), {
  press: ({ label, data, still }) => {
    compose.advise("");
    if (still) words.add({ id: newId(), body: { data }, shown: label, still });
    else say({ data, label }, label);
  },
  view: showPicture,
  asks: (row) => (row.asks || row.buttons?.length) && compose.expect(row.asks),
  settled: (id) => lanes.forEach((lane) => lane.drop(id)),
  retry: (id) => lanes.forEach((lane) => lane.retry(id)),
  drop: (id) => {
    lanes.forEach((lane) => lane.drop(id));
    log.forget(id);
    log.node.focus({ preventScroll: true });
  },
});

const show = (item, state) => log.show(item, state);
const words = new Lane({ deliver: post, renew, show, keep: (items) => write(`antre:${base}`, items) });
const files = new Lane({ deliver: upload, renew, show, limit: UPLOAD_ATTEMPTS });
const lanes = [words, files];

const compose = new Compose(`tulisan:${base}`, {
  say,
  attach: (file, group) => files.add({ id: newId(), file, group, preview: preview(file) }),
});

const stream = new Stream(session, {
  row: (row) => log.receive(row),
  erased: () => {
    log.readAnew();
    session.renew().catch(() => {}); // a page that is empty now is greeted once more
  },
  up: connected,
  down: () => tellConnection("Terputus. Menyambung lagi…"),
  welcome,
  turnedAway: () => (seated ? letGo() : seat(false)),
  clock: drill,
});

function say(body, shown) {
  words.add({ id: newId(), body, shown });
}

async function post({ id, body }) {
  const headers = { "Content-Type": "application/json" };
  try {
    const answer = await fetch(`${base}/send`, {
      method: "POST", headers, body: JSON.stringify({ id, ...body }), signal: AbortSignal.timeout(20000),
    });
    return { status: answer.status, error: sentence(await answer.text()) };
  } catch {
    return { status: 0, error: "" };
  }
}

function upload(item) {
  const { id, file, group } = item;
  const url = address(`${base}/upload`, { id, name: file.name, type: file.type, group });
  return send(url, file, item.progress, (abort) => {
    item.abort = abort;
  });
}

function tellConnection(sentenceShown) {
  byId("sambungan").textContent = sentenceShown;
}

function connected() {
  tellConnection("");
  lanes.forEach((lane) => lane.hurry());
}

function welcome({ clock, telegram, notice }) {
  seated = true;
  seat(true);
  drill(clock);
  byId("maklumat").hidden = !notice;
  byId("maklumat").textContent = notice ?? "";
  byId("telegram").hidden = !telegram;
  if (telegram) byId("telegram").querySelector("a").href = telegram;
}

// A rehearsal's clock moves whenever its file is written.
function drill(clock) {
  byId("latihan").hidden = !clock;
  byId("latihan").textContent = clock ? drillLine(clock) : "";
}

// With a seat the conversation stands on the page, without one the door does.
function seat(taken) {
  byId("ruang").hidden = byId("tulis").hidden = !taken;
  if (!taken) showDoor(invitation(), () => stream.open());
}

function showPicture(url, name) {
  const dialog = byId("gambar");
  Object.assign(dialog.querySelector("img"), { src: url, alt: name });
  dialog.showModal();
}

// Whoever had a seat and has none any more: nothing is asked for or sent again, and what stood here is not shown.
function letGo() {
  stop();
  byId("ruang").hidden = byId("tulis").hidden = true;
  tellConnection(LET_GO);
}

function stop() {
  stream.close();
  lanes.forEach((lane) => lane.stop());
}

// A tab that was away for long may have lost its connection without a word; a glance elsewhere costs nothing.
function looked() {
  if (document.hidden) hiddenAt = performance.now();
  else if (performance.now() - hiddenAt > ASLEEP) stream.refresh();
}

function start() {
  armExit(byId("keluar"), () => leave(exit === "forget" ? session : null, stop));
  byId("akhiri")?.addEventListener("click", () => confirm("Akhiri sesi di perangkat ini?") && leave(session, stop));
  byId("gambar").addEventListener("click", (event) => event.target === event.currentTarget && event.target.close());
  addEventListener("online", () => stream.refresh());
  addEventListener("beforeunload", (event) => files.items.some((item) => !item.error) && event.preventDefault());
  document.addEventListener("visibilitychange", looked);
  for (const item of read(`antre:${base}`) ?? []) words.add(item);
  if (invitation()) seat(false);
  else stream.open();
}

start();
