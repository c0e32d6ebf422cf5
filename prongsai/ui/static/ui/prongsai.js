// Progressive enhancement only: every page works without this file.

async function startComponents() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  // Pages without such a component never load the library.
  if (!document.querySelector("[data-module^='govuk-']")) return;
  const { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios } =
    await import(document.documentElement.dataset.govukFrontend);
  for (const component of [CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, Button]) createAll(component);
}

const RESEND_AFTER = 10_000; // ms; an answer that is a download leaves the page, and its form, standing

function reopen(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// A form that was sent cannot be sent twice, until the page comes back from the browser's cache.
function guardDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(reopen, RESEND_AFTER, form);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(reopen);
  });
}

// Forms marked data-confirm-leave ask before what was typed is lost.
function guardLeaving() {
  for (const form of document.querySelectorAll("form[data-confirm-leave]")) {
    let dirty = Boolean(form.querySelector("[aria-invalid]"));
    form.addEventListener("input", () => { dirty = true; });
    form.addEventListener("submit", () => { dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  }
}

const AUTOSAVE_EVERY = 20_000; // ms

// Forms marked data-autosave keep a draft on the server; the attribute names the element that says so.
function autosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const note = document.getElementById(form.dataset.autosave);
    let dirty = false;
    form.addEventListener("input", () => { dirty = true; });
    setInterval(async () => {
      if (!dirty || form.dataset.sent) return;
      dirty = false;
      const typed = new FormData(form);
      // Files go with the form itself.
      for (const input of form.querySelectorAll("input[type=file]")) typed.delete(input.name);
      typed.set("save", "auto");
      try {
        const answer = await fetch(form.action, { method: "POST", body: typed, redirect: "error" });
        const kept = await answer.json();
        if (kept.draft) form.elements.draft.value = kept.draft;
        note.textContent = kept.said;
      } catch {
        dirty = true; // once more, when the connection is back
      }
    }, AUTOSAVE_EVERY);
  }
}

// Files that are too large are told before they are sent; the server says the same to whoever has no scripts.
function guardFileSizes() {
  for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
    const note = document.createElement("p");
    note.className = "govuk-error-message";
    note.id = `${input.id}_too_large`;
    note.setAttribute("role", "alert");
    input.before(note);
    const described = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", described ? `${described} ${note.id}` : note.id);
    input.addEventListener("change", () => {
      const large = [...input.files].filter((file) => file.size > Number(input.dataset.largest));
      note.textContent = large.map((file) => `${file.name}: ${input.dataset.tooLarge}`).join(" ");
    });
    input.form?.addEventListener("submit", (event) => {
      if (!note.textContent) return;
      event.preventDefault();
      input.focus();
    });
  }
}

function startPrintAndCopy() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (!navigator.clipboard) return; // plain http on another host
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  }
}

guardDoubleSubmit();
guardFileSizes();
guardLeaving();
autosave();
startPrintAndCopy();
startComponents();
