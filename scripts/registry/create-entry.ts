import { z } from "zod";

const address = z
  .string()
  .transform((text) => URL.parse(text))
  .pipe(z.instanceof(URL, { error: "that is no address; write one like https://ring.example.org" }))
  .refine(({ protocol }) => protocol === "https:", "the registry takes only https addresses")
  // The last label begins with a letter: not an IP address, and not a host name without a domain.
  .refine(
    ({ hostname }) => /\.[a-z][a-z0-9-]*$/.test(hostname) && !/\.(localhost|local|internal)$/.test(hostname),
    "the registry takes only servers everybody can reach by a public host name",
  );

/** The requirements of the registry's schema of 2025-12-11 for a remote server. */
const entry = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/, "a name looks like org.example/ringbridge"),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z.string().min(1).max(255),
  remotes: z.array(z.object({ type: z.literal("streamable-http"), url: z.url({ protocol: /^https$/ }) })).length(1),
});

interface Deployment {
  address: string;
  /** Null for the host's labels in reverse order; the registry requires proof of the domain for such a name. */
  name: string | null;
  description: string;
  version: string;
}

/** Creates the registry's `server.json` for a deployment. Throws a ZodError if the registry would refuse it. */
export function createEntry({ address: text, name, description, version }: Deployment) {
  const { host, hostname } = address.parse(text);
  return entry.parse({
    $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    name: name ?? `${hostname.split(".").reverse().join(".")}/ringbridge`,
    title: "Ringbridge",
    description,
    version,
    remotes: [{ type: "streamable-http", url: `https://${host}/mcp` }],
  });
}
