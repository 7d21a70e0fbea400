import { broken, type Check, type Finding, fine, warning } from "./check.ts";

/** Checks whether Ōura's API answers this computer, without a token. */
export function ouraChecks(apiUrl: string): readonly Check[] {
  return [{ name: "Ōura's API", run: () => checkReachable(apiUrl) }];
}

async function checkReachable(apiUrl: string): Promise<Finding> {
  const address = `${apiUrl}/v2/usercollection/personal_info`;
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) }).catch(() => null);
  await response?.body?.cancel();
  if (response === null)
    return warning("does not answer this computer", "It may still answer the server. See https://status.ouraring.com.");
  if (response.status >= 500)
    return broken(`answers ${response.status}`, "Ōura has an outage. Wait: connections are not lost.");
  return response.status === 401 || response.status === 400
    ? fine("answers, and wants a token")
    : warning(`answers ${response.status} without a token`, "Check OURA_API_URL.");
}
