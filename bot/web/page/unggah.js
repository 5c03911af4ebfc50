// The one-time upload: one file, its progress, and the word that it is kept.

import { byId, el } from "/static/element.js";
import { address, meter, send } from "/static/upload.js";

const input = byId("berkas");

input.addEventListener("change", () => {
  const [file] = input.files;
  if (file) carry(file);
});

async function carry(file) {
  const bar = meter(file.name);
  let stopped = false;
  byId("pilih").hidden = true;
  byId("kabar").textContent = `Mengunggah ${file.name}…`;
  const answer = await send(address(location.pathname, { name: file.name, type: file.type }), file, bar.set, (abort) => {
    const stop = () => {
      stopped = true;
      abort();
    };
    byId("jalan").replaceChildren(bar.node, el("button", { type: "button", click: stop }, "Hentikan"));
  });
  byId("jalan").replaceChildren();
  if (answer.status === 200) finish(file);
  else again(stopped ? "Unggahan dihentikan." : answer.error || "Berkas belum dapat disimpan.");
}

function finish(file) {
  byId("kabar").textContent = `${file.name} sudah tersimpan. Anda boleh menutup halaman ini dan kembali ke percakapan.`;
}

function again(problem) {
  input.value = "";
  byId("pilih").hidden = false;
  byId("kabar").textContent = `${problem} Silakan pilih berkas lagi.`;
  input.focus();
}
