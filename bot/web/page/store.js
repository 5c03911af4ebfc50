// What this tab remembers over a reload; only memory where the browser refuses storage.

const memory = new Map();

export function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return memory.get(key) ?? null;
  }
}

export function write(key, value) {
  memory.set(key, value);
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full or forbidden: memory has it
  }
}

export function wipe() {
  memory.clear();
  for (const area of ["sessionStorage", "localStorage"]) {
    try {
      window[area].clear();
    } catch {
      // forbidden: then nothing was kept there
    }
  }
}
