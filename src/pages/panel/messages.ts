import type { PageMessage } from "../../web/layout.tsx";

/**
 * Messages that the person's own page shows once after an action. The page's address holds only the name of a message,
 * so a link from elsewhere cannot put its own text on the page.
 */
const done = {
  connected: "Successful connection. The assistants that you allow can now read your Ōura Ring.",
  "taken-over": "Successful connection. The other account is no longer connected to your ring.",
  disconnected:
    "Disconnected. This service can no longer read your data at Ōura. Your Ōura account still lists this service among its apps. You can remove it there.",
  "disconnected-and-revoked":
    "Disconnected. This service can no longer read your data at Ōura. This service's access is also revoked at Ōura.",
  "session-ended": "The other browser is signed out.",
  "assistants-revoked": "The access of every assistant is revoked. Every access token is revoked too.",
  "permissions-saved": "The permissions are saved. They apply from the next time that the assistant asks for data.",
  "assistant-revoked": "The access is revoked. The assistant or token can no longer read your data.",
  confirmed:
    "You have confirmed that it is you. For ten minutes you can change how you sign in. Now press the button again.",
  "passkey-added": "The passkey is added.",
  "passkey-named": "The passkey has its new name.",
  "passkey-removed": "The passkey is removed.",
} as const;

const notDone = {
  "denied-at-oura": "You pressed Deny on Ōura's page, so Ōura was not connected.",
  "nothing-granted":
    "No permission was left ticked on Ōura's page, so Ōura was not connected. Press Connect to choose again.",
  "no-place":
    "This Ōura account was not connected to this service before, so your ring has to wait in the queue. Your ring is not connected, and this service stored no data from Ōura.",
  "token-made-before":
    "You already made an access token with this form. If you did not copy the token, revoke it and make a new one.",
  "nothing-left":
    "At least one kind of data has to stay ticked, so nothing was changed. To end all access of the assistant, press Revoke.",
} as const;

export function messageFor(name: string | undefined): PageMessage | null {
  const doneText = lookUp(done, name);
  if (doneText) return { tone: "done", text: doneText };
  const text = lookUp(notDone, name);
  return text ? { tone: "warning", text } : null;
}

function lookUp(messages: Readonly<Record<string, string>>, name: string | undefined): string | null {
  return (name !== undefined && Object.hasOwn(messages, name) && messages[name]) || null;
}
