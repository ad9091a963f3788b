import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import type { AttemptLimit } from "./attempt-limit.ts";
import { errorPage, sendPage, signInPage, type SignInFault } from "./pages.ts";
import { hashPassword, isPassword } from "./password.ts";
import type { Person } from "./person.ts";

const maxFormBytes = 8_192;

/** The sign-in page of an interaction: shows the people, and takes one of them with their password. */
export function createSignIn({
  provider,
  people,
  limit,
  headers,
  appUrl,
}: {
  readonly provider: Provider;
  readonly people: readonly Person[];
  readonly limit: AttemptLimit;
  readonly headers: Readonly<Record<string, string>>;
  readonly appUrl: string;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const byUsername = new Map(people.map((person) => [person.username, person]));
  /** Judged for a name nobody has, so that it takes as long as for one somebody has. */
  const nobody = hashPassword("nobody");

  return async (request, response) => {
    const interaction = await openInteraction(provider, request, response);
    if (interaction === undefined) {
      const body = errorPage({
        sentence: "登录页已过期或已用过，请返回后重新登录。",
        code: "interaction_not_found",
        appUrl,
      });
      await sendPage(response, { status: 400, headers, body });
      return;
    }

    const show = async (status: number, chosen: string | undefined, fault?: SignInFault) => {
      if (fault?.kind === "too_many") response.setHeader("retry-after", fault.retryAfterSeconds);
      const body = signInPage({ people, chosen, fault });
      await sendPage(response, { status, headers, body, isHead: request.method === "HEAD" });
    };

    if (request.method === "GET" || request.method === "HEAD") {
      const hint = interaction.params.login_hint;
      await show(200, typeof hint === "string" ? hint : undefined);
      return;
    }
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "GET, HEAD, POST" }).end();
      return;
    }

    const form = await readForm(request);
    const username = form?.get("username") ?? "";
    if (form === undefined || username === "") {
      await show(400, undefined, { kind: "nobody_chosen" });
      return;
    }
    const address = request.socket.remoteAddress ?? "";
    const retryAfterSeconds = limit.begin(username, address);
    if (retryAfterSeconds !== undefined) {
      await show(429, username, { kind: "too_many", retryAfterSeconds });
      return;
    }
    const person = byUsername.get(username);
    const isRight = await isPassword(
      form.get("password") ?? "",
      person?.passwordHash ?? (await nobody),
    );
    if (person === undefined || !isRight) {
      await show(401, username, { kind: "wrong_password" });
      return;
    }
    limit.succeed(username, address);
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: person.subject, amr: ["pwd"] } },
      { mergeWithLastSubmission: false },
    );
  };
}

/** The interaction this browser is in, by its cookie; nothing when it is over or another's. */
async function openInteraction(
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

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
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
