// Things on their way to the server, in order: kept until it says they are durable, then forgotten.

import { Patience } from "/static/patience.js";

const WORTH_RETRYING = (status) => status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;

// `deliver(item)` gives {status, error}, status 0 where no answer came; a repeat with the same id is harmless.
export class Lane {
  items = [];
  #patience = new Patience();
  #running = false;
  #stopped = false;

  constructor({ deliver, renew, show, keep = () => {}, limit = Infinity }) {
    Object.assign(this, { deliver, renew, show, keep, limit });
  }

  add(item) {
    this.items.push(item);
    this.keep(this.items);
    this.show(item, item.error ? "refused" : "sending");
    this.#run();
  }

  retry(id) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return;
    this.#remove(id);
    this.add({ ...item, error: "" });
  }

  // Shown by the stream, or thrown away by its writer.
  drop(id) {
    this.items.find((one) => one.id === id)?.abort?.();
    this.#remove(id);
  }

  hurry() {
    this.#patience.wake();
  }

  stop() {
    this.#stopped = true;
    for (const item of this.items) item.abort?.();
    this.items = [];
  }

  #remove(id) {
    this.items = this.items.filter((one) => one.id !== id);
    this.keep(this.items);
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let item;
    while (!this.#stopped && (item = this.items.find((one) => !one.error))) await this.#attempt(item);
    this.#running = false;
  }

  async #attempt(item) {
    const { status, error } = await this.deliver(item);
    if (this.#stopped || !this.items.includes(item)) return;
    if (status >= 200 && status < 300) this.#sent(item);
    else if (status === 401) await this.#again(() => this.renew());
    else if (WORTH_RETRYING(status) && this.#patience.attempts < this.limit) await this.#again();
    else this.#refuse(item, error);
  }

  #sent(item) {
    this.#patience.reset();
    this.#remove(item.id);
    this.show(item, "sent");
  }

  // The pause stands even after a renewed session, so that a server that always says 401 is not hammered.
  async #again(first = () => {}) {
    try {
      await first();
    } catch {
      // still away: the pause below is the answer
    }
    await this.#patience.rest();
  }

  #refuse(item, error) {
    this.#patience.reset();
    item.error = error || "Belum dapat terkirim.";
    this.keep(this.items);
    this.show(item, "refused");
  }
}
