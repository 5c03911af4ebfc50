// A clock, and nothing else to see. It also makes sure that a session left behind is really ended.

const CITIES = [["Jakarta", "Asia/Jakarta"], ["Makassar", "Asia/Makassar"], ["Jayapura", "Asia/Jayapura"]];

function tick() {
  const now = new Date();
  const time = { hour: "2-digit", minute: "2-digit" };
  document.getElementById("pukul").textContent = now.toLocaleTimeString("id-ID", time);
  document.getElementById("tanggal").textContent = now.toLocaleDateString("id-ID", { dateStyle: "full" });
  document.getElementById("kota").replaceChildren(...CITIES.map(([city, timeZone]) => {
    const row = document.createElement("tr");
    row.appendChild(document.createElement("th")).textContent = city;
    row.appendChild(document.createElement("td")).textContent = now.toLocaleTimeString("id-ID", { ...time, timeZone });
    return row;
  }));
}

// The note stands in the storage for the moment between two pages only.
function takeNote() {
  try {
    const base = sessionStorage.getItem("jam");
    sessionStorage.clear();
    return base;
  } catch {
    return null;
  }
}

async function end(base, pause = 1000) {
  try {
    await fetch(`${base}/session`, { method: "DELETE", keepalive: true });
  } catch {
    setTimeout(end, pause, base, Math.min(pause * 2, 15000));
  }
}

const base = takeNote();
if (base) end(base);
tick();
setInterval(tick, 1000);
