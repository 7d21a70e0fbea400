// Creates or uses a passkey for each form marked data-passkey="create" or "get". The form's action returns the options
// for the browser, and its data-verify address receives the result. If the page has a field for "webauthn", the browser
// also offers passkeys in that field.
const forms = [...document.querySelectorAll("form[data-passkey]")];
const field = document.querySelector("input[autocomplete~='webauthn']");
const hasPasskeys = Boolean(window.PublicKeyCredential && navigator.credentials);
/**
 * Ends the browser's offer of passkeys in the account-key field when another passkey request starts, because a browser
 * runs only one passkey request at a time.
 */
let offer = new AbortController();

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(form); // shows its own errors
  });
}
void offerInField(forms.find(({ dataset }) => dataset.passkey === "get"));

async function run(form) {
  const button = form.querySelector("button");
  say("");
  if (!hasPasskeys) return say("This browser does not offer passkeys. Use an account key instead.");
  button.disabled = true;
  offer.abort();
  let asked = null;
  let credential = null;
  try {
    asked = await post(form.action, {});
    credential = await ask(form.dataset.passkey, { publicKey: readOptions(asked) });
    await finish(form, credential);
  } catch (error) {
    say(
      form.dataset.passkey === "create" && credential
        ? await explainLeftover(error, asked, credential)
        : explain(error),
    );
    button.disabled = false;
  }
}

/**
 * Offers passkeys in the account-key field and waits until the person chooses one. The server's challenge is valid for
 * five minutes, so the offer is renewed after four.
 */
async function offerInField(form) {
  if (!form || !field || !hasPasskeys) return;
  if (!(await window.PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false))) return;
  const renewal = setTimeout(() => offer.abort("renew"), 240_000);
  offer = new AbortController();
  const { signal } = offer;
  try {
    const publicKey = readOptions(await post(form.action, {}));
    if (signal.aborted) return;
    const credential = await ask("get", { publicKey, mediation: "conditional", signal });
    await finish(form, credential);
  } catch (error) {
    if (signal.reason === "renew") void offerInField(form);
    else if (!signal.aborted && error.shown) say(error.shown);
  } finally {
    clearTimeout(renewal);
  }
}

function ask(kind, options) {
  return kind === "create" ? navigator.credentials.create(options) : navigator.credentials.get(options);
}

async function finish(form, credential) {
  const { next } = await post(form.dataset.verify, { response: writeCredential(credential), next: form.dataset.next });
  location.assign(next);
}

/** Converts the server's JSON into the options that the browser needs. Older browsers have no function for this. */
function readOptions(json) {
  const withBytes = (list) => list?.map((one) => ({ ...one, id: toBytes(one.id) }));
  return {
    ...json,
    challenge: toBytes(json.challenge),
    ...(json.user && { user: { ...json.user, id: toBytes(json.user.id) } }),
    ...(json.excludeCredentials && { excludeCredentials: withBytes(json.excludeCredentials) }),
    ...(json.allowCredentials && { allowCredentials: withBytes(json.allowCredentials) }),
  };
}

/**
 * Converts a credential into JSON. In the credentials of some password managers, toJSON() throws. Their other methods
 * may throw too, so a value that cannot be read is left out.
 */
function writeCredential({ id, rawId, response }) {
  const written = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const bytes = read(() => response[name]);
    if (bytes) written[name] = toText(bytes);
  }
  const transports = read(() => response.getTransports());
  if (transports) written.transports = [...transports];
  return { id, rawId: rawId ? toText(rawId) : id, type: "public-key", clientExtensionResults: {}, response: written };
}

function read(get) {
  try {
    return get();
  } catch {
    return null;
  }
}

function toBytes(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toText(bytes) {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function say(text) {
  document.querySelector("#passkey-notice").textContent = text;
}

function explain(error) {
  if (error.name === "NotAllowedError")
    return "The passkey was not used, because the request was cancelled or took too long. Try again, or use an account key.";
  if (error.name === "InvalidStateError") return "This device already has a passkey for the account.";
  return error.shown || "Something went wrong with the passkey. Try again, or use an account key.";
}

/**
 * Explains an error after the device has made a passkey that the site did not accept. Newer browsers remove such a
 * passkey when the page tells them to. In other browsers, the text asks the person to remove it. If the site did not
 * answer, the passkey may be valid, so it is kept.
 */
async function explainLeftover(error, { rp, user }, { id }) {
  if (!error.shown)
    return `The site's answer did not arrive. Try to sign in with the new passkey. If that fails, remove “${user.name}” from your device's passkeys, and try again.`;
  const removed = window.PublicKeyCredential.signalUnknownCredential?.({ rpId: rp.id, credentialId: id });
  const isRemoved = await removed?.then(
    () => true,
    () => false,
  );
  return isRemoved
    ? error.shown
    : `${error.shown} Your device may have kept the passkey “${user.name}”, which does not work. Remove this passkey from your device or password manager.`;
}

async function post(address, body) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await reply.json();
  if (!reply.ok && answer.next) location.assign(answer.next); // the page on which the person signs in again
  if (!reply.ok) throw Object.assign(new Error("refused"), { shown: answer.error });
  return answer;
}
