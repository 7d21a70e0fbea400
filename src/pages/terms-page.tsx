import type { SiteConfig } from "../config.ts";

export function TermsPage({ site }: { site: SiteConfig }) {
  const { serviceName, operatorName, operatorContact, sourceUrl } = site;
  return (
    <div class="doc">
      <h1>Terms</h1>
      <p>
        {serviceName} is operated by {operatorName ?? "an operator who has not given a name"}
        {operatorContact ? `, reachable at ${operatorContact}` : ""}.
      </p>
      <h2>What it is</h2>
      <p>
        {serviceName} passes data from Ōura's API to the assistants you allow, and computes plain statistics from it. It
        is not affiliated with Ōura. Ōura's own terms apply to your ring, your membership and your data there.
      </p>
      <h2>What it is not</h2>
      <p>
        It is not a medical device. It gives no diagnosis and no medical advice, and an assistant may misread or
        misstate the data. Ask a professional before you act on a figure.
      </p>
      <h2>Your part</h2>
      <p>
        Connect your own Ōura account only, keep your passkeys and account key to yourself, and do not overload or probe
        the service for other people's data. What an assistant's maker does with an answer is between you and them.
      </p>
      <h2>Places and ending</h2>
      <p>
        Ōura limits how many people a new app may serve. Free places are offered in order of asking, to invited people
        first; an offer waits half an hour for you to connect, then others may connect before you. A place unused for
        180 days is freed. You can delete your account at any time. The operator may end the service or an account's
        place.
      </p>
      <h2>Warranty</h2>
      <p>It comes as it is, without warranty of any kind.</p>
      {sourceUrl === null ? null : (
        <>
          <h2>Source</h2>
          <p>
            The software is open source under the MIT licence, at <a href={sourceUrl}>{sourceUrl}</a>.
          </p>
        </>
      )}
    </div>
  );
}
