import type { Child } from "hono/jsx";
import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";
import { Icon } from "../../web/icon.tsx";
import { WalkSteps } from "../../web/walk-steps.tsx";

const heading = "Register Ōura Ring";

/** The dialog on the panel that asks the person to confirm the registration. */
export function RegisterDialog() {
  return (
    <dialog id="register-dialog" aria-labelledby="register-dialog-heading">
      <div class="roomy flow">
        <div class="head">
          <span class="tile">
            <Icon name="ring" />
          </span>
          <h2 id="register-dialog-heading">{heading}</h2>
        </div>
        <RegisterWords />
        <RegisterForm next="/panel">
          <div class="buttons">
            <RegisterButtons />
          </div>
        </RegisterForm>
      </div>
    </dialog>
  );
}

/**
 * The page that asks the person to confirm the registration. It replaces the dialog in browsers without scripts, for a
 * person with an invitation, and while an assistant waits.
 */
export function RegisterPage({ next, invitation }: { next: string; invitation: Invitation | null }) {
  return (
    <>
      {next.startsWith("/authorize") ? <WalkSteps current="Register" /> : null}
      <Decision icon="ring" heading={heading}>
        {invitation ? <InvitationWords {...invitation} /> : null}
        {invitation?.isValid ? null : <RegisterWords />}
        <RegisterForm next={next} invitation={invitation?.secret}>
          <Choices>
            <RegisterButtons />
          </Choices>
        </RegisterForm>
      </Decision>
    </>
  );
}

export interface Invitation {
  secret: string;
  /** Whether this server issued the invitation and it is neither used nor expired. */
  isValid: boolean;
}

function InvitationWords({ isValid }: Invitation) {
  return isValid ? (
    <>
      <p>
        <strong>Your invitation is accepted.</strong> Press {buttonWords.register} to get a place. Then you connect your
        ring. If every place is taken now, you get a place when one is free and it is your turn.
      </p>
      <p class="quiet">Nothing is read or connected yet.</p>
    </>
  ) : (
    <p>
      <strong>This invitation is no longer valid.</strong> It was used, is older than 30 days, or its link is
      incomplete. Ask the sender for a new one, or register without an invitation.
    </p>
  );
}

function RegisterWords() {
  return (
    <>
      <p>
        You ask for a place for your ring. Ōura limits how many people a new app may serve, so you may have to wait.
        Your panel and your assistant show how many are before you.
      </p>
      <p class="quiet">Nothing is read or connected yet.</p>
    </>
  );
}

function RegisterForm({
  next,
  invitation,
  children,
}: {
  next: string;
  invitation?: string | undefined;
  children: Child;
}) {
  return (
    <form method="post" action="/register">
      <input type="hidden" name="next" value={next} />
      {invitation ? <input type="hidden" name="invitation" value={invitation} /> : null}
      {children}
    </form>
  );
}

function RegisterButtons() {
  return (
    <>
      <button type="submit">{buttonWords.register}</button>
      <button type="submit" name="decision" value="cancel" class="plain" data-cancel>
        {buttonWords.cancel}
      </button>
    </>
  );
}
