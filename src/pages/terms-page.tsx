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
        {serviceName} passes data from Ōura's API to the assistants you allow, and computes plain statistics from it.{" "}
        {serviceName} is not affiliated with Ōura. Ōura's own terms apply to your ring, your membership and your data at
        Ōura.
      </p>
      <h2>What it is not</h2>
      <p>
        {serviceName} is not a medical device. It gives no diagnosis and no medical advice, and an assistant may misread
        or misstate the data. Ask a doctor or another professional before you act on a figure.
      </p>
      <h2>Your part</h2>
      <p>
        Connect only your own Ōura account. Keep your passkeys and your account key to yourself. Do not overload the
        service, and do not try to get at other people's data. What an assistant's maker does with an answer is between
        you and that maker.
      </p>
      <h2>Places and ending</h2>
      <p>
        Ōura limits how many people a new app may serve, so every connected ring needs a place. Free places are offered
        to invited people first, and then in the order in which people asked. You have half an hour to use an offer.
        After that, others may connect before you. If you do not use your place for 180 days, you lose it. You can
        delete your account at any time. The operator may end the service or an account's place.
      </p>
      <h2>Warranty</h2>
      <p>The service comes as it is, without warranty of any kind.</p>
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
