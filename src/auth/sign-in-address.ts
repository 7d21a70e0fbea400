import type { AppContext } from "../web/app.ts";

export function signInAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/**
 * The address of the confirm page, on which a person signs in again. A route redirects to this address when the last
 * sign-in is too long ago for the request. The address contains the page that opens afterwards: the requested page or,
 * for a request that submitted a form, the person's own page, where the person can press the button again.
 */
export function confirmAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  const isPage = ["/authorize", "/delete-account", "/access-token"].includes(pathname);
  const next = isPage ? `${pathname}${search}` : "/panel?message=confirmed";
  return `/confirm?next=${encodeURIComponent(next)}`;
}
