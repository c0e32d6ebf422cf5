// Passkeys (WebAuthn level 2). A form marked data-passkey sends what the authenticator says in its field "credential".
// Without this script, or where the browser knows no passkeys, the form keeps its sentence that says so.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function fromServer(options) {
  const key = { ...options, challenge: toBytes(options.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return key;
}

function toServer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (!form.dataset.optionsUrl) return JSON.parse(form.querySelector("script[type='application/json']").textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

async function ask(form) {
  const publicKey = fromServer((await optionsOf(form)).publicKey);
  const alone = form.elements.passwordless;
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  if (alone) {
    const need = alone.checked ? "required" : "discouraged";
    Object.assign(publicKey.authenticatorSelection, { residentKey: need, requireResidentKey: alone.checked });
    if (alone.checked) publicKey.authenticatorSelection.userVerification = "required";
  }
  return navigator.credentials.create({ publicKey });
}

function start(form) {
  const button = form.querySelector("button[type=submit]");
  const error = form.querySelector("[data-passkey-error]");
  form.querySelector("[data-passkey-missing]").hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(toServer(await ask(form)));
      form.submit(); // does not fire "submit" again
    } catch {
      error.hidden = false;
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential && window.isSecureContext) document.querySelectorAll("form[data-passkey]").forEach(start);
