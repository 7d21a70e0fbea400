import * as z from "zod";
import type { AssistantStore } from "../grants/assistants.ts";
import { viewMimeType } from "./view-resource.ts";

/**
 * The name of the MCP Apps extension. A host that declares this extension can draw views (pages with pictures). A
 * server that declares it offers views.
 */
export const uiExtension = "io.modelcontextprotocol/ui";

/**
 * VS Code (microsoft/vscode#291432) and ChatGPT draw views (MCP Apps pages with pictures) but do not declare that they
 * can. They are recognised by their client names, which begin with these texts.
 */
const drawUndeclared = ["Visual Studio Code", "openai-mcp"];

const capabilities = z.looseObject({
  extensions: z
    .looseObject({ [uiExtension]: z.looseObject({ mimeTypes: z.array(z.string()).optional() }).optional() })
    .optional(),
});
const implementation = z.looseObject({ name: z.string() });

/**
 * In the MCP protocol versions of 2025, a client declares its capabilities once, in the message that starts the
 * session.
 */
const initialize = z.looseObject({
  method: z.literal("initialize"),
  params: z.looseObject({ capabilities, clientInfo: implementation.optional() }),
});

/** In the MCP protocol version of 2026, a client declares its capabilities in every request. */
const modern = z.looseObject({
  params: z.looseObject({
    _meta: z.looseObject({
      "io.modelcontextprotocol/clientCapabilities": capabilities,
      "io.modelcontextprotocol/clientInfo": implementation.optional(),
    }),
  }),
});

/**
 * Whether the host draws views (MCP Apps pages with pictures). A host declares this in each request, or once at the
 * start of its session. If both declarations exist, the one in this request counts. If neither exists, answers contain
 * no picture. The picture would be wasted on such a host, and it can be larger than the rest of the answer.
 */
export function hostDraws(assistants: AssistantStore, body: unknown, assistantId: string): boolean {
  const declared = readDrawing(body);
  if (declared?.isForSession) assistants.noteDrawing(assistantId, declared.draws);
  return declared?.draws ?? assistants.find(assistantId)?.draws ?? false;
}

/**
 * Null when the message does not say whether its sender draws views (MCP Apps pages with pictures). `isForSession` is
 * true if the message starts a session. The declaration then also counts for every later request of the session.
 */
function readDrawing(body: unknown): { draws: boolean; isForSession: boolean } | null {
  const first = initialize.safeParse(body);
  if (first.success) {
    const { capabilities: declared, clientInfo } = first.data.params;
    return { draws: draws(declared, clientInfo?.name), isForSession: true };
  }
  const each = modern.safeParse(body);
  if (!each.success) return null;
  const meta = each.data.params._meta;
  const name = meta["io.modelcontextprotocol/clientInfo"]?.name;
  return { draws: draws(meta["io.modelcontextprotocol/clientCapabilities"], name), isForSession: false };
}

function draws({ extensions }: z.output<typeof capabilities>, name = ""): boolean {
  const declared = extensions?.[uiExtension];
  if (declared !== undefined) return declared.mimeTypes?.includes(viewMimeType) ?? true;
  return drawUndeclared.some((start) => name.startsWith(start));
}
