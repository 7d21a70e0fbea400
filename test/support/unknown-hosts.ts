/** Requested hosts that the test's network does not know; reading clears the list. */
export async function takeUnknownHosts(): Promise<string[]> {
  return (await fetch("https://strangers.test/")).json();
}
