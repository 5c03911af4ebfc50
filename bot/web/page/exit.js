// Quick exit: nothing of the conversation stays on the screen, in the storage or behind the back button.

import { wipe } from "/static/store.js";

const PRESSES = 3;
const WITHIN = 2000;

// `before()` stops whatever still writes; `session` is null where the session is to outlive the screen.
export function leave(session, before) {
  document.title = "Jam";
  document.body.replaceChildren();
  before();
  wipe();
  session?.end().catch(() => {});
  if (session) remind(session.base);
  location.replace("/static/jam.html");
}

// Without a connection the cookie outlives this page: the clock page reads this note once and asks again.
function remind(base) {
  try {
    sessionStorage.setItem("jam", base);
  } catch {
    // no storage, no second request
  }
}

export function armExit(button, go) {
  let presses = [];
  button.addEventListener("click", go);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN);
    if (presses.length >= PRESSES) go();
  }, true);
  // A copy of the page kept by the browser is never shown as it was.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
