// Keeps what is typed in a form until it has been saved: on this machine, in this browser.
(() => {
  "use strict";
  const PREFIX = "draft:";
  const DAYS = 30;
  const WAIT = 400;
  const dutch = document.documentElement.lang === "nl";
  let leaving = false; // after signing out nothing may be kept any more
  const say = (nl, en) => (dutch ? nl : en);

  const store = {
    read(key) {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && Array.isArray(kept.pairs) ? kept : null;
      } catch { return null; }
    },
    // A full or forbidden store must never stand in the way of typing.
    write(key, kept) { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* no store */ } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* no store */ } },
    keys() { try { return Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)); } catch { return []; } },
  };

  const sweep = () => {
    const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
    store.keys().forEach((key) => { if (!((store.read(key) || {}).at > oldest)) store.remove(key); });
  };

  // What the server says has been saved is needed no longer.
  const clearSaved = () => document.querySelectorAll("meta[name=saved]").forEach((meta) => {
    store.keys().forEach((key) => { if (key.endsWith(` ${meta.content}`)) store.remove(key); });
  });

  const pairsOf = (form) => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && name !== "csrf_token" && !name.startsWith("_paste-"));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const notice = (form, key) => {
    document.getElementById("draft-notice")?.remove();
    const box = document.createElement("div");
    box.id = "draft-notice";
    box.className = "utrecht-alert utrecht-alert--info app-alert app-draft";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.className = "utrecht-paragraph";
    text.textContent = say("Niet-bewaarde tekst teruggezet.", "Unsaved text has been put back.");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "utrecht-button utrecht-button--html-button utrecht-button--secondary-action";
    drop.textContent = say("Weggooien", "Discard");
    drop.addEventListener("click", () => {
      store.remove(key);
      form.dataset.discarded = "on";
      location.replace(location.href.split("#")[0]);
    });
    box.append(text, drop);
    form.before(box);
  };

  // The server draws the form with what was typed, so that rows that were added are there too.
  const redrawn = async (form, pairs) => {
    const body = new URLSearchParams();
    const token = form.querySelector("[name=csrf_token]");
    body.append("csrf_token", token ? token.value : "");
    pairs.forEach(([name, value]) => body.append(name, value));
    body.append("_add", "");
    const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok || response.redirected) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(form.id);
    return fresh && document.importNode(fresh, true);
  };

  const fill = (form, pairs) => {
    const values = new Map();
    pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
    [...form.elements].forEach((field) => {
      const given = values.get(field.name);
      if (!given || field.name === "csrf_token") return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.type !== "hidden") field.value = given[given.length - 1];
    });
  };

  const restore = async (form, key, pairs) => {
    let shown = form;
    const fresh = await redrawn(form, pairs).catch(() => null);
    if (fresh) {
      form.replaceWith(fresh);
      shown = fresh;
      window.htmx?.process(fresh);
      document.dispatchEvent(new CustomEvent("form:redrawn", { detail: fresh }));
    } else {
      fill(form, pairs);
    }
    notice(shown, key);
    watch(shown, key);
  };

  const watch = (form, key) => {
    let timer = 0;
    let touched = false;
    const save = () => {
      clearTimeout(timer);
      if (!touched || leaving || form.dataset.discarded || !form.isConnected) return;
      store.write(key, { at: Date.now(), pairs: pairsOf(form) });
    };
    const later = () => {
      touched = true;
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    };
    ["input", "change"].forEach((type) => form.addEventListener(type, later));
    form.addEventListener("htmx:afterSettle", later);
    form.addEventListener("submit", save);
    addEventListener("pagehide", save);
    // Another tab saved it, or signed out: what stands here is kept no longer.
    addEventListener("storage", (event) => { if (event.key === key && !event.newValue) touched = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  };

  const begin = (form) => {
    if (form.querySelector("input[type=password]")) return;
    const key = PREFIX + form.dataset.draft;
    const kept = store.read(key);
    // What the server drew after a post is newer than what was kept.
    if (kept && !form.dataset.drawn && !same(kept.pairs, pairsOf(form))) restore(form, key, kept.pairs);
    else watch(form, key);
  };

  document.addEventListener("DOMContentLoaded", () => {
    sweep();
    clearSaved();
    document.querySelectorAll("form[data-sign-out]").forEach((form) =>
      form.addEventListener("submit", () => {
        leaving = true;
        store.keys().forEach(store.remove);
      }));
    // The browser keeps this one page after it has let go of the others.
    addEventListener("pageshow", (event) => { if (event.persisted && leaving) location.reload(); });
    const form = document.querySelector("form[data-draft]");
    if (form) begin(form);
  });
})();
