// Runs the two passkey ceremonies for forms marked data-passkey="create" or "get". Everything else on the site works
// without script. The form's action answers with options, its data-verify address takes the result.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form);
  });
}

async function run(form) {
  const notice = document.querySelector("#passkey-notice");
  const button = form.querySelector("button");
  notice.textContent = "";
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    notice.textContent = "This browser does not offer passkeys. Use an account key instead.";
    return;
  }
  button.disabled = true;
  try {
    const options = await post(form.action, {});
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const { next } = await post(form.dataset.verify, { response: credential.toJSON(), next: form.dataset.next });
    location.assign(next);
  } catch (error) {
    notice.textContent =
      error.name === "NotAllowedError"
        ? "The passkey was not used: it was cancelled or took too long. Try again, or use an account key."
        : error.name === "InvalidStateError"
          ? "This device already has a passkey for the account."
          : error.shown || "Something went wrong with the passkey. Try again, or use an account key.";
    button.disabled = false;
  }
}

async function post(address, body) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await reply.json();
  if (!reply.ok && answer.next) location.assign(answer.next); // the page to sign in again
  if (!reply.ok) throw Object.assign(new Error("refused"), { shown: answer.error });
  return answer;
}
