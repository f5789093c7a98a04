// The composer: the box to write in, which loses nothing.

import { draftOf, keepDraft } from "./drafts.js";
import { go, isWalking, leave, noteSent, putAside } from "./history.js";
import { here } from "./list.js";
import { suggest } from "./suggest.js";

const form = document.getElementById("composer");
const box = document.getElementById("line");
const draft = `draft ${here.place} ${here.thread}`;
const isChannel = box.labels[0].textContent.includes("#");

const onItsWay = `sending ${here.place} ${here.thread}`;
const waiting = JSON.parse(draftOf(onItsWay) || "[]"); // what was entered and has not arrived yet, each with its key
let isSending = false;
let filled = ""; // what was put into the box by a click

const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

export function mindComposer() {
  const suggestions = suggest(box, document.getElementById("options"), document.getElementById("understood"), {}, (text) =>
    text.trim() && (!isChannel || /^\s*(\/|@commsbot)/i.test(text)),
  );
  put(box.value || draftOf(draft));
  send(); // what was on its way when the page was left; under its key it arrives once
  box.addEventListener("input", () => {
    leave();
    keep();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && (isWalking() || !box.value)) walk(event, 1);
    else if (event.key === "ArrowDown" && isWalking()) walk(event, -1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = box.value;
    if (!line.trim()) return;
    waiting.push({ line, key: freshKey() }); // as it stands now, whatever is typed meanwhile
    put("");
    suggestions.close();
    noteSent(line);
    send();
  });
  document.getElementById("places").parentElement.addEventListener("submit", (event) => {
    if (event.target.closest("#places")) location.hash = "line"; // on a phone the list covers the chat
  });
  document.body.addEventListener("click", (event) => {
    const line = event.target.closest("[data-line]")?.dataset.line;
    if (line === undefined) return;
    if (box.value.trim() && box.value !== filled) putAside(box.value);
    filled = line;
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
  keepDraft(draft, box.value);
  keepDraft(onItsWay, JSON.stringify(waiting));
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 220)}px`;
}

// One after another, in their order. What does not get through is tried again, under the same key.
async function send() {
  if (isSending) return;
  isSending = true;
  while (waiting.length) {
    const came = await post(waiting[0]);
    if (came) {
      const { line } = waiting.shift();
      if (came.is_lost) put(box.value ? `${line}\n${box.value}` : line);
      form.dispatchEvent(new CustomEvent("outcome", { bubbles: true, detail: came }));
    } else {
      const why = "Not sent yet: the chat cannot be reached just now. Trying again…";
      form.dispatchEvent(new CustomEvent("outcome", { bubbles: true, detail: { why } }));
      await new Promise((goOn) => setTimeout(goOn, 2000));
    }
    keep();
  }
  isSending = false;
}

// What came of it; null if it cannot be told.
async function post({ line, key }) {
  const body = new URLSearchParams({ line, key });
  const headers = { "X-Token": document.body.dataset.token, "HX-Request": "true" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  const came = answer?.headers.get("HX-Trigger");
  if (came) return JSON.parse(came).outcome;
  if (answer && answer.status < 500) return { is_lost: true, why: "That was refused. Load the page again, and send it once more." };
  return null;
}

async function walk(event, step) {
  event.preventDefault();
  put(await go(step));
  box.setSelectionRange(box.value.length, box.value.length);
}
