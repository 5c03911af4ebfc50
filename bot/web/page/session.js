// The session lives in a cookie that this script cannot read; here it is asked for, renewed and ended.

export class NoSeat extends Error {}

export class Session {
  #asking = null;

  constructor(base) {
    this.base = base;
  }

  // Several parts may notice a lost session at once: one request answers them all.
  renew() {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask() {
    const answer = await fetch(`${this.base}/session`, { method: "POST", signal: AbortSignal.timeout(20000) });
    if (answer.status === 401 || answer.status === 403) throw new NoSeat();
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  end() {
    return fetch(`${this.base}/session`, { method: "DELETE", keepalive: true });
  }
}

// The rehearsal clock keeps the zone that its file wrote: "2024-10-01T08:00+07:00".
export function drillLine(clock) {
  const [, local, offset] = /^(.*?)([+-]\d\d:\d\d|Z)?$/.exec(clock);
  const zone = { "+07:00": "WIB", "+08:00": "WITA", "+09:00": "WIT" }[offset] ?? `UTC${offset ?? ""}`;
  const format = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };
  const moment = new Intl.DateTimeFormat("id-ID", format).format(new Date(`${local}Z`));
  return `Latihan: waktu diambil dari berkas: ${moment} ${zone}`;
}
