import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { Answer, DoorTools, SignInDoor } from "./door.ts";
import { finishSignIn, openInteraction, readForm, sendInteractionOver } from "./interaction.ts";
import { sendPage, signInPage, type SignInFault } from "./pages.ts";
import { hashPassword, isPassword } from "./password.ts";
import type { Person } from "./person.ts";

/** The door of the demonstration: shows the people, and takes one of them with their password. */
export function peopleToChoose(people: readonly Person[]): SignInDoor {
  const bySubject = new Map(people.map((person) => [person.subject, person]));
  return {
    find: (subject) => {
      const person = bySubject.get(subject);
      return person && { name: person.name, ...omitUndefined({ email: person.email }) };
    },
    open: (tools) => ({ interaction: createSignIn(people, tools) }),
  };
}

function createSignIn(people: readonly Person[], tools: DoorTools): Answer {
  const { provider, limit, headers, callerAddress } = tools;
  const byUsername = new Map(people.map((person) => [person.username, person]));
  /** Judged for a name nobody has, so that it takes as long as for one somebody has. */
  const nobody = hashPassword("nobody");

  return async (request, response) => {
    const interaction = await openInteraction(provider, request, response);
    if (interaction === undefined) {
      await sendInteractionOver(tools, response);
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
    const address = callerAddress(request);
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
    await finishSignIn(tools, request, response, { subject: person.subject, amr: ["pwd"] });
  };
}
