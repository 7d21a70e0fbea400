import * as z from "zod";
import type { AssistantStore } from "../grants/assistants.ts";
import { viewMimeType } from "./view-resource.ts";

/** The identifier of MCP Apps, by which a host declares that it draws views and a server that it has some. */
export const uiExtension = "io.modelcontextprotocol/ui";

/**
 * Hosts that draw views and do not declare it, by the start of their name: VS Code (microsoft/vscode#291432) and ChatGPT.
 */
const drawUndeclared = ["Visual Studio Code", "openai-mcp"];

const capabilities = z.looseObject({
  extensions: z
    .looseObject({ [uiExtension]: z.looseObject({ mimeTypes: z.array(z.string()).optional() }).optional() })
    .optional(),
});
const implementation = z.looseObject({ name: z.string() });

/** The 2025 protocol declares once, when it starts. */
const initialize = z.looseObject({
  method: z.literal("initialize"),
  params: z.looseObject({ capabilities, clientInfo: implementation.optional() }),
});

/** The 2026 protocol declares in every request. */
const modern = z.looseObject({
  params: z.looseObject({
    _meta: z.looseObject({
      "io.modelcontextprotocol/clientCapabilities": capabilities,
      "io.modelcontextprotocol/clientInfo": implementation.optional(),
    }),
  }),
});

/**
 * Whether the host draws views: as it declares in this request, else as it did at the start of its session. A program that
 * has never started a session gets no picture, which may be most of an answer's bytes.
 */
export function hostDraws(assistants: AssistantStore, body: unknown, assistantId: string): boolean {
  const declared = readDrawing(body);
  if (declared?.isForSession) assistants.noteDrawing(assistantId, declared.draws);
  return declared?.draws ?? assistants.find(assistantId)?.draws ?? false;
}

/** Whether the host that sent a message draws views, and for how long this is known. Null when the message does not say. */
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
