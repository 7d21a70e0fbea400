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
      "The public keys of your passkeys and the names you gave them. Also hashes (codes that do not reveal the original) of your account key and of finished sign-ins, so that nobody can use a sign-in a second time.",
    until: "until you remove them",
  },
  {
    what: "Ōura's tokens",
    detail:
      "The tokens (digital keys) with which this service reads your data at Ōura, and the kinds of data that they may read. The tokens are encrypted with a key for your account alone.",
    until: "until you disconnect",
  },
  {
    what: "List of assistants",
    detail:
      "For each assistant: its name, its domain, the address to which its access was sent, the browser in which you allowed it, what it may read, and when it was first and last used. For each access token also its expiry date and a hash (a code that does not reveal the token).",
    until: "until 30 days after you revoke the assistant, or until 30 days after the access token expires",
  },
  {
    what: "Access of assistants",
    detail:
      "Hashes (codes that do not reveal the original) of the tokens with which assistants read your data, and the permissions you gave.",
    until: "until you revoke the access, or until 180 days after its last use",
  },
  {
    what: "Activity",
    detail:
      "For each of the last 100 times that an assistant used a tool: the time, the assistant, the tool and how it ended. The answers are never kept.",
    until: "for 30 days",
  },
  {
    what: "Signed-in browsers",
    detail: "For each browser in which you are signed in: a name such as Chrome on macOS, and when you last used it.",
    until: "for 30 days",
  },
  {
    what: "Time zone and last question",
    detail:
      "The time zone (UTC offset) of your newest Ōura record, so that “today” means the day where you are. Also when data was last read from Ōura, and whether the last question was answered.",
    until: "until you delete the account",
  },
];

const elsewhere: readonly Kept[] = [
  {
    what: "Your registration",
    detail:
      "Whether your account may connect a ring or waits in the queue for that. Also a keyed hash (a code that does not reveal the original) of your Ōura user id, so that one Ōura account is connected to only one account of this service.",
    until: "until you delete the account",
  },
  {
    what: "Access given in the first version of this service (0.1.0)",
    detail:
      "Hashes (codes that do not reveal the original) of the assistants' tokens, the permissions you gave, and your account's random number.",
    until: "until you revoke the access, or until 180 days after this service stopped using that version",
  },
  {
    what: "Today's registrations",
    detail:
      "A hash (a code that does not reveal the original) of each network from which somebody created an account, registered a ring, or registered an assistant's program. The hash uses a key that changes every day.",
    until: "until somebody registers on a later day",
  },
  {
    what: "Programs that asked for access",
    detail:
      "The name of an assistant's program, and the address to which the browser returns after you press Allow. Neither is linked to any person.",
    until: "until 90 days after the last use",
  },
  {
    what: "Logs",
    detail:
      "Which tool ran, how long it took and how it ended, and a reference code if something failed. Logs hold no health data and no tokens.",
    until: "for at most 7 days, at Cloudflare",
  },
];

/** Update this page whenever the code changes what is stored. */
export function PrivacyPage({ site }: { site: SiteConfig }) {
  return (
    <div class="doc">
      <h1>Privacy</h1>
      <p>
        {site.serviceName} is operated by {site.operatorName ?? "a person or company that has not given a name"}
        {site.operatorContact ? `, reachable at ${site.operatorContact}` : ""}. It runs on the servers of the company
        Cloudflare.
      </p>
      <h2>Your health data</h2>
      <p>
        <strong>Your health data is not kept.</strong> When an assistant that you allowed asks, this service reads the
        data from Ōura and passes it to that assistant. The data is held in memory for at most {heldFor}. This service
        never stores or logs the data, and never uses it for anything else. The assistant's maker handles the data under
        its own terms.
      </p>
      <h2>What is kept in your account</h2>
      <p>
        Your account is stored separately from all other accounts. A random number identifies your account. Your account
        holds no name and no e-mail address.
      </p>
      <KeptList rows={inYourAccount} />
      <h2>What is kept outside your account</h2>
      <KeptList rows={elsewhere} />
      <h2>Cookies</h2>
      <p>
        One cookie keeps you signed in for 30 days. Another cookie is needed while you sign in, and lasts 5 minutes. A
        third cookie is needed while you connect Ōura, and lasts 10 minutes. All cookies are encrypted or signed, and
        are sent to this service only. These pages contain no visitor statistics and nothing from other companies.
      </p>
      <h2>Who can read your data</h2>
      <p>
        The page “Your MCP server” shows you what is kept about you. Assistants read only the data that you ticked. The
        operator sees how many accounts there are. No page and no command shows the operator what is in an account.
        However, the operator holds the keys with which Ōura's tokens can be decrypted. Whoever has these tokens can
        read your data at Ōura. So you have to trust the operator.
      </p>
      <p>
        This service limits how many requests one network address can send. For this, it counts the requests of each
        address for about a minute. After this minute, both the address and the count are forgotten. Neither is stored.
      </p>
      <h2>When your data is deleted</h2>
      <p>
        When you disconnect, Ōura's tokens are deleted at once. This service can then no longer read your data at Ōura.
        When you delete your account, your registration and everything in your account are deleted at once. There is one
        exception: if you gave an assistant access in the first version of this service (0.1.0), this access is deleted
        at most 24 hours later. Today's registrations, the programs that asked for access and the logs do not name your
        account. They are deleted at the times that this page gives.
      </p>
      <p>
        If you do not use your account for 180 days, Ōura's tokens in your account are deleted, so your ring is no
        longer connected. You can connect the ring again, but you may have to wait in the queue first.
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
