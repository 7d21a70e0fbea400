import type { Child } from "hono/jsx";
import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";
import { Icon } from "../../web/icon.tsx";
import { WalkSteps } from "../../web/walk-steps.tsx";

const heading = "Register Ōura Ring";

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
 * Most people register in {@link RegisterDialog}. This page replaces the dialog in a browser without scripts, for a
 * person with an invitation, and while an assistant waits for its authorization.
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
        <strong>Your invitation is accepted.</strong> Press {buttonWords.register}. If there is still room for another
        ring, you can then connect your ring at once. If there is no room, you wait until it is your turn.
      </p>
      <p class="quiet">Registering does not connect your ring yet, and no data is read.</p>
    </>
  ) : (
    <p>
      <strong>This invitation is no longer valid.</strong> It was already used, it is older than 30 days, or its link is
      incomplete. Ask the person who sent it for a new invitation, or register without an invitation.
    </p>
  );
}

function RegisterWords() {
  return (
    <>
      <p>
        With this step you ask to connect your Ōura Ring to this service. Ōura limits how many people may use a new
        service, so you may have to wait. While you wait, the page “Your MCP server” and your assistant show how many
        people are before you.
      </p>
      <p class="quiet">Registering does not connect your ring yet, and no data is read.</p>
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
