import { buttonWords } from "../web/button-words.ts";
import { heldFor } from "../web/held-for.ts";
import { Icon, type IconName } from "../web/icon.tsx";
import { night } from "./landing-night.ts";
import { NightChart } from "./night-chart.tsx";

const does: readonly { icon: IconName; heading: string; words: string }[] = [
  {
    icon: "moon",
    heading: "Answers about your own days",
    words:
      "Ask about your sleep, readiness, activity, heart rate, stress, blood oxygen and more, in your own words and language.",
  },
  {
    icon: "trend",
    heading: "It knows what is usual for you",
    words:
      "Find trends and unusual days, and learn how certain they are. Some assistants also show them in charts. Missing data is never made up.",
  },
  {
    icon: "sliders",
    heading: "You decide for each assistant",
    words:
      "Let one assistant read your sleep and another your workouts. See when each assistant read your data, and end its access at any time.",
  },
];

const never = [
  ["It never stores your health data.", `It fetches the data when an assistant asks and forgets it within ${heldFor}.`],
  ["It never changes anything at Ōura.", "It only reads your data."],
  ["It never asks who you are.", "Your account has no e-mail address, no name and no password."],
  ["It never gives a diagnosis.", "It reports numbers and says which data is missing."],
] as const;

const steps = [
  ["Create an account", "with a passkey: your fingerprint, face or screen lock. It takes one press."],
  ["Connect your ring", "on Ōura's own page, where you choose what it shares."],
  [
    "Ask",
    "in Claude, ChatGPT, Cursor or VS Code, after you have copied the address of your MCP server into its settings.",
  ],
] as const;

export function LandingPage({ sourceUrl }: { sourceUrl: string | null }) {
  return (
    <>
      <div class="hero">
        <div class="flow">
          <h1>Ask your assistant about your Ōura Ring</h1>
          <p class="lead">
            Let an assistant such as Claude, ChatGPT, Cursor or VS Code read your ring. You choose what it may read.
            Then ask about your sleep, in your own words.
          </p>
          <div class="buttons">
            <a class="button" href="/create-account">
              {buttonWords.createAccount}
            </a>
            <a class="button plain" href="/sign-in">
              {buttonWords.signIn}
            </a>
          </div>
          <p class="quiet small">You need no e-mail address and no password. You sign in with a passkey.</p>
        </div>
        <SampleAnswer />
      </div>
      <section class="band" aria-labelledby="does-heading">
        <h2 class="display" id="does-heading">
          What it does
        </h2>
        <div class="tiles three">
          {does.map(({ icon, heading, words }) => (
            <div class="card">
              <div class="body">
                <span class="tile">
                  <Icon name={icon} />
                </span>
                <h3>{heading}</h3>
                <p class="quiet">{words}</p>
              </div>
            </div>
          ))}
        </div>
      </section>
      <section class="band" aria-labelledby="never-heading">
        <h2 class="display" id="never-heading">
          What it never does
        </h2>
        <ul class="never two">
          {never.map(([what, words]) => (
            <li>
              <Icon name="cross" />
              <p>
                <strong>{what}</strong> <span class="quiet">{words}</span>
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section class="band" aria-labelledby="start-heading">
        <h2 class="display" id="start-heading">
          Three steps
        </h2>
        <ol class="never three">
          {steps.map(([what, words], index) => (
            <li>
              <span class="tile" aria-hidden="true">
                {index + 1}
              </span>
              <p>
                <strong>{what}</strong> <span class="quiet">{words}</span>
              </p>
            </li>
          ))}
        </ol>
      </section>
      <p class="band quiet">
        <a href="/privacy">Read what this service keeps about you</a>.
        {sourceUrl === null ? null : (
          <>
            {" "}
            The <a href={sourceUrl}>source code</a> is open, under the MIT licence.
          </>
        )}
      </p>
    </>
  );
}

function SampleAnswer() {
  return (
    <figure class="card chat">
      <p class="asked">{night.question}</p>
      <p class="source">
        <Icon name="ring" />
        Read with <code>{night.tool}</code>
      </p>
      <div class="flow">
        {night.answer.map((sentence) => (
          <p>{sentence}</p>
        ))}
      </div>
      <NightChart />
      <figcaption class="quiet small">This is a real answer of this service about a simulated person.</figcaption>
    </figure>
  );
}
