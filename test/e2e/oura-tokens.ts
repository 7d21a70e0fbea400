import { z } from "zod";

/** Access tokens that the simulated Oura currently accepts. */
export async function acceptedTokens(origin: string): Promise<string[]> {
  const oura = `${origin}/sandbox/oura/v2/usercollection/personal_info`;
  const reply = await fetch(`${origin}/sandbox/control/tokens`);
  const { tokens } = z.object({ tokens: z.array(z.string()) }).parse(await reply.json());
  const accepted = await Promise.all(
    tokens.map(async (token) => (await fetch(oura, { headers: { authorization: `Bearer ${token}` } })).ok),
  );
  return tokens.filter((_, index) => accepted[index]);
}
