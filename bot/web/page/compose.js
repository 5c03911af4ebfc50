// The writing corner: text, files and place become items on their way.

import { byId, newId } from "/static/element.js";
import { locate, placeLine } from "/static/place.js";
import { read, write } from "/static/store.js";

export class Compose {
  constructor(key, { say, attach }) {
    Object.assign(this, { key, say, attach });
    this.form = byId("tulis");
    this.box = byId("pesan");
    this.box.value = read(key) || (location.hash === "#status" ? "/status " : ""); // led here to answer an officer
    this.#text();
    this.#files();
    byId("lokasi").addEventListener("click", (event) => this.#place(event.currentTarget));
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault(); // focus without a further entry in the browser's history
      this.box.focus();
    });
    this.#grow();
  }

  #text() {
    this.box.addEventListener("input", () => this.#grow());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.box.value.trim();
      this.box.value = "";
      this.#grow();
      this.advise("");
      if (text) this.say({ text }, text);
      else this.advise("Belum ada yang ditulis. Tekan salah satu tombol di atas, atau tulis jawabannya di sini.");
      this.box.focus();
    });
  }

  #files() {
    const input = byId("berkas");
    input.addEventListener("change", () => {
      this.#attach([...input.files]);
      input.value = "";
    });
    this.box.addEventListener("paste", (event) => this.#attach([...event.clipboardData.files], event));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => this.#attach([...event.dataTransfer.files], event));
  }

  #attach(files, event) {
    if (!files.length) return;
    event?.preventDefault();
    const group = newId();
    for (const file of files) this.attach(file, group);
  }

  async #place(button) {
    button.setAttribute("aria-busy", "true");
    this.advise("Mencari lokasi Anda…");
    try {
      const place = await locate();
      this.advise("");
      this.say(place, placeLine(place));
    } catch (refusal) {
      this.advise(refusal.message);
      this.box.focus();
    }
    button.removeAttribute("aria-busy");
  }

  // What the newest question asks for stands out.
  expect(asks) {
    this.form.dataset.asks = asks;
    this.box.placeholder = asks === "place" ? "Kabupaten atau kota…" : "Tulis pesan…";
  }

  advise(sentence) {
    byId("petunjuk").textContent = sentence;
  }

  #grow() {
    write(this.key, this.box.value);
    this.box.style.setProperty("block-size", "auto");
    this.box.style.setProperty("block-size", `${this.box.scrollHeight + 2}px`);
  }
}
