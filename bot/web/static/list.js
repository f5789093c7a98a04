// The list of messages: what is new goes to its end, older ones come as one scrolls up.

const { place, person, thread } = document.body.dataset;
const scroll = document.getElementById("scroll");
const list = document.getElementById("messages");
const down = document.getElementById("down");
const aloud = document.getElementById("aloud");
const NEAR = 120; // pixels from the end within which one is reading along

export const here = { place: Number(place), person: Number(person), thread: Number(thread) };

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  down.hidden = true;
}

function isAtEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // rendered by the server, which escapes what people typed
  return holder.content.firstElementChild;
}

const shown = () => Array.from(list.querySelectorAll("[data-id]"));
const idOf = (one) => Number(one.dataset.id);

export function newest() {
  return Math.max(0, ...shown().map(idOf));
}

// What is older than all that is shown comes when one scrolls up to it.
function oldest() {
  return list.querySelector(".more") ? Math.min(...shown().map(idOf)) : 0;
}

const after = (id) => shown().find((one) => idOf(one) > id) ?? null;

// Somebody who pressed a button is shown the answer, wherever they have scrolled to.
let awaited = 0;
export function awaitAnswer() {
  awaited = Date.now();
}
function isAwaited() {
  const is = Date.now() - awaited < 5000;
  awaited = 0;
  return is;
}

// Shows one message, or puts it in the place of its older self. Tells whether it was new here.
export function show(what) {
  const old = document.getElementById(`m${what.id}`);
  const isOurs = here.thread ? what.thread === here.thread || what.id === here.thread : !what.thread;
  if (!isOurs || !what.html || (!old && what.id < oldest())) return false;
  const one = element(what.html);
  const isAnswer = !old && isAwaited();
  const stays = isAnswer || (!isFilling() && (isAtEnd() || what.author === here.person || (what.alone && !old)));
  if (old) replace(old, one);
  else list.insertBefore(one, after(what.id)); // most often at the end
  window.htmx.process(one);
  document.getElementById("empty").hidden = true;
  if (stays) read(one);
  else if (!old) down.hidden = false;
  one.dispatchEvent(new CustomEvent("arrived", { bubbles: true, detail: { isNew: !old, isAnswer } }));
  if (what.author !== here.person) say(old ? `Changed: ${what.aloud}` : what.aloud);
  return !old;
}

// What somebody is filling in stays where it is, whatever others say meanwhile.
function isFilling() {
  return Boolean(document.activeElement?.closest("#messages form.form"));
}

// Goes to the end, but to the beginning of what is longer than can be seen at once.
function read(one) {
  toEnd();
  if (one.offsetHeight > scroll.clientHeight - NEAR) one.scrollIntoView({ block: "start" });
}

// Whoever had the keyboard in it keeps it there.
function replace(old, one) {
  const had = old.contains(document.activeElement);
  old.replaceWith(one);
  if (had) (one.querySelector(".errors") ?? one).focus();
}

function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  aloud.append(line);
  while (aloud.childElementCount > 8) aloud.firstElementChild.remove();
}

down.addEventListener("click", () => {
  toEnd();
  list.lastElementChild?.focus();
});
let wasAtEnd = true;
let tall = scroll.clientHeight; // as it was when one last scrolled, whatever has grown since
scroll.addEventListener("scroll", () => {
  wasAtEnd = scroll.scrollHeight - scroll.scrollTop - tall < NEAR;
  if (wasAtEnd) down.hidden = true;
});
// The box grows, or the keyboard of a phone comes up: the last words stay in view.
new ResizeObserver(() => {
  tall = scroll.clientHeight;
  if (wasAtEnd) toEnd();
}).observe(scroll);

// What comes in above must not move what is being read.
let height = 0;
list.addEventListener("htmx:beforeSwap", () => (height = scroll.scrollHeight));
list.addEventListener("htmx:afterSwap", () => {
  const grown = scroll.scrollHeight - height;
  if (scroll.scrollTop < NEAR) scroll.scrollTop += grown;
});
