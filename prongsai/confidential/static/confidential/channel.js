// The confidential channel: each page names its part in data-channel, and its words and addresses in a JSON beside it.
// Without this script the page keeps the sentences that say what to do instead.

const root = document.querySelector("[data-channel]");
const data = JSON.parse(document.getElementById("channel-data").textContent);
const say = data.say ?? {};
const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const tools = await import(root.dataset.tools);
const age = () => tools.load(root.dataset.age);
let unsaved = false;
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// One thing at a time: the button waits, says so, and whatever goes wrong is said beside it; nothing typed is lost.
function on(button, problem, work) {
  button.addEventListener("click", async () => {
    tools.complain(problem, "");
    button.disabled = true;
    root.setAttribute("aria-busy", "true");
    const words = button.textContent;
    button.textContent = say.working;
    try {
      await work();
    } catch (error) {
      console.warn(error.name);
      tools.complain(problem, say.broken);
    } finally {
      button.textContent = words;
      button.disabled = false;
      root.removeAttribute("aria-busy");
    }
  });
}

function form(recipients, keys, content) {
  const body = new FormData();
  for (const { id } of keys) body.append("keys", id);
  body.append("content", new Blob([content]), "message.age");
  for (const [name, value] of Object.entries(recipients)) body.append(name, value);
  return body;
}

// What stands in the form, checked: [text, files], or null after saying what is missing.
function written() {
  const [text, files] = [part("text"), part("files")];
  const chosen = files ? [...files.files] : [];
  tools.complain(part("text-problem"), text.value.trim() || chosen.length ? "" : say.empty, text);
  if (!text.value.trim() && !chosen.length) return null;
  const size = chosen.reduce((sum, file) => sum + file.size, 0);
  if (files) tools.complain(part("files-problem"), size > tools.LARGEST_FILES ? say.large : "", files);
  return size > tools.LARGEST_FILES ? null : [text.value, chosen];
}

function startWriting() {
  const problem = part("problem");
  const made = {}; // code and identity of this page: the same thread however often it is sent
  on(part("send"), problem, async () => {
    const to = root.querySelector("[data-part=to]:checked")?.value;
    tools.complain(part("to-problem"), to ? "" : say.choose);
    if (!to) return part("to-problem").focus();
    const found = written();
    if (!found) return;
    const library = await age();
    if (!made.code) Object.assign(made, { code: tools.newCode() }, await tools.newIdentity(library));
    const packed = await tools.pack(...found);
    const wrapped = await tools.wrapByCode(library, made.identity, made.code);
    const lookup = await tools.lookup(made.code);
    for (const isLast of [false, true]) {
      const keys = data.choices[to] ?? [];
      const content = await tools.encrypt(library, [...keys.map(({ key }) => key), made.recipient], packed);
      const body = form({ to, lookup, sender_key: made.recipient }, keys, content);
      body.append("sender_wrapped", new Blob([wrapped]), "sender.age");
      const answer = await tools.post(data.send, body, token);
      if (answer.ok) return sent(answer.number, made.code);
      // A recipient has a new key since this page was opened: once more with the keys of now.
      if (answer.choices) data.choices = answer.choices;
      if (isLast || !answer.choices || !data.choices[to]) return tools.complain(problem, answer.error ?? say.broken);
    }
  });
  root.addEventListener("input", () => { unsaved = true; });
  part("form").addEventListener("focusin", age, { once: true }); // while the first words are typed
}

function sent(number, code) {
  part("form").hidden = true;
  part("number").textContent = number;
  part("code").textContent = tools.formatCode(code);
  part("receipt").hidden = false;
  part("receipt").focus();
  part("kept").addEventListener("click", () => { unsaved = false; location.assign(data.thread); });
}

function startThread() {
  const problem = part("problem");
  let proof;
  let keys = [];
  let sender = "";
  async function show() {
    const library = await age();
    const code = tools.normaliseCode(part("code-field").value);
    proof = { number: part("number-field").value, lookup: await tools.lookup(code) };
    const thread = await tools.post(data.open, proof, token);
    if (!thread.ok) return tools.complain(problem, thread.error ?? say.broken);
    ({ keys, sender } = thread);
    const identity = await tools.unwrap(library, tools.fromBase64(thread.wrapped), code);
    const letters = [];
    for (const message of thread.messages) {
      const { bytes } = await tools.post(data.content, { ...proof, id: message.id }, token);
      letters.push(tools.letter(identity && (await tools.decrypt(library, [identity], bytes)), { ...message, unreadable: say.unreadable }));
    }
    part("state").textContent = thread.state;
    part("letters").replaceChildren(...letters);
    part("door").hidden = true;
    part("thread").hidden = false;
    part("more").hidden = keys.length === 0;
    part("thread").focus();
  }
  on(part("enter"), problem, show);
  on(part("send"), part("send-problem"), async () => {
    const found = written();
    if (!found) return;
    const library = await age();
    const packed = await tools.pack(...found);
    for (const isLast of [false, true]) {
      const content = await tools.encrypt(library, [...keys.map(({ key }) => key), sender], packed);
      const answer = await tools.post(data.again, form(proof, keys, content), token);
      if (answer.ok) {
        part("text").value = part("files").value = "";
        return show();
      }
      if (answer.keys) ({ keys } = answer);
      if (isLast || !answer.keys?.length) return tools.complain(part("send-problem"), answer.error ?? say.broken);
    }
  });
}

function startReading() {
  const opened = new Map(); // channel key → identity; only in this page's memory
  on(part("open"), part("problem"), async () => {
    const library = await age();
    const passphrase = part("passphrase").value;
    for (const { id, wrapped } of data.identities) {
      if (opened.has(id)) continue;
      const identity = await tools.unwrap(library, tools.fromBase64(wrapped), passphrase);
      if (identity) opened.set(id, identity);
    }
    part("passphrase").value = "";
    if (!opened.size) return tools.complain(part("problem"), say.wrong, part("passphrase"));
    const thread = await tools.post(data.open, {}, token);
    if (!thread.ok) return tools.complain(part("problem"), thread.error ?? say.broken);
    const letters = [];
    for (const message of thread.messages) {
      const { bytes } = await tools.post(data.content.replace(/0\/$/, `${message.id}/`), {}, token);
      const found = await tools.decrypt(library, [...opened.values()], bytes);
      letters.push(tools.letter(found, { ...message, unreadable: say.other_key }));
    }
    part("letters").replaceChildren(...letters);
    part("door").hidden = opened.size === data.identities.length;
    part("thread").hidden = false;
    part("thread").focus();
  });
  on(part("send"), part("send-problem"), async () => {
    const found = written();
    if (!found) return;
    const library = await age();
    const packed = await tools.pack(...found);
    for (const isLast of [false, true]) {
      const content = await tools.encrypt(library, [...data.keys.map(({ key }) => key), data.sender], packed);
      const answer = await tools.post(data.reply, form({}, data.keys, content), token);
      if (answer.ok) return location.reload();
      if (answer.keys) data.keys = answer.keys;
      if (isLast || !answer.keys?.length) return tools.complain(part("send-problem"), answer.error ?? say.broken);
    }
  });
}

function startKey() {
  on(part("make"), part("problem"), async () => {
    const [first, second] = [part("passphrase"), part("again")];
    const sentence = [...first.value.normalize("NFC")].length < 16 ? say.short : first.value === second.value ? "" : say.differs;
    if (sentence) return tools.complain(part("problem"), sentence, sentence === say.short ? first : second);
    const library = await age();
    const { identity, recipient } = await tools.newIdentity(library);
    const wrapped = tools.toBase64(await tools.wrapByPassphrase(library, identity, first.value));
    const answer = await tools.post(data.make, { public: recipient, wrapped }, token);
    if (!answer.ok) return tools.complain(part("problem"), answer.error ?? say.broken);
    first.value = second.value = "";
    part("form").hidden = true;
    part("fingerprint").textContent = answer.fingerprint;
    part("done").hidden = false;
    part("done").focus();
  });
}

const START = { write: startWriting, thread: startThread, read: startReading, key: startKey };
if (window.isSecureContext && crypto.subtle) {
  for (const one of root.querySelectorAll("[data-needs-script]")) one.hidden = false;
  for (const one of root.querySelectorAll("[data-without-script]")) one.hidden = true;
  START[root.dataset.channel]?.();
}
