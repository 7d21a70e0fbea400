/** Create account and sign in, on one page: whoever an assistant sends here may be either. */
interface SignInPageProps {
  next: string;
  /** Which half comes first. */
  first: "create" | "sign_in";
  /** Set when an assistant waits for the outcome. */
  waiting: boolean;
  /** What went wrong with the last attempt. */
  problem: string | undefined;
}

export function SignInPage({ next, first, waiting, problem }: SignInPageProps) {
  const halves = [<CreateAccount next={next} />, <SignIn next={next} />];
  return (
    <>
      <h1>{first === "create" ? "Create account" : "Sign in"}</h1>
      {waiting ? <p>Your assistant is waiting. First, tell us who you are; then you choose what it may read.</p> : null}
      <p>No e-mail. Your device is the key.</p>
      <p id="passkey-notice" role="alert">
        {problem}
      </p>
      <noscript>
        <p class="warning">Passkeys need JavaScript. Without it, use an account key.</p>
      </noscript>
      {first === "create" ? halves : halves.toReversed()}
    </>
  );
}

function CreateAccount({ next }: { next: string }) {
  return (
    <section class="card" aria-labelledby="create-heading">
      <h2 id="create-heading">New here</h2>
      <form
        method="post"
        action="/create-account/options"
        data-passkey="create"
        data-verify="/create-account/passkey"
        data-next={next}
      >
        <button type="submit">Create a passkey</button>
      </form>
      <form method="post" action="/create-account/key">
        <input type="hidden" name="next" value={next} />
        <button type="submit" class="plain">
          Use an account key instead
        </button>
      </form>
    </section>
  );
}

function SignIn({ next }: { next: string }) {
  return (
    <section class="card" aria-labelledby="sign-in-heading">
      <h2 id="sign-in-heading">I have an account</h2>
      <form method="post" action="/sign-in/options" data-passkey="get" data-verify="/sign-in/passkey" data-next={next}>
        <button type="submit">Sign in with a passkey</button>
      </form>
      <form method="post" action="/sign-in/key" class="block">
        <input type="hidden" name="next" value={next} />
        <p>
          <label for="account-key">Account key</label>
          <input id="account-key" name="key" type="text" autocomplete="off" spellcheck={false} required />
        </p>
        <button type="submit" class="plain">
          Sign in with the account key
        </button>
      </form>
    </section>
  );
}

/** Shown once: the key is kept as a hash only. */
export function AccountKeyPage({ accountKey, next }: { accountKey: string; next: string }) {
  return (
    <>
      <h1>Your account key</h1>
      <p>
        Write it down or keep it in a password manager. It is the way into your account, it is shown only now, and
        nobody can find it again for you.
      </p>
      <code class="key" id="shown-account-key">
        {accountKey}
      </code>
      <p class="quiet">Upper and lower case, spaces and dashes do not matter when you type it.</p>
      <p>
        <a class="button" href={next}>
          I have kept it
        </a>
      </p>
    </>
  );
}
