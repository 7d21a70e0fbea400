import type { SiteConfig } from "../config.ts";

export function TermsPage({ site }: { site: SiteConfig }) {
  const { serviceName, operatorName, operatorContact, sourceUrl } = site;
  return (
    <div class="doc">
      <h1>Terms</h1>
      <p>
        {serviceName} is operated by {operatorName ?? "a person or company that has not given a name"}
        {operatorContact ? `, reachable at ${operatorContact}` : ""}.
      </p>
      <h2>What this service is</h2>
      <p>
        {serviceName} reads your data from Ōura, computes plain statistics from it, and passes both to the assistants
        that you allow. {serviceName} is not affiliated with Ōura. Ōura's own terms apply to your ring, your membership
        and your data at Ōura.
      </p>
      <h2>What this service is not</h2>
      <p>
        {serviceName} is not a medical device. It gives no diagnosis and no medical advice, and an assistant may misread
        or misstate the data. Ask a doctor or another professional before you make a decision about your health.
      </p>
      <h2>Your part</h2>
      <p>
        Connect only your own Ōura account. Keep your passkeys and your account key to yourself. Do not overload this
        service, and do not try to read other people's data. The company or person that makes an assistant decides,
        under its own terms, what happens to the answers that the assistant gets.
      </p>
      <h2>Limited number of rings, and end of use</h2>
      <p>
        Ōura limits how many people may use a new service, so only a limited number of rings can be connected. A queue
        decides who may connect a ring next: invited people come first, and then people in the order in which they
        registered. When it is your turn, you have half an hour to connect. If you do not connect in this time, the next
        person in the queue may also connect. You can still connect later, if there is room for another ring. If you do
        not use your account for 180 days, your ring is disconnected. You can delete your account at any time. The
        operator may end this service, or your use of it.
      </p>
      <h2>Warranty</h2>
      <p>This service is provided as it is, without warranty of any kind.</p>
      {sourceUrl === null ? null : (
        <>
          <h2>Source</h2>
          <p>
            The software of this service is open source under the MIT licence, at <a href={sourceUrl}>{sourceUrl}</a>.
          </p>
        </>
      )}
    </div>
  );
}
