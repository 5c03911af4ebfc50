// A small picture of a file that is being sent, drawn here: nothing is fetched, and nothing is kept.

import { el } from "/static/element.js";

const SIDE = 104; // px, as a thumb's
const DENSE = 2; // dots per px of a phone's screen

export function preview(file) {
  if (!file.type.startsWith("image/")) return null;
  const canvas = el("canvas", { class: "sent", width: SIDE * DENSE, height: SIDE * DENSE, "aria-hidden": "true", hidden: true });
  draw(canvas, file).catch(() => canvas.remove()); // no picture that this browser can open
  return canvas;
}

async function draw(canvas, file) {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
  canvas.hidden = false;
}
