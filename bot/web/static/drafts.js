// Drafts: what was typed and not sent yet, kept over a reload; one person's alone, and of one chat alone.

const { chat, person } = document.body.dataset;
const named = (name) => `${chat} ${person} ${name}`;

export const draftOf = (name) => sessionStorage.getItem(named(name)) ?? "";

export function keepDraft(name, text) {
  try {
    sessionStorage.setItem(named(name), text);
  } catch {
    // the browser has no room left: it is still on the page, and goes with it
  }
}

export const dropDraft = (name) => sessionStorage.removeItem(named(name));
