// What all pages of the confidential channel share: codes, padding, age files. Nothing here sends anything.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: no I, L, O, U
const CODE_LENGTH = 20; // × 5 bits = 100 random bits
// The plain text is filled up to one of these sizes, so that a length tells little.
const CLASSES = [4, 16, 64, 256, 1024, 4096, 12288, 24576].map((kilobytes) => kilobytes * 1024);
export const LARGEST_FILES = 20 * 1024 * 1024;
// A passphrase that somebody thinks of is stretched long; a code of 100 random bits needs no stretching.
const PASSPHRASE_WORK = 17;
const CODE_WORK = 10;

let library;

// The age library is large: it is fetched when somebody begins to write or read, and once.
export function load(address) {
  library ??= import(address);
  return library;
}

// --- codes

export function newCode() {
  const random = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  return Array.from(random, (byte) => ALPHABET[byte & 31]).join("");
}

export const formatCode = (code) => code.match(/.{1,4}/g).join("-");

// As people type it: any case, any spaces and dashes, Thai digits, O for 0, I and L for 1.
export function normaliseCode(text) {
  const plain = text.normalize("NFKC").replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50).toUpperCase();
  return plain.replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
}

// What the house may know of a code: it finds the thread by it, and cannot go back.
export async function lookup(code) {
  const bytes = new TextEncoder().encode(`prongsai confidential channel lookup v1 ${code}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- a message as bytes: length of the head (4 bytes, little endian), head as JSON, files, zeros

export async function pack(text, files) {
  const parts = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  const named = files.map((file, i) => ({ name: file.name, size: parts[i].length }));
  const head = new TextEncoder().encode(JSON.stringify({ v: 1, text, files: named }));
  const length = parts.reduce((sum, part) => sum + part.length, 4 + head.length);
  const size = CLASSES.find((one) => one >= length);
  if (!size) throw new RangeError("larger than the largest class");
  const packed = new Uint8Array(size);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, 4);
  parts.reduce((at, part) => (packed.set(part, at), at + part.length), 4 + head.length);
  return packed;
}

export function unpack(packed) {
  const headLength = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + headLength)));
  let at = 4 + headLength;
  const files = head.files.map(({ name, size }) => {
    at += size;
    return { name, bytes: packed.subarray(at - size, at) };
  });
  return { text: head.text, files };
}

// --- age

export async function newIdentity(age) {
  const identity = await age.generateX25519Identity();
  return { identity, recipient: await age.identityToRecipient(identity) };
}

async function wrap(age, identity, secret, work) {
  const encrypter = new age.Encrypter();
  encrypter.setPassphrase(secret);
  encrypter.setScryptWorkFactor(work);
  return encrypter.encrypt(identity);
}

export const wrapByPassphrase = (age, identity, passphrase) =>
  wrap(age, identity, passphrase.normalize("NFC"), PASSPHRASE_WORK);
export const wrapByCode = (age, identity, code) => wrap(age, identity, code, CODE_WORK);

// The identity, or null when the secret is another.
export async function unwrap(age, wrapped, secret) {
  const decrypter = new age.Decrypter();
  decrypter.addPassphrase(secret.normalize("NFC"));
  try {
    return await decrypter.decrypt(wrapped, "text");
  } catch {
    return null;
  }
}

export async function encrypt(age, recipients, plain) {
  const encrypter = new age.Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

// The message, or null when none of the identities opens it.
export async function decrypt(age, identities, file) {
  const decrypter = new age.Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return unpack(await decrypter.decrypt(file));
  } catch {
    return null;
  }
}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

// --- requests

// Sends JSON, or a FormData; the answer as JSON with its status. Throws when the line is broken.
export async function post(address, body, token) {
  const headers = { "X-CSRFToken": token };
  const isForm = body instanceof FormData;
  if (!isForm) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { ok: answer.ok, ...(isJson ? await answer.json() : { bytes: new Uint8Array(await answer.arrayBuffer()) }) };
}

// --- pages

// A message as people read it; files are only given out as downloads, under the name that they came with.
export function letter(found, { title, at, way, author = "", unreadable }) {
  const article = document.createElement("article");
  article.className = `ps-letter ps-letter--${way}`;
  const heading = document.createElement("h3");
  heading.className = "govuk-heading-s";
  heading.textContent = title;
  const hint = document.createElement("p");
  hint.className = "govuk-hint";
  const when = new Intl.DateTimeFormat(document.documentElement.lang || "th", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Bangkok" });
  hint.textContent = [author, when.format(new Date(at))].filter(Boolean).join(" · ");
  const body = document.createElement("div");
  body.className = "govuk-body ps-channel__text";
  body.textContent = found ? found.text : unreadable;
  article.append(heading, hint, body);
  if (found?.files.length) article.append(downloads(found.files));
  return article;
}

function downloads(files) {
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const file of files) {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = URL.createObjectURL(new Blob([file.bytes], { type: "application/octet-stream" }));
    link.download = file.name;
    link.textContent = `${file.name} (${Math.ceil(file.bytes.length / 1024)} KB)`;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

// A sentence beside a field (or at the head of the form), read out at once; an empty one takes it away.
export function complain(place, sentence, field) {
  place.textContent = sentence;
  place.hidden = !sentence;
  field?.classList.toggle("govuk-input--error", Boolean(sentence));
  if (field) field.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) (field ?? place).focus();
}

