// The stream: hears what is new, in order, and hears again after a lost connection.

import { here, newest, show } from "./list.js";

const QUIET_FOR = 60_000; // milliseconds after which a page that nobody sees lets its connection go
let revision = Number(document.body.dataset.revision);
let source = null;
let leaving = 0;

export function openStream() {
  connect();
  noteRead();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(disconnect, QUIET_FOR);
    else {
      connect();
      noteRead();
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      disconnect();
      connect();
    }
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("online", () => {
    disconnect(); // a connection from before may hang for minutes
    connect();
  });
}

function disconnect() {
  source?.close();
  source = null;
}

function connect() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(`stream?after=${revision}`);
  source.addEventListener("open", () => document.body.classList.remove("away"));
  source.addEventListener("error", () => {
    document.body.classList.add("away");
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
  source.addEventListener("message", heard);
  source.addEventListener("clock", (event) => clock(JSON.parse(event.data)));
  source.addEventListener("guide", () => window.htmx.trigger(document.body, "visit"));
  source.addEventListener("new", () => location.reload());
  source.addEventListener("read", (event) => badge(JSON.parse(event.data).place, () => 0));
}

function heard(event) {
  const number = Number(event.lastEventId);
  if (number <= revision) return; // told before
  revision = number;
  const what = JSON.parse(event.data);
  if (what.place === here.place) {
    if (show(what)) noteRead();
  } else if (!what.changed && !what.alone && what.author !== here.person) {
    badge(what.place, (count) => count + 1);
  }
}

// What comes next is asked for once the clock stands still, and while somebody looks at it.
let told = document.getElementById("now").dateTime.slice(0, 10);
function clock(time) {
  const now = document.getElementById("now");
  now.querySelector(".long").textContent = time.long;
  now.querySelector(".brief").textContent = time.brief;
  now.dateTime = time.iso;
  const stop = document.getElementById("stop");
  if (stop) stop.hidden = !time.is_moving;
  if (time.is_moving || !document.getElementById("clock").open || told === time.iso.slice(0, 10)) return;
  told = time.iso.slice(0, 10);
  window.htmx.trigger(document.body, "moved");
}

let reading = 0;
function noteRead() {
  clearTimeout(reading);
  if (document.hidden) return;
  reading = setTimeout(() => {
    const body = new URLSearchParams({ up_to: newest() });
    fetch("read", { method: "POST", body, headers: { "X-Token": document.body.dataset.token } }).catch(() => {});
  }, 300);
}

// How much is unread in a place, in its line of the list and in all on the menu and the window.
function badge(place, count) {
  const mark = document.querySelector(`.doors a[data-place="${place}"] .unread`);
  if (!mark) return window.htmx.trigger(document.body, "places"); // a place that is new
  put(mark, place === here.place ? 0 : count(mark.hidden ? 0 : Number(mark.querySelector("b").textContent)));
  total();
}

function put(mark, number) {
  mark.querySelector("b").textContent = number;
  mark.hidden = !number;
}

const title = document.title;
function total() {
  const marks = document.querySelectorAll(".doors .unread:not([hidden]) b");
  const sum = Array.from(marks, (mark) => Number(mark.textContent)).reduce((a, b) => a + b, 0);
  put(document.querySelector(".menu .unread"), sum);
  document.title = sum ? `(${sum}) ${title}` : title;
}
total();
