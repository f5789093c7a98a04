// Suggestions: a list of what could come next under a box, and how what is typed is understood.

const WAIT = 90; // milliseconds after the last key before the server is asked

// box: an input or a textarea. list: its listbox. said: where the understanding stands.
// more: what is sent along with the text. isFor: whether a text is worth asking about.
export function suggest(box, list, said, more = {}, isFor = () => true) {
  let asked = 0, waiting = 0, chosen = -1;
  let shown = null; // the text for which the list is; once another is typed, nothing is taken from it
  let isWanted = false; // Tab was pressed before the list for this text was there

  const options = () => Array.from(list.children);
  const expanded = (is) => box.role === "combobox" && box.setAttribute("aria-expanded", is); // a textarea has no such state
  const typed = () => box.value.slice(0, box.selectionStart ?? box.value.length);
  const close = () => {
    isWanted = false;
    list.hidden = true;
    chosen = -1;
    expanded("false");
    box.removeAttribute("aria-activedescendant");
  };

  async function ask() {
    const mine = ++asked;
    const text = typed();
    if (!isFor(box.value)) {
      said.replaceChildren();
      return close();
    }
    const body = new URLSearchParams({ ...more, line: text });
    const headers = { "X-Token": document.body.dataset.token };
    const answer = await fetch("suggest", { method: "POST", body, headers }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text(); // rendered by the server, which escapes what people typed
    if (mine === asked && text === typed()) fill(holder.content, text);
  }

  function fill(content, text) {
    const [found, understood] = content.children;
    said.replaceChildren(...understood.childNodes);
    shown = text;
    list.dataset.start = found.dataset.start;
    list.replaceChildren(...found.children);
    options().forEach((option, number) => (option.id = `${list.id}-${number}`));
    if (!list.childElementCount || document.activeElement !== box) return close();
    chosen = -1;
    list.hidden = false;
    if (list.closest("form.form")) list.scrollIntoView({ block: "nearest" });
    expanded("true");
    box.removeAttribute("aria-activedescendant");
    if (isWanted) take(options()[0]);
  }

  function choose(step) {
    const all = options();
    chosen = chosen < 0 && step < 0 ? all.length - 1 : (chosen + step + all.length) % all.length;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    all[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", all[chosen].id);
  }

  function take(option) {
    if (shown !== typed()) return;
    const head = Array.from(shown).slice(0, Number(list.dataset.start)).join(""); // by characters, as the server counts
    const rest = box.value.slice(shown.length);
    box.value = head + option.dataset.text + rest;
    const caret = box.value.length - rest.length;
    box.setSelectionRange(caret, caret);
    close();
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
    chosen = -1;
    isWanted = false;
    options().forEach((option) => option.setAttribute("aria-selected", "false"));
    box.removeAttribute("aria-activedescendant");
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (shown !== typed() && event.key !== "Escape") {
      if (event.key !== "Tab" || event.shiftKey) return;
      isWanted = true;
    } else if (event.key === "ArrowDown") choose(1);
    else if (event.key === "ArrowUp") choose(-1);
    else if (event.key === "Tab" && !event.shiftKey) take(options()[Math.max(chosen, 0)]);
    else if (event.key === "Enter" && chosen >= 0) take(options()[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the keyboard
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  return {
    close: () => {
      asked++;
      clearTimeout(waiting);
      close();
      said.replaceChildren();
    },
  };
}
