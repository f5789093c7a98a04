// The composer: the box to write in, which loses nothing.

import { here } from "./list.js";
import { suggest } from "./suggest.js";

const form = document.getElementById("composer");
const box = document.getElementById("line");
const key = form.elements.key;
const draft = `draft ${here.person} ${here.place} ${here.thread}`;
const isChannel = box.labels[0].textContent.includes("#");

let sent = ""; // what is on its way, or was when the connection broke
let history = null; // what one wrote before, latest first
let back = -1; // how far back in it one is

const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

export function mindComposer() {
  const suggestions = suggest(box, document.getElementById("options"), document.getElementById("understood"), {}, (text) =>
    text.trim() && (!isChannel || /^\s*(\/|@commsbot)/i.test(text)),
  );
  put(box.value || sessionStorage.getItem(draft) || "");
  box.addEventListener("input", () => {
    back = -1;
    keep();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && (back >= 0 || !box.value)) walk(event, 1);
    else if (event.key === "ArrowDown" && back >= 0) walk(event, -1);
  });
  form.addEventListener("htmx:confirm", (event) => {
    if (!box.value.trim()) event.preventDefault();
  });
  form.addEventListener("htmx:configRequest", (event) => {
    if (sent && sent !== box.value) event.detail.parameters.key = key.value = freshKey(); // other words: another thing said
    sent = box.value;
  });
  form.addEventListener("htmx:beforeSend", () => {
    put("");
    suggestions.close();
  });
  form.addEventListener("outcome", (event) => {
    if (event.detail.is_lost) return restore();
    sent = "";
    history = null;
    key.value = freshKey();
  });
  for (const lost of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) form.addEventListener(lost, restore);
  document.getElementById("places").parentElement.addEventListener("submit", (event) => {
    if (event.target.closest("#places")) location.hash = "line"; // on a phone the list covers the chat
  });
  document.body.addEventListener("click", (event) => {
    const line = event.target.closest("[data-line]")?.dataset.line;
    if (line === undefined) return;
    put(line);
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function put(text) {
  box.value = text;
  keep();
}

function keep() {
  sessionStorage.setItem(draft, box.value);
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 220)}px`;
}

// What could not be sent stands in the box again, before what was typed meanwhile.
function restore() {
  put(box.value ? `${sent}\n${box.value}` : sent);
}

async function walk(event, step) {
  event.preventDefault();
  history ??= await fetch("lines").then((answer) => answer.json()).catch(() => []);
  back = Math.max(-1, Math.min(back + step, history.length - 1));
  put(back < 0 ? "" : history[back]);
  box.setSelectionRange(box.value.length, box.value.length);
}
