// Sends one file with its progress shown; XMLHttpRequest, because fetch does not tell how far an upload is.

import { el } from "/static/element.js";

// Gives {status, error}; status 0 where the connection broke. `start(abort)` hands out the way to stop it.
export function send(url, file, progress, start) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.upload.onload = () => progress(1); // all is sent; the answer comes when it is kept
    request.onload = () => resolve({ status: request.status, error: sentence(request.responseText) });
    request.onerror = request.onabort = () => resolve({ status: 0, error: "Sambungan terputus saat mengunggah." });
    start(() => request.abort());
    request.send(file);
  });
}

export function address(path, values) {
  return `${path}?${new URLSearchParams(values)}`;
}

export function sentence(body) {
  try {
    return JSON.parse(body).error ?? "";
  } catch {
    return "";
  }
}

export function size(bytes) {
  const units = [["MB", 1e6], ["KB", 1e3]];
  const [unit, scale] = units.find(([, one]) => bytes >= one) ?? ["B", 1];
  return `${new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 }).format(bytes / scale)} ${unit}`;
}

export function meter(name) {
  const fill = el("span", { class: "fill" });
  const node = el("div", {
    class: "meter", role: "progressbar", "aria-label": `Mengunggah ${name}`,
    "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "0",
  }, fill);
  const set = (fraction) => {
    const percent = Math.round(fraction * 100);
    node.setAttribute("aria-valuenow", percent);
    fill.style.setProperty("inline-size", `${percent}%`);
  };
  return { node, set };
}
