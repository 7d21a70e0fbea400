import { buttonWords } from "../web/button-words.ts";
import { Icon } from "../web/icon.tsx";
import { Note } from "../web/note.tsx";
import { WalkSteps } from "../web/walk-steps.tsx";
import { AccountKeyForm, PasskeyForm, PasskeysNeedScript } from "./sign-in-forms.tsx";

/**
 * The same page creates accounts and signs people in, because an assistant sends new and existing users to one address.
 */
interface SignInPageProps {
  next: string;
  first: "create" | "sign_in";
  /** Whether the person came from an assistant, which waits for the sign-in. */
  waiting: boolean;
  problem: string | undefined;
  /**
   * The encrypted id for the new account. If the form is sent twice, both requests have the same id, so only one
   * account is created.
   */
  ticket: string;
}

export function SignInPage({ next, first, waiting, problem, ticket }: SignInPageProps) {
  const halves = [<CreateAccount next={next} ticket={ticket} />, <SignIn next={next} />];
  return (
    <>
      {waiting ? <WalkSteps current="Account" /> : null}
      <div class="flow">
        <h1>{first === "create" ? buttonWords.createAccount : buttonWords.signIn}</h1>
        <p class="quiet">
          {waiting
            ? "Your assistant is waiting. First sign in or create an account. Then you choose what the assistant may read."
            : "You need no e-mail address, no password and no name. You sign in with a passkey, or with an account key, which is a long code that you keep."}
        </p>
        <Note tone="problem" role="alert" id="passkey-notice">
          {problem}
        </Note>
        <PasskeysNeedScript />
        {first === "create" ? halves : halves.toReversed()}
      </div>
    </>
  );
}

function CreateAccount({ next, ticket }: { next: string; ticket: string }) {
  return (
    <section class="card" aria-labelledby="create-heading">
      <div class="body flow">
        <div class="head">
          <span class="tile">
            <Icon name="plus" />
          </span>
          <div class="title">
            <h2 id="create-heading">I have no account yet</h2>
            <p class="quiet small">A passkey lets you sign in with your fingerprint, your face or your screen lock.</p>
          </div>
        </div>
        <form
          method="post"
          action="/create-account/options"
          data-passkey="create"
          data-verify="/create-account/passkey"
          data-next={next}
        >
          <button type="submit" class="wide">
            <Icon name="passkey" />
            {buttonWords.createPasskey}
          </button>
        </form>
        <form method="post" action="/create-account/key">
          <input type="hidden" name="next" value={next} />
          <input type="hidden" name="ticket" value={ticket} />
          <button type="submit" class="plain wide">
            <Icon name="key" />
            {buttonWords.useAccountKey}
          </button>
        </form>
      </div>
    </section>
  );
}

function SignIn({ next }: { next: string }) {
  return (
    <section class="card" aria-labelledby="sign-in-heading">
      <div class="body flow">
        <div class="head">
          <span class="tile">
            <Icon name="person" />
          </span>
          <div class="title">
            <h2 id="sign-in-heading">I have an account</h2>
            <p class="quiet small">Sign in with your passkey or your account key.</p>
          </div>
        </div>
        <PasskeyForm action="/sign-in/options" next={next} words={buttonWords.signInWithPasskey} />
      </div>
      <AccountKeyForm action="/sign-in/key" next={next} words={buttonWords.signInWithKey} />
    </section>
  );
}
