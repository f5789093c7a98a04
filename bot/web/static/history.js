// History: what one wrote before, the latest first. What was not sent, because something else was put into
// the box, stands where it was put aside.

import { draftOf, keepDraft } from "./drafts.js";

const MOST = 20;
let aside = JSON.parse(draftOf("aside") || "[]"); // the latest first; sent: how many lines were sent since
let lines = null;
let back = -1; // how far back one is

export const isWalking = () => back >= 0;

export function leave() {
  back = -1;
}

export function putAside(text) {
  change([{ text, sent: 0 }, ...aside.filter((one) => one.text !== text)].slice(0, MOST));
}

// What is sent is not put aside any more.
export function noteSent(line) {
  change(aside.filter((one) => one.text !== line).map(({ text, sent }) => ({ text, sent: sent + 1 })));
}

function change(to) {
  aside = to;
  keepDraft("aside", JSON.stringify(aside));
  lines = null;
  back = -1;
}

// The text that many steps further back; "" for the empty box before all of them.
export async function go(step) {
  lines ??= merged(await fetch("lines").then((answer) => answer.json()).catch(() => []));
  back = Math.max(-1, Math.min(back + step, lines.length - 1));
  return back < 0 ? "" : lines[back];
}

function merged(said) {
  for (const { text, sent } of aside.toReversed()) said.splice(sent, 0, text);
  return said;
}
