// The officers' door: an invitation is spent by pressing "Masuk", never by opening its link.

import { byId, newId } from "/static/element.js";
import { read, write } from "/static/store.js";

export function invitation() {
  return new URLSearchParams(location.search).get("kode") ?? "";
}

export function showDoor(code, enter) {
  const form = byId("undangan");
  if (!byId("pintu").hidden) return; // already asked: nobody's typing is disturbed
  byId("pintu").hidden = false;
  form.hidden = !code;
  byId("tanpa-undangan").hidden = Boolean(code);
  byId("kode").textContent = code;
  byId(code ? "nama" : "pintu-judul").focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    spend(form, code, enter);
  };
}

async function spend(form, code, enter) {
  const button = form.querySelector("button");
  button.disabled = true;
  const problem = await knock(code, byId("nama").value.trim());
  button.disabled = false;
  byId("tolak").textContent = problem;
  if (problem) return byId("nama").focus();
  history.replaceState(null, "", location.pathname);
  byId("pintu").hidden = true;
  enter();
}

// Gives "" where the door opened, else a sentence. The id stays the same for an invitation: an answer that was lost
// on its way can be asked for again from this tab.
async function knock(code, name) {
  const headers = { "Content-Type": "application/json" };
  const id = read(`masuk:${code}`) ?? newId();
  write(`masuk:${code}`, id);
  try {
    const answer = await fetch("/petugas/masuk", { method: "POST", headers, body: JSON.stringify({ code, name, id }) });
    if (answer.ok) return "";
    const { error } = await answer.json();
    return error || "Undangan ini tidak dapat dipakai. Mintalah undangan baru.";
  } catch {
    return "Belum tersambung. Silakan coba lagi.";
  }
}
