// The log of the conversation: puts rows where they belong, keeps the reader's place, tells what is new.

import { bubble, dayOf, fill, fillPending, fillRefused, fillSent, separator } from "/static/bubble.js";

const QUIET = 80; // ms without a further row, after which the history counts as complete
const GAP = 12; // px around a message
const NEAR = 60; // px from the end that still count as reading the end
const OWN = 4000; // ms after one's own message in which a card that changes is taken for the answer
const BESIDE = 200; // ms in which a further answer may come, which is read rather than the card
const SHOWN = 8000; // ms that the news of a card stays

export class Log {
  #seen = new Map(); // seq -> what it was, to know a repeat from another conversation
  #cards = new Map(); // card -> its bubble
  #pending = new Map(); // client id -> bubble of a message on its way
  #lastDay = "";
  #early = []; // rows of the history, until it has come
  #timer = null;
  #ready = false;
  #again = false; // the history is being read: nothing in it is news
  #stick = true;
  #news = null; // the bubble that the hint leads to
  #acted = -OWN; // when something was last said here
  #back = null; // the way back to a card that one's own message changed
  #fade = null;

  constructor(node, hint, on) {
    Object.assign(this, { node, hint, on });
    node.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#stick && this.#toEnd()).observe(node);
    hint.addEventListener("click", () => this.#goToNews());
  }

  receive(row) {
    if (this.#ready) return this.#take(row);
    this.#early.push(row);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), QUIET);
  }

  // A long history is not read aloud again after every reload; one greeting is.
  #begin() {
    this.#ready = true;
    if (this.#early.length > 3) this.node.setAttribute("aria-live", "off");
    this.#again = true;
    for (const row of this.#early) this.#take(row);
    this.#again = false;
    this.#early = [];
    this.#toEnd(this.node.lastElementChild);
    setTimeout(() => this.node.setAttribute("aria-live", "polite"), 500);
  }

  #take(row) {
    const mark = `${row.at} ${row.who} ${row.text}`;
    const known = this.#seen.get(row.seq);
    if (known === mark) return;
    if (known !== undefined) this.#startOver();
    this.#seen.set(row.seq, mark);
    if (row.who === "me") this.#mine(row);
    else if (row.card && !row.anew && this.#cards.has(row.card)) this.#replace(this.#cards.get(row.card), row);
    else this.#theirs(row);
  }

  // Something was erased: nothing of it stays on the screen, and what is left comes once more.
  readAnew() {
    this.#startOver();
    for (const [id, node] of this.#pending) if (node.dataset.state === "sent") this.forget(id);
    this.#ready = false;
    this.#early = [];
  }

  // The server counts anew: the old session is gone, and this is another conversation.
  #startOver() {
    for (const node of [...this.node.children]) {
      if (!node.hasAttribute("data-pending")) node.remove();
    }
    this.#seen.clear();
    this.#cards.clear();
    this.#lastDay = "";
  }

  #theirs(row) {
    clearTimeout(this.#back);
    const node = bubble("bot");
    fill(node, row, this.on);
    if (row.card) {
      node.classList.add("card", row.card.startsWith("kasus:") ? "case" : "list");
      this.#retire(this.#cards.get(row.card));
      this.#cards.set(row.card, node);
    }
    if (row.buttons?.length || row.asks) this.#ask(node);
    this.#place(node, row);
    this.on.asks(row);
    if (this.#stick) this.#toEnd(node);
    else this.#tell(node, "Pesan baru. Lihat");
  }

  // A card shown anew: what stood there stays to be read, but it changes no more and has no buttons.
  #retire(node) {
    node?.classList.remove("card", "now");
    node?.querySelector(".choices")?.remove();
  }

  #mine(row) {
    const node = this.#pending.get(row.id) ?? bubble("me");
    this.#pending.delete(row.id);
    node.removeAttribute("data-pending");
    const shown = node.querySelector(".text")?.textContent ?? "";
    fill(node, { ...row, text: row.text || shown, preview: node.querySelector("canvas") }, this.on);
    this.#place(node, row);
    if (!row.files?.length) this.#answered(row.text);
    this.on.settled(row.id);
    if (this.#stick) this.#toEnd();
  }

  // Confirmed rows stand before those still on their way; what was refused stays where it was written.
  #place(node, row) {
    const before = this.node.querySelector(":scope > [data-pending]:not([data-state=refused])");
    const late = before && before.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!node.isConnected || late) this.node.insertBefore(node, before);
    if (dayOf(row) !== this.#lastDay) this.node.insertBefore(separator(dayOf(row)), node);
    this.#lastDay = dayOf(row);
  }

  #replace(node, row) {
    const focused = node.contains(document.activeElement) ? document.activeElement.textContent : null;
    const current = node.classList.contains("now");
    const same = node.querySelector(".text")?.textContent === row.text;
    const own = performance.now() - this.#acted < OWN;
    fill(node, row, this.on);
    node.classList.toggle("now", current || !this.node.querySelector(".now"));
    if (focused !== null) this.#refocus(node, focused);
    if (this.#again || this.#inView(node)) this.#rest(own && !same ? node : null);
    else if (own) this.#back = setTimeout(() => this.#goTo(node), BESIDE);
    else this.#tell(node, "Kartu diperbarui. Lihat", SHOWN);
  }

  #rest(node) {
    if (this.#stick) this.#toEnd(node);
  }

  #refocus(node, label) {
    const same = [...node.querySelectorAll("button, a")].find((one) => one.textContent === label);
    if (!same) node.setAttribute("tabindex", "-1");
    (same ?? node).focus({ preventScroll: true });
  }

  #ask(node) {
    for (const old of this.node.querySelectorAll(".now")) old.classList.remove("now");
    node.classList.add("now");
  }

  // The choice that was taken is marked, also when the history is read again.
  #answered(label) {
    const open = this.node.querySelector(".now");
    const taken = [...(open?.querySelectorAll(".choices > button") ?? [])].find((one) => one.textContent === label);
    taken?.setAttribute("data-chosen", "");
    open?.classList.remove("now");
  }

  // States of an own message before the stream shows it: sending, sent, refused.
  show(item, state) {
    this.#acted = performance.now();
    if (item.still && state !== "refused") return this.forget(item.id);
    if (state === "sending" || (state === "refused" && !this.#pending.has(item.id))) this.#addPending(item);
    const node = this.#pending.get(item.id);
    if (!node) return;
    node.dataset.state = state;
    if (state === "sent") fillSent(node);
    if (state === "refused") fillRefused(node, item, this.on);
    if (this.#stick) this.#toEnd();
  }

  #addPending(item) {
    const node = this.#pending.get(item.id) ?? bubble("me");
    node.setAttribute("data-pending", "");
    fillPending(node, item, this.on);
    this.#pending.set(item.id, node);
    if (!node.isConnected || node.dataset.state === "refused") this.node.append(node);
    this.#toEnd();
  }

  forget(id) {
    this.#pending.get(id)?.remove();
    this.#pending.delete(id);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    this.#stick = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#news && this.#inView(this.#news)) this.#tell(null, "");
  }

  // A message taller than the screen is read from its beginning.
  #toEnd(node) {
    this.#stick = true;
    this.node.scrollTop = this.node.scrollHeight;
    if (!node || node.offsetHeight + GAP <= this.node.clientHeight) return;
    const day = node.previousElementSibling;
    this.node.scrollTop = (day?.classList.contains("day") ? day : node).offsetTop - GAP;
  }

  #inView(node) {
    const [inner, outer] = [node.getBoundingClientRect(), this.node.getBoundingClientRect()];
    return inner.bottom > outer.top + NEAR && inner.top < outer.bottom - NEAR;
  }

  #tell(node, text, shown = 0) {
    clearTimeout(this.#fade);
    this.#news = node;
    this.hint.textContent = text;
    this.hint.hidden = !node;
    if (shown) this.#fade = setTimeout(() => this.#vanish(shown), shown);
  }

  // Not from under a finger, nor from who came to it by the keyboard.
  #vanish(shown) {
    if (!this.hint.matches(":hover, :focus")) this.#tell(null, "");
    else this.#fade = setTimeout(() => this.#vanish(shown), shown);
  }

  #goToNews() {
    const node = this.#news;
    this.#tell(null, "");
    this.#goTo(node);
    node.setAttribute("tabindex", "-1");
    node.focus({ preventScroll: true });
  }

  // What is taller than the screen is read from its beginning.
  #goTo(node) {
    node.scrollIntoView({ block: node.offsetHeight + GAP > this.node.clientHeight ? "start" : "center" });
  }
}
