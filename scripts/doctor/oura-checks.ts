import { broken, type Check, type Finding, fine, warning } from "./check.ts";

/** Ōura from here, without a token: whether it answers at all. Only your own Ōura app can show more. */
export function ouraChecks(apiUrl: string): readonly Check[] {
  return [{ name: "Ōura's API", run: () => knock(apiUrl) }];
}

async function knock(apiUrl: string): Promise<Finding> {
  const address = `${apiUrl}/v2/usercollection/personal_info`;
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) }).catch(() => null);
  await response?.body?.cancel();
  if (response === null)
    return warning(
      "does not answer this computer",
      "It may still answer the server. Look at https://status.ouraring.com.",
    );
  if (response.status >= 500)
    return broken(`answers ${response.status}`, "Ōura has trouble. Nothing to do but wait; connections survive it.");
  return response.status === 401 || response.status === 400
    ? fine("answers, and wants a token")
    : warning(`answers ${response.status} without a token`, "Check OURA_API_URL.");
}
