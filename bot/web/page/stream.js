// The stream of rows from the server; comes back by itself, however it ended.

import { Patience } from "/static/patience.js";
import { NoSeat } from "/static/session.js";

export class Stream {
  #source = null;
  #patience = new Patience();
  #closed = false;
  #seen = ""; // where the page stands: a new EventSource would begin at the beginning

  constructor(session, { row, up, down, welcome, turnedAway, clock, erased }) {
    Object.assign(this, { session, row, up, down, welcome, turnedAway, clock, erased });
  }

  // Without a session there is no stream, so both are asked for together, until they come.
  async open() {
    this.#closed = false;
    while (!this.#closed) {
      try {
        this.welcome(await this.session.renew());
        break;
      } catch (problem) {
        if (problem instanceof NoSeat) return this.turnedAway();
        this.down();
        await this.#patience.rest();
      }
    }
    if (!this.#closed) this.#listen();
  }

  #listen() {
    this.#source?.close();
    const source = new EventSource(`${this.session.base}/stream?sejak=${encodeURIComponent(this.#seen)}`);
    this.#source = source;
    source.onopen = () => {
      this.#patience.reset();
      this.up();
    };
    source.onmessage = (event) => {
      this.#seen = event.lastEventId;
      this.row(JSON.parse(event.data));
    };
    source.addEventListener("hapus", () => {
      this.#seen = "";
      this.erased();
    });
    source.addEventListener("jam", (event) => this.clock(JSON.parse(event.data)));
    source.onerror = () => this.#broken(source);
  }

  // EventSource repairs a lost connection itself; an answer that is no stream makes it give up.
  async #broken(source) {
    if (this.#closed || source !== this.#source) return;
    this.down();
    if (source.readyState !== EventSource.CLOSED) return;
    this.#source = null;
    await this.#patience.rest();
    if (!this.#closed && !this.#source) this.open();
  }

  // A phone that slept may hold a dead connection without knowing.
  refresh() {
    this.#patience.wake();
    if (!this.#closed && this.#source) this.#listen();
  }

  close() {
    this.#closed = true;
    this.#source?.close();
    this.#source = null;
  }
}
