/* The one script of the pages. Everything essential works without it (docs/pages.md). */
"use strict";

(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.split("=")[1];

  /* Theme: the server renders the choice of the cookie; "auto" follows the device. Runs before the page is drawn. */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosenTheme = () => cookie("office_theme") || "auto";
  const paint = () => {
    const theme = chosenTheme();
    root.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
  };
  paint();
  dark.addEventListener("change", paint);

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault(); // no reload: what is half written on the page stays
    const theme = event.submitter.value;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `office_theme=${theme}; path=/; max-age=31536000; SameSite=Lax${secure}`;
    all("[data-theme-form] button").forEach((button) => {
      if (button.value === theme) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    paint();
    closeMenus();
  });

  /* Menus: Esc and a click elsewhere close them. */
  const closeMenus = (except) => {
    all("details.x-menu[open]").forEach((menu) => {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    });
  };
  document.addEventListener("click", (event) => closeMenus(event.target));

  /* Keys. A letter typed into a control is text, never a shortcut. */
  const typing = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const rows = () => all("[data-list] .x-ob, .x-ob, .x-table tbody tr, .x-mini li, .x-agenda li").filter((row, i, list) => list.indexOf(row) === i && row.querySelector("a"));
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.contains(document.activeElement));
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    (next.querySelector(".what a, td.t a") || next.querySelector("a")).focus();
  };
  const tick = () => {
    const row = document.activeElement?.closest("tr");
    row?.querySelector("td.pick input[type=checkbox]")?.click();
  };
  const ownKey = (element) => {
    const words = element.cloneNode(true);
    all("kbd", words).forEach((key) => key.remove());
    const line = document.createElement("div");
    line.append(document.createElement("dt"), document.createElement("dd"));
    line.firstChild.append(document.createElement("kbd"));
    line.firstChild.firstChild.textContent = element.dataset.key;
    line.lastChild.textContent = words.textContent.trim();
    return line;
  };
  const showKeys = () => {
    closeMenus();
    all("[data-keys-of]").forEach((line) => { line.hidden = !document.querySelector(line.dataset.keysOf); });
    const own = document.querySelector("[data-own-keys]");
    if (own) {
      own.querySelector("dl").replaceChildren(...all("[data-key]").map(ownKey));
      own.hidden = !own.querySelector("dt");
    }
    document.getElementById("keys")?.showModal();
  };
  const shortcuts = {
    "/": () => document.getElementById("q")?.focus(),
    "?": showKeys,
    j: () => step(1),
    k: () => step(-1),
    x: tick,
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.activeElement?.closest("details.x-menu[open]");
      closeMenus();
      if (open) open.querySelector("summary").focus();
      else if (event.target.id === "q") event.target.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form[method=post]");
      if (!form) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector(".btn-primary[type=submit], .btn-primary:not([type])") || undefined);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    /* A page's own keys: a link is followed, a button only reached, so that no letter sends anything. */
    const own = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (own) {
      event.preventDefault();
      if (own.matches("a")) own.click();
      else own.focus();
      return;
    }
    if (Object.hasOwn(shortcuts, event.key)) {
      event.preventDefault();
      shortcuts[event.key]();
    }
  });

  /* Forms: counters, rows of a formset, autosave, a warning before unsaved text is lost. */
  const count = (counter) => {
    const control = document.getElementById(counter.dataset.counter);
    if (control) counter.querySelector("[data-count]").textContent = [...control.value].length;
  };
  document.addEventListener("input", (event) => {
    const counter = event.target.id ? document.getElementById(`${event.target.id}-c`) : null;
    if (counter?.dataset.counter) count(counter);
  });

  /* Stock phrases: the chosen one goes in where the cursor stands; without script it comes in with the form. */
  document.addEventListener("change", (event) => {
    const offered = event.target.closest?.("[data-phrases]");
    if (!offered || !offered.value) return;
    event.stopPropagation();
    const text = document.getElementById(offered.dataset.phrases);
    const phrase = offered.value;
    offered.selectedIndex = 0;
    text.setRangeText(phrase, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const renumber = (box) => {
    all("[data-row]", box).filter((row) => !row.hidden).forEach((row, i) => {
      all("[data-row-number]", row).forEach((number) => { number.textContent = i + 1; });
    });
  };
  document.addEventListener("click", (event) => {
    const add = event.target.closest?.("[data-add-row]");
    if (add) {
      const box = add.closest("[data-rows]");
      const total = box.querySelector(`[name="${box.dataset.rows}-TOTAL_FORMS"]`);
      const empty = box.querySelector("template[data-empty-row]");
      const draft = document.createElement("template");
      draft.innerHTML = empty.innerHTML.replaceAll("__prefix__", total.value);
      const row = draft.content.firstElementChild;
      empty.before(row);
      total.value = Number(total.value) + 1;
      ready(row);
      renumber(box);
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      changed(box.closest("form"));
    }
    const remove = event.target.closest?.("[data-remove-row]");
    if (remove) {
      const row = remove.closest("[data-row]");
      const box = row.closest("[data-rows]");
      const tick = row.querySelector("[name$=-DELETE]");
      if (tick) tick.checked = true;
      row.hidden = true;
      renumber(box);
      box.querySelector("[data-add-row]")?.focus();
      changed(box.closest("form"));
    }
  });

  const guarded = (form) => form && (form.dataset.autosaveUrl || "unsaved" in form.dataset);
  const waiting = new WeakMap();
  const changed = (form) => {
    if (!guarded(form)) return;
    form.dataset.changed = "yes";
    if (form.dataset.autosaveUrl) later(form, 1500);
  };
  const later = (form, pause) => {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), pause));
  };
  const tell = (form, words, time) => {
    const place = form.querySelector("[data-autosave-status]");
    if (place) place.textContent = words.replace("{time}", time || "");
  };
  const saving = new WeakMap();
  const save = (form) => {
    const going = put(form).finally(() => saving.delete(form));
    saving.set(form, going);
  };
  const put = async (form) => {
    if (!form.isConnected || form.dataset.sent) return;
    const words = document.body.dataset;
    const body = new FormData(form);
    [...body.entries()].forEach(([name, value]) => { if (value instanceof File) body.delete(name); });
    delete form.dataset.changed;
    tell(form, words.saving);
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body, credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      if (said.autosave_url) form.dataset.autosaveUrl = said.autosave_url;
      if (said.form_url) { form.action = said.form_url; history.replaceState(null, "", said.form_url); }
      Object.entries(said.fields || {}).forEach(([name, value]) => { if (form.elements[name]) form.elements[name].value = value; });
      tell(form, words.saved, said.saved_at);
    } catch {
      form.dataset.changed = "yes";
      tell(form, words.unsaved);
      later(form, 15000);
    }
  };
  document.addEventListener("input", (event) => changed(event.target.form));
  document.addEventListener("change", (event) => changed(event.target.form));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    clearTimeout(waiting.get(form));
    if (event.defaultPrevented) return;
    const going = saving.get(form);
    if (going) {
      // What is being saved raises the revision that this form sends: hand it in after that.
      event.preventDefault();
      going.then(() => form.requestSubmit(event.submitter));
      return;
    }
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
  addEventListener("beforeunload", (event) => {
    if (all("form[data-changed]").some((form) => guarded(form) && !form.dataset.sent)) event.preventDefault();
  });

  /* What is typed into a form without drafts of its own stays in this tab until it is handed in: a session that ended
     overnight or a page that was loaded anew takes nothing away. Of what is confidential nothing is kept here, neither on
     pages of a closed matter nor once the form itself says so: then what was kept before goes as well. */
  const shelf = (() => { try { return sessionStorage; } catch { return null; } })();
  const keeper = () => document.querySelector("template[data-found]")?.dataset.found;
  const isShelved = (form) => form?.matches("form[data-unsaved]") && !form.dataset.autosaveUrl && shelf && keeper();
  const isClosed = (form) => document.querySelector(".x-watermark") || ["confidentiality", "level"].some((name) => form.elements[name]?.value === "confidential");
  const placeOf = (form) => `typed ${keeper()} ${location.pathname}${location.search} ${form.getAttribute("action") || ""}`;
  const SECRET = ["csrfmiddlewaretoken"];
  const typed = (form) => [...new FormData(form).entries()].filter(([name, value]) => typeof value === "string" && !SECRET.includes(name) && form.elements[name]?.type !== "password");
  const remember = (form, sent) => {
    if (isClosed(form)) { shelf.removeItem(placeOf(form)); return; }
    try { shelf.setItem(placeOf(form), JSON.stringify({ sent, values: typed(form) })); } catch { /* full: the warning on leaving is left */ }
  };
  const keepings = new WeakMap();
  const keepSoon = (event) => {
    const form = event.target.form;
    if (!isShelved(form)) return;
    clearTimeout(keepings.get(form));
    if (isClosed(form)) remember(form, false);
    else keepings.set(form, setTimeout(() => remember(form, false), 400));
  };
  /* Who logs out leaves nothing behind, nor in the other tabs; a session that only ended keeps the text for its writer. */
  const windows = "BroadcastChannel" in window ? new BroadcastChannel("office") : null;
  const emptyShelf = () => {
    all("form[data-unsaved]").forEach((form) => clearTimeout(keepings.get(form)));
    shelf?.clear();
  };
  windows?.addEventListener("message", emptyShelf);
  document.addEventListener("input", keepSoon);
  document.addEventListener("change", keepSoon);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-log-out]")) { emptyShelf(); windows?.postMessage("left"); }
    if (event.defaultPrevented || !isShelved(form)) return;
    clearTimeout(keepings.get(form));
    remember(form, true);
  });
  /* Sent, and the house said that it is done, or another page came: it was taken. Who was led to the door meanwhile, or was
     refused on a page of its own, has handed in nothing; what somebody else typed in this tab is nobody's business. */
  const forgetTaken = () => {
    if (!shelf) return;
    if (!keeper()) { shelf.setItem("door", "yes"); return; }
    const wasSentAway = shelf.getItem("door") || document.querySelector("[data-not-taken]");
    shelf.removeItem("door");
    const isDone = document.querySelector(".x-toast.success");
    const here = all("form[data-unsaved]").map(placeOf);
    Object.keys(shelf).filter((place) => place.startsWith("typed ")).forEach((place) => {
      const kept = JSON.parse(shelf.getItem(place));
      if (!place.startsWith(`typed ${keeper()} `)) shelf.removeItem(place);
      else if (kept.sent && wasSentAway) shelf.setItem(place, JSON.stringify({ ...kept, sent: false }));
      else if (kept.sent && (isDone || !here.includes(place))) shelf.removeItem(place);
    });
  };
  const bringBack = (form, values) => {
    all("[data-rows]", form).forEach((box) => {
      const name = `${box.dataset.rows}-TOTAL_FORMS`;
      const total = Number(values.find(([one]) => one === name)?.[1] || 0);
      while (Number(form.elements[name].value) < total) box.querySelector("[data-add-row]").click();
    });
    const given = (name) => values.filter(([one]) => one === name).map(([, value]) => value);
    [...form.elements].filter((element) => element.name && !SECRET.includes(element.name) && element.type !== "file").forEach((element) => {
      const found = given(element.name);
      if (["checkbox", "radio"].includes(element.type)) element.checked = found.includes(element.value);
      else if (element.multiple) [...element.options].forEach((option) => { option.selected = found.includes(option.value); });
      else if (found.length && element.type !== "submit") element.value = found[0];
    });
    form.dataset.changed = "yes";
    form.dispatchEvent(new Event("change"));
    all("[data-counter]", form).forEach(count);
  };
  const offer = (form) => {
    if (isShelved(form) && isClosed(form)) shelf.removeItem(placeOf(form));
    const kept = isShelved(form) && shelf.getItem(placeOf(form));
    if (!kept || form.querySelector(".x-errsum, [data-bring-back]")) return;
    const { sent, values } = JSON.parse(kept);
    // What was seen then comes back with the text, so that whoever was quicker is named; alone it is no text.
    const text = (pairs) => JSON.stringify(pairs.filter(([name]) => name !== "seen"));
    // Sent and answered on the same page: what stands there is the answer.
    if (sent || text(values) === text(typed(form))) return;
    const bar = document.querySelector("template[data-found]").content.firstElementChild.cloneNode(true);
    bar.querySelector("[data-bring-back]").addEventListener("click", () => { bringBack(form, values); bar.remove(); });
    bar.querySelector("[data-let-go]").addEventListener("click", () => { shelf.removeItem(placeOf(form)); bar.remove(); });
    form.prepend(bar);
  };

  /* Filters act at once; the button beside them serves those without script. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-filters]");
    if (form) form.requestSubmit();
  });

  /* Several rows at once: how many are ticked, tick them all; nothing can be done with none. */
  const picked = () => {
    all("[data-picked]").forEach((place) => {
      const count = all(`input[name="${place.dataset.picked}"]:checked`).length;
      place.textContent = count;
      all("button", place.closest("[data-bulk]") || place).forEach((button) => { button.disabled = !count; });
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-pick-all]")) {
      all(`input[name="${event.target.dataset.pickAll}"]`).forEach((box) => { box.checked = event.target.checked; });
    }
    picked();
  });
  addEventListener("pageshow", picked); // the browser keeps the ticks when one comes back

  /* Toasts go by themselves after a while, unless somebody is reading or they tell of trouble. */
  const dismiss = (toast) => toast?.remove();
  document.addEventListener("click", (event) => dismiss(event.target.closest?.("[data-dismiss]")?.closest(".x-toast")));
  const fade = (toast) => setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) fade(toast);
    else dismiss(toast);
  }, 10000);

  /* htmx sends the token of the page; what it brings is made ready like the rest. */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));

  const ready = (part) => {
    all("[data-add-row], [data-remove-row], [data-dismiss], [data-show-keys], [data-needs-script]", part).forEach((element) => { element.hidden = false; });
    all("[data-without-script]", part).forEach((element) => { element.hidden = true; });
    all("[data-counter]", part).forEach(count);
    [part, ...all("form", part)].filter((form) => form.matches?.("form[data-unsaved]")).forEach(offer);
    all(".x-toast:not(.error, .warning)", part).forEach(fade);
    all("[data-show-keys]", part).forEach((button) => button.addEventListener("click", showKeys));
    all("[data-print]", part).forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
  };
  document.addEventListener("DOMContentLoaded", () => {
    forgetTaken();
    ready(document);
    const summary = document.querySelector(".x-errsum");
    if (summary) summary.focus();
  });
})();
