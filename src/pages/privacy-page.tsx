import type { SiteConfig } from "../config.ts";
import { heldFor } from "../web/held-for.ts";

interface Kept {
  what: string;
  detail: string;
  until: string;
}

const inYourAccount: readonly Kept[] = [
  {
    what: "Sign-in methods",
    detail:
      "Public keys of your passkeys with the names you gave them, a hash of your account key, and hashes of used sign-in challenges.",
    until: "until you remove them",
  },
  {
    what: "Ōura's tokens",
    detail:
      "The access and refresh token and what they may read, encrypted with a key that works for your account alone.",
    until: "until you disconnect",
  },
  {
    what: "Assistants",
    detail:
      "Name, domain, where access goes, the browser you allowed it in, what it may read, first and last use; of an access token also a hash and when it expires.",
    until: "until 30 days after you revoke it, or after an access token expires",
  },
  {
    what: "Their access",
    detail: "Hashes of their tokens, and the permissions you gave.",
    until: "until you revoke, or 180 days after the last use",
  },
  {
    what: "Activity",
    detail: "Time, assistant and tool of the last 100 calls, and how each ended; never a value.",
    until: "30 days",
  },
  {
    what: "Signed-in browsers",
    detail: "A name such as Chrome on macOS, and when it was last seen.",
    until: "30 days",
  },
  {
    what: "Session state",
    detail:
      "The UTC offset of your newest record, so that today means your today, the time of the last read, and whether the last call worked.",
    until: "until you delete the account",
  },
];

const elsewhere: readonly Kept[] = [
  {
    what: "Your place",
    detail:
      "That your account has a place or waits for one, and a keyed hash of your Ōura user id, so that one Ōura account belongs to one account here.",
    until: "until you delete the account",
  },
  {
    what: "Access that version 0.1.0 gave",
    detail: "Hashes of the tokens, the permissions you gave and the account's random number.",
    until: "until you revoke, or 180 days after the upgrade",
  },
  {
    what: "Today's registrations",
    detail:
      "A hash of the network that created an account, asked for a place or registered a program, under a key that changes every day.",
    until: "until the first registration of another day",
  },
  {
    what: "Programs that asked for access",
    detail: "Name and return address of an assistant's program, not tied to any person.",
    until: "90 days after the last use",
  },
  {
    what: "Logs",
    detail:
      "Which tool ran, how long it took and how it went; a reference where something failed. No values, no tokens.",
    until: "at most 7 days, at Cloudflare",
  },
];

/**
 * The privacy page: what is stored, where, for how long, and who can read it. Update the page whenever the code changes
 * what is stored.
 */
export function PrivacyPage({ site }: { site: SiteConfig }) {
  return (
    <div class="doc">
      <h1>Privacy</h1>
      <p>
        {site.serviceName} is operated by {site.operatorName ?? "an operator who has not given a name"}
        {site.operatorContact ? `, reachable at ${site.operatorContact}` : ""}. It runs on Cloudflare Workers.
      </p>
      <h2>Your health data</h2>
      <p>
        <strong>It is not kept.</strong> It is read from Ōura when an assistant you allowed asks, held in memory for at
        most {heldFor}, and passed to that assistant, whose maker then handles it under its own terms. It is never
        stored or logged here, and never used for anything else.
      </p>
      <h2>What is kept in your account</h2>
      <p>Each account has its own store, under a random number. No name, no e-mail address.</p>
      <KeptList rows={inYourAccount} />
      <h2>What is kept outside your account</h2>
      <KeptList rows={elsewhere} />
      <h2>Cookies</h2>
      <p>
        One that keeps you signed in for 30 days, and short-lived ones while you sign in (5 minutes) or connect (10
        minutes). All are encrypted or signed, and are sent to this site only. There are no analytics and no third
        parties on these pages.
      </p>
      <h2>Who can read it</h2>
      <p>
        You, in your panel. Assistants read only what you ticked. The operator sees counts, never people: there is no
        page or command that shows an account. Whoever runs the server holds the keys that decrypt Ōura's tokens, so you
        have to trust them with that. Your network address is counted for a minute to limit attempts, and not kept.
      </p>
      <h2>When it is deleted</h2>
      <p>
        Disconnect deletes Ōura's tokens at once. Delete account deletes everything above at once, except logs, which
        name no account. An account unused for 180 days loses its tokens and its place by itself.
      </p>
    </div>
  );
}

function KeptList({ rows }: { rows: readonly Kept[] }) {
  return (
    <ul class="rows card kept">
      {rows.map(({ what, detail, until }) => (
        <li>
          <span class="what">
            <strong>{what}</strong>
            <span class="quiet">{detail}</span>
          </span>
          <span class="quiet small until">{until}</span>
        </li>
      ))}
    </ul>
  );
}
