import type { PageMessage } from "../../web/layout.tsx";

/**
 * Messages that the panel shows once after an action. The page's address holds only the name of a message, so a link
 * from elsewhere cannot put its own text on the page.
 */
const done = {
  connected: "Successful connection. Your Ōura Ring can now be read by the assistants you allow.",
  "taken-over": "Successful connection. The other account is no longer connected.",
  disconnected:
    "Disconnected. This server's access to Ōura is deleted. Ōura still lists this app. You can remove it in your Ōura account.",
  "disconnected-and-revoked": "Disconnected. This app's access is also revoked at Ōura.",
  "session-ended": "That browser is signed out.",
  "assistants-revoked": "The access of every assistant is revoked, and so is every access token.",
  "permissions-saved": "The permissions are saved and apply from the assistant's next call.",
  "assistant-revoked": "The access is revoked.",
  confirmed: "Confirmed. For ten minutes you can change how you sign in. Press the button again.",
  "passkey-added": "The passkey is added.",
  "passkey-named": "The passkey has its new name.",
  "passkey-removed": "The passkey is removed.",
} as const;

const notDone = {
  "denied-at-oura": "You pressed Deny at Ōura, so nothing is connected.",
  "nothing-granted":
    "No permission was left ticked on Ōura's page, so nothing is connected. Press Connect to choose again.",
  "no-place":
    "This Ōura account was not connected here before, so you have to wait for a place first. Nothing was kept.",
  "token-made-before":
    "You already made an access token with this form. If you did not copy the token, revoke it and make a new one.",
  "nothing-left": "At least one kind of data has to stay ticked. To remove all access, press Revoke.",
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
