import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import type { DoorTools } from "./door.ts";
import { errorPage, sendPage } from "./pages.ts";

const maxFormBytes = 8_192;

/** The interaction this browser is in, by its cookie; nothing when it is over or another's. */
export async function openInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const uid = /\/interaction\/([\w-]+)(?:\?|$)/.exec(request.url ?? "")?.[1];
  try {
    const interaction = await provider.interactionDetails(request, response);
    return interaction.uid === uid && interaction.prompt.name === "login" ? interaction : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === "SessionNotFound") return undefined;
    throw error;
  }
}

/** For whom there is no sign-in under way. */
export const sendInteractionOver = (
  { headers, appUrl }: Pick<DoorTools, "headers" | "appUrl">,
  response: ServerResponse,
): Promise<void> =>
  sendPage(response, {
    status: 400,
    headers,
    body: errorPage({
      sentence: "登录页已过期或已用过，请返回后重新登录。",
      code: "interaction_not_found",
      appUrl,
    }),
  });

/** Ends the sign-in: the person goes back to the app that sent them. */
export const finishSignIn = (
  { provider }: Pick<DoorTools, "provider">,
  request: IncomingMessage,
  response: ServerResponse,
  { subject, amr }: { readonly subject: string; readonly amr: readonly string[] },
): Promise<void> =>
  provider.interactionFinished(
    request,
    response,
    { login: { accountId: subject, amr: [...amr] } },
    { mergeWithLastSubmission: false },
  );

/** A sent form; undefined for what is none, or larger than any of ours. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined;
  let size = 0;
  const parts: Buffer[] = [];
  for await (const part of request.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxFormBytes) {
      request.resume();
      return undefined;
    }
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}
