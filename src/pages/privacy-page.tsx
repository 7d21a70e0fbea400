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
      "The public keys of your passkeys and the names you gave them, a hash of your account key, and hashes of used sign-in challenges.",
    until: "until you remove them",
  },
  {
    what: "Ōura's tokens",
    detail:
      "The tokens with which this service reads your data at Ōura, and what they may read. They are encrypted with a key that works for your account alone.",
    until: "until you disconnect",
  },
  {
    what: "Assistants",
    detail:
      "For each assistant: name, domain, where access goes, the browser you allowed it in, what it may read, and first and last use. For an access token also a hash and when it expires.",
    until: "until 30 days after you revoke it, or after an access token expires",
  },
  {
    what: "Access of assistants",
    detail: "Hashes of the assistants' tokens, and the permissions you gave.",
    until: "until you revoke, or 180 days after the last use",
  },
  {
    what: "Activity",
    detail: "For the last 100 calls of assistants: time, assistant, tool and how the call ended. Never a value.",
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
      "The UTC offset of your newest record, so that “today” means the day where you are. Also the time of the last read, and whether the last call worked.",
    until: "until you delete the account",
  },
];

const elsewhere: readonly Kept[] = [
  {
    what: "Your place",
    detail:
      "Whether your account has a place or waits for one. Also a keyed hash of your Ōura user id, so that one Ōura account is connected to only one account here.",
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
      "A hash of each network from which somebody created an account, asked for a place or registered a program. The hash uses a key that changes every day.",
    until: "until the first registration of another day",
  },
  {
    what: "Programs that asked for access",
    detail: "The name and return address of an assistant's program. They are not tied to any person.",
    until: "90 days after the last use",
  },
  {
    what: "Logs",
    detail:
      "Which tool ran, how long it took and how it ended, and a reference if something failed. Logs hold no values and no tokens.",
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
        <strong>Your health data is not kept.</strong> When an assistant that you allowed asks, this service reads the
        data from Ōura and passes it to that assistant. The data is held in memory for at most {heldFor}. It is never
        stored or logged here, and never used for anything else. The assistant's maker handles the data under its own
        terms.
      </p>
      <h2>What is kept in your account</h2>
      <p>Each account has its own store, under a random number. The account has no name and no e-mail address.</p>
      <KeptList rows={inYourAccount} />
      <h2>What is kept outside your account</h2>
      <KeptList rows={elsewhere} />
      <h2>Cookies</h2>
      <p>
        One cookie keeps you signed in for 30 days. Others last only while you sign in (5 minutes) or connect (10
        minutes). All cookies are encrypted or signed, and are sent to this site only. There are no analytics and no
        third parties on these pages.
      </p>
      <h2>Who can read it</h2>
      <p>
        You can read what is kept about you in your panel. Assistants read only the data that you ticked. The operator
        sees counts, never people: no page or command shows an account. Whoever runs the server holds the keys that
        decrypt Ōura's tokens and could read your data at Ōura with them, so you have to trust the operator. Requests
        from your network address are counted for a minute to limit attempts, and the address is not kept.
      </p>
      <h2>When it is deleted</h2>
      <p>
        When you press Disconnect, Ōura's tokens are deleted at once, and with them this server's access to Ōura. When
        you press Delete account, everything listed above is deleted at once, except logs, which name no account. If you
        do not use your account for 180 days, its tokens and its place are deleted automatically.
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
