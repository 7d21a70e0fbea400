import { NEW_WORD, SURPRISES, type Surprise } from "../../sandbox/control/schema-surprises.ts";
import { allScopes } from "../../sandbox/scopes.ts";
import type { Failure } from "../../src/errors.ts";

export interface FaultCase {
  name: string;
  group: string;
  /** The faults in the form of the simulator's control API, without person and route. */
  faults: readonly { kind: string; [setting: string]: unknown }[];
  /** Failures the tool may answer with. Empty: only the right answer is accepted. */
  failures: readonly Failure["kind"][];
  /** Takes tens of seconds per question, so fewer questions are asked. */
  slow?: true;
  /** Oura reports values as absent, so figures over many days may be based on fewer days. */
  emptiesValues?: true;
  /** Sleep records have no end yet: what they hold may be missing, but no figure of a day may be another one. */
  unfinished?: true;
  /** Sleep records lie within others: every figure is the same, and a sentence counts the records left out. */
  covered?: true;
  /** Oura's enum words may be replaced by an unknown word. */
  renames?: true;
}

const unavailable = ["oura_unavailable"] as const;
const malformed = ["oura_malformed"] as const;
/** Surprises after which everything can still be read. After the last two, every answer is the same as before. */
const harmless: readonly Surprise[] = ["new_fields", "future_record", "unfinished", "overlapping", "repeated"];
const page = "<!doctype html><html><title>Maintenance</title><p>Back soon.</p></html>";

export const faultCases: readonly FaultCase[] = [
  one("latency 0.2 s", "latency", { kind: "latency", ms: 200 }, []),
  slow("latency 2 s", "latency", { kind: "latency", ms: 2_000 }, ["oura_timeout"]),
  slow("latency 8 s", "latency", { kind: "latency", ms: 8_000 }, ["oura_timeout"]),
  slow("latency 20 s", "latency", { kind: "latency", ms: 20_000 }, ["oura_timeout"]),
  slow("timeout", "timeout", { kind: "timeout" }, ["oura_timeout"]),
  slow("stops halfway", "timeout", { kind: "stalled" }, ["oura_timeout", "oura_unavailable"]),
  one("reset once", "connection reset", { kind: "reset", when: "before", times: 1 }, []),
  one("reset before the answer", "connection reset", { kind: "reset", when: "before" }, unavailable),
  one("reset halfway once", "connection reset", { kind: "reset", when: "midway", times: 1 }, []),
  one("reset halfway", "connection reset", { kind: "reset", when: "midway" }, unavailable),
  ...[500, 502, 503, 504].map((status) => one(`${status}`, "5xx", { kind: "server_error", status }, unavailable)),
  one("503 once", "5xx", { kind: "server_error", status: 503, times: 1 }, []),
  ...(["token", "application"] as const).flatMap((tier) => [
    one(`429 of the ${tier}, 1 s, once`, "429", { kind: "rate_limited", tier, retryAfter: 1, times: 1 }, []),
    one(`429 of the ${tier}, 60 s`, "429", { kind: "rate_limited", tier, retryAfter: 60 }, ["oura_rate_limited"]),
    one(`429 of the ${tier}, no time`, "429", { kind: "rate_limited", tier, retryAfter: null }, ["oura_rate_limited"]),
  ]),
  one("truncated JSON", "malformed JSON", { kind: "malformed" }, malformed),
  ...["", "[]", "null", "{}", '"ok"', '{"data":null}', '{"data":{}}', '{"data":[1,null,"x",[]]}'].map((body) =>
    one(body === "" ? "empty body" : body, "malformed JSON", { kind: "wrong_body", body }, malformed),
  ),
  one("a page", "HTML", { kind: "html" }, malformed),
  one("a page called JSON", "HTML", { kind: "wrong_body", body: page }, malformed),
  ...["text/plain", "text/html; charset=utf-8", "application/octet-stream"].map((contentType) =>
    one(`JSON called ${contentType}`, "wrong content type", { kind: "wrong_body", body: null, contentType }, []),
  ),
  ...SURPRISES.map((surprise) =>
    surprised(
      surprise.replaceAll("_", " "),
      { kind: "surprise", surprise },
      harmless.includes(surprise) ? [] : malformed,
    ),
  ),
  ...(["new_words", "missing_fields", "nulls", "numbers_as_strings", "no_dates", "unfinished"] as const).flatMap(
    (surprise) =>
      [0.1, 0.5].map((share) =>
        surprised(
          `${surprise.replaceAll("_", " ")} in ${share * 100} %`,
          { kind: "surprise", surprise, share, seed: Math.round(share * 10) },
          harmless.includes(surprise) ? [] : malformed,
        ),
      ),
  ),
  one("the same next_token for ever", "next_token", { kind: "endless_pages", token: "same" }, malformed),
  one("ever new next_tokens", "next_token", { kind: "endless_pages", token: "new" }, [
    ...malformed,
    "call_budget_spent",
    "oura_timeout",
  ]),
  one("100,000 rows", "100,000 rows", { kind: "many_rows" }, [...malformed, "oura_timeout"]),
  one("lapsed membership", "lapsed membership", { kind: "lapsed_membership" }, ["membership_lapsed"]),
  one("narrowed scopes", "narrowed scopes", { kind: "narrowed_scopes", scopes: allScopes() }, ["not_granted_by_oura"]),
  one("revoked grant", "revoked grant", { kind: "revoked_grant", times: 1 }, ["needs_reconnect"]),
];

/** The unknown word that an answer may show under that fault. */
export const unknownWord = NEW_WORD;

function one(
  name: string,
  group: string,
  fault: FaultCase["faults"][number],
  failures: FaultCase["failures"],
): FaultCase {
  return { name, group, faults: [fault], failures };
}

function surprised(name: string, fault: FaultCase["faults"][number], failures: FaultCase["failures"]): FaultCase {
  const empties = ["nulls", "missing_fields", "unfinished"].includes(String(fault.surprise));
  return {
    ...one(name, "schema surprise", fault, failures),
    ...(empties ? { emptiesValues: true } : {}),
    ...(fault.surprise === "unfinished" ? { unfinished: true } : {}),
    ...(fault.surprise === "overlapping" || fault.surprise === "repeated" ? { covered: true } : {}),
    ...(fault.surprise === "new_words" ? { renames: true } : {}),
  };
}

function slow(...parameters: Parameters<typeof one>): FaultCase {
  return { ...one(...parameters), slow: true };
}
