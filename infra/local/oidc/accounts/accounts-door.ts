import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { omitUndefined } from "../../../../shared/omit-undefined.ts";
import type { Accounts } from "../../../../functions/use-cases/reset-password.ts";
import type { DoorTools, SignInDoor } from "../door.ts";
import { finishSignIn, openInteraction, readForm, sendInteractionOver } from "../interaction.ts";
import { type Html, sendPage } from "../pages.ts";
import { createAccountPages } from "./account-pages.ts";
import type { Account } from "./accounts.ts";
import { accountSignInPage, codePage, oneTimePasswordPage, waitText } from "./pages.ts";
import {
  type AccountDeps,
  checkPassword,
  limitedName,
  resetPassword,
  setPasswordByCode,
  takeOneTimePassword,
  wrongOneTimePassword,
} from "./sign-in-with-account.ts";

/** The door of an installation: accounts of its own, each made by a one-time code. */
export function accountsDoor(
  given: Omit<AccountDeps, "endSessions">,
): SignInDoor & { readonly accounts: Accounts } {
  let opened: Pick<DoorTools, "endSessions" | "limit"> | undefined;
  const tools = () => {
    if (opened === undefined) throw new Error("The issuer opens its door before anybody uses it.");
    return opened;
  };
  const deps: AccountDeps = {
    ...given,
    endSessions: (subject) => tools().endSessions(subject),
  };
  return {
    find: (subject) => {
      const account = deps.store.bySubject(subject);
      return account && { name: account.name, ...omitUndefined({ email: account.email }) };
    },
    open: (lent) => {
      opened = lent;
      return {
        interaction: createInteraction(deps, lent),
        account: createAccountPages(deps, lent),
      };
    },
    accounts: {
      resetPassword: async (subject) => {
        const reset = await resetPassword(deps, subject);
        tools().limit.forgive(subject);
        return reset;
      },
    },
  };
}

/** A right password whose one-time password is still to come, for as long as people look for their phone. */
const ticketMs = 5 * 60_000;
const mostTickets = 1_000;

function createTickets(now: () => string) {
  const tickets = new Map<string, { readonly subject: string; readonly until: number }>();
  return {
    issue(subject: string): string {
      const ticket = randomBytes(24).toString("base64url");
      tickets.set(ticket, { subject, until: Date.parse(now()) + ticketMs });
      const [oldest = ""] = tickets.keys();
      if (tickets.size > mostTickets) tickets.delete(oldest);
      return ticket;
    },
    subjectOf(ticket: string): string | undefined {
      const found = tickets.get(ticket);
      return found === undefined || found.until < Date.parse(now()) ? undefined : found.subject;
    },
    spend(ticket: string): void {
      tickets.delete(ticket);
    },
  };
}

function createInteraction(deps: AccountDeps, tools: DoorTools) {
  const { provider, headers, limit, mount, callerAddress } = tools;
  const tickets = createTickets(deps.now);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const interaction = await openInteraction(provider, request, response);
    if (interaction === undefined) return sendInteractionOver(tools, response);
    const show = (status: number, body: Html) =>
      sendPage(response, { status, headers, body, isHead: request.method === "HEAD" });
    const finish = (account: Account, amr: readonly string[]) =>
      finishSignIn(tools, request, response, { subject: account.subject, amr });

    if (request.method === "GET" || request.method === "HEAD") {
      const wanted = new URLSearchParams(request.url?.split("?")[1]).get("form");
      return show(200, wanted === "code" ? codePage({}) : accountSignInPage({ mount }));
    }
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "GET, HEAD, POST" }).end();
      return;
    }
    const form = await readForm(request);
    if (form === undefined) return show(400, accountSignInPage({ mount }));
    const of = (name: string) => form.get(name) ?? "";
    const login = of("login").trim();
    const address = callerAddress(request);
    /** Counts an attempt; whoever has too many behind them is shown the form with how long to wait. */
    const mayTry = async (name: string, again: (fault: string) => Html): Promise<boolean> => {
      const seconds = limit.begin(name, address);
      if (seconds === undefined) return true;
      response.setHeader("retry-after", seconds);
      await show(429, again(waitText(seconds)));
      return false;
    };

    switch (of("form")) {
      case "code": {
        const again = (fault: string) => codePage({ login, fault, code: of("code") });
        const name = limitedName(deps, login);
        if (!(await mayTry(name, again))) return;
        const set = await setPasswordByCode(deps, {
          ...{ login, code: of("code"), password: of("password"), repeated: of("repeated") },
        });
        if (!set.ok) {
          if (set.error.code === "refused") limit.succeed(name, address);
          return show(set.error.code === "wrong" ? 401 : 422, again(set.error.message));
        }
        limit.succeed(name, address);
        return finish(set.value, ["otp"]);
      }
      case "one-time-password": {
        const ticket = of("ticket");
        const account = deps.store.bySubject(tickets.subjectOf(ticket) ?? "");
        if (account === undefined) {
          return show(400, accountSignInPage({ mount, fault: "登录已超时，请重新输入口令。" }));
        }
        const again = (fault: string) => oneTimePasswordPage({ ticket, fault });
        if (!(await mayTry(account.subject, again))) return;
        if (!(await takeOneTimePassword(deps, account, of("oneTimePassword")))) {
          return show(401, again(wrongOneTimePassword));
        }
        tickets.spend(ticket);
        limit.succeed(account.subject, address);
        return finish(account, ["pwd", "otp"]);
      }
      default: {
        const again = (fault: string) => accountSignInPage({ login, fault, mount });
        if (login === "") return show(400, again("请输入手机号或邮箱。"));
        const name = limitedName(deps, login);
        if (!(await mayTry(name, again))) return;
        const checked = await checkPassword(deps, { login, password: of("password") });
        if (!checked.ok) return show(401, again(checked.error.message));
        const account = checked.value;
        // The attempt stays counted until the one-time password is right as well.
        if (account.oneTimePassword !== undefined) {
          return show(200, oneTimePasswordPage({ ticket: tickets.issue(account.subject) }));
        }
        limit.succeed(name, address);
        return finish(account, ["pwd"]);
      }
    }
  };
}
