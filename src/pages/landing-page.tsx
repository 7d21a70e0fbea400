/** What it does, what it never does, and the two ways in. */
export function LandingPage() {
  return (
    <>
      <h1>Ask your assistant about your Ōura Ring</h1>
      <p>
        Add one address to Claude, ChatGPT, Cursor or VS Code, allow what it may read, and ask in your own words, in
        your own language.
      </p>
      <p>
        <a class="button" href="/create-account">
          Create account
        </a>
        <a class="button plain" href="/sign-in">
          Sign in
        </a>
      </p>
      <p class="quiet">No e-mail. Your device is the key.</p>
      <figure class="card">
        <blockquote>
          <p>
            <strong>How did I sleep last night?</strong>
          </p>
        </blockquote>
        <p>
          You slept 7 h 33 min of 9 h 3 min in bed, from 22:05 to 07:08. Deep sleep was 1 h 10 min and REM 1 h 56 min,
          above your usual 48 min to 1 h 35 min. Your lowest heart rate was 55 bpm, and you went to bed earlier than
          usual.
        </p>
        <figcaption class="quiet">An answer from the data of a synthetic person.</figcaption>
      </figure>
      <h2>What it does</h2>
      <ul>
        <li>Answers about sleep, readiness, activity, heart rate, stress, blood oxygen and more, on your own days.</li>
        <li>Says what is usual for you, what develops, and which days were unusual, with how sure that is.</li>
        <li>Lets you choose for each assistant what it may read, and take it back at any time.</li>
      </ul>
      <h2>What it never does</h2>
      <ul>
        <li>Store your health data. It is fetched when an assistant asks and forgotten within a minute.</li>
        <li>Change anything at Ōura. It only reads.</li>
        <li>Diagnose. It tells figures, and what is missing.</li>
      </ul>
    </>
  );
}
