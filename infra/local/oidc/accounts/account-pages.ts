import { assertNever } from "../../../../shared/result.ts";
import type { Answer, DoorTools } from "../door.ts";
import { readForm } from "../interaction.ts";
import { errorPage, type Html, sendPage } from "../pages.ts";
import type { Account } from "./accounts.ts";
import { newSecret } from "./one-time-password.ts";
import {
  changePasswordPage,
  disablePage,
  donePage,
  enrolPage,
  oneTimePasswordSettingsPage,
  waitText,
} from "./pages.ts";
import {
  type AccountDeps,
  beginOneTimePasswords,
  changePassword,
  checkPassword,
  endOneTimePasswords,
  limitedName,
  takeOneTimePassword,
  wrongOneTimePassword,
} from "./sign-in-with-account.ts";

interface Shown {
  readonly status: number;
  readonly body: Html;
}

/**
 * Pages on which people keep their own account. Each form brings the password itself, so that no session is
 * needed, and no other site's form can do anything by one.
 */
export function createAccountPages(deps: AccountDeps, tools: DoorTools): Answer {
  const { headers, appUrl, mount, limit, callerAddress } = tools;

  /** Whether somebody may try, and the sentence where not. */
  const wait = (name: string, address: string) => {
    const seconds = limit.begin(name, address);
    return seconds === undefined ? undefined : { seconds, fault: waitText(seconds) };
  };

  async function password(form: URLSearchParams, address: string): Promise<Shown> {
    const of = (name: string) => form.get(name) ?? "";
    const login = of("login").trim();
    const again = (fault: string, asksOneTimePassword = form.has("oneTimePassword")) =>
      changePasswordPage({ login, fault, appUrl, asksOneTimePassword });
    const name = limitedName(deps, login);
    const late = wait(name, address);
    if (late !== undefined) return { status: 429, body: again(late.fault) };
    const changed = await changePassword(deps, {
      ...{ login, old: of("old"), password: of("password"), repeated: of("repeated") },
      oneTimePassword: of("oneTimePassword"),
    });
    if (!changed.ok) {
      const { code, message } = changed.error;
      if (code !== "wrong") limit.succeed(name, address);
      if (code === "one_time_password") return { status: 422, body: again(message, true) };
      return { status: code === "wrong" ? 401 : 422, body: again(message) };
    }
    limit.succeed(name, address);
    const sentence = "请用新口令重新登录。";
    return { status: 200, body: donePage({ title: "口令已修改", sentence, appUrl }) };
  }

  async function oneTimePassword(form: URLSearchParams, address: string): Promise<Shown> {
    const of = (name: string) => form.get(name) ?? "";
    const login = of("login").trim();
    const secret = of("secret");
    const act = of("form") === "enrol" || of("form") === "disable" ? of("form") : "identity";
    const again = (fault: string) =>
      act === "enrol"
        ? enrolPage({ login, secret, fault, appUrl })
        : act === "disable"
          ? disablePage({ login, fault, appUrl })
          : oneTimePasswordSettingsPage({ login, fault, appUrl });
    const name = limitedName(deps, login);
    const late = wait(name, address);
    if (late !== undefined) return { status: 429, body: again(late.fault) };
    const checked = await checkPassword(deps, { login, password: of("password") });
    if (!checked.ok) return { status: 401, body: again(checked.error.message) };
    const done = await actOn({ deps, appUrl }, checked.value, {
      ...{ act: act as "identity" | "enrol" | "disable", login, secret },
      given: of("oneTimePassword"),
      again,
    });
    if (done.status === 200) limit.succeed(name, address);
    return done;
  }

  const pages = {
    [`${mount}/account/password`]: { empty: () => changePasswordPage({ appUrl }), send: password },
    [`${mount}/account/one-time-password`]: {
      empty: () => oneTimePasswordSettingsPage({ appUrl }),
      send: oneTimePassword,
    },
  };

  return async (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const found = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const isHead = request.method === "HEAD";
    if (found === undefined) {
      const body = errorPage({ sentence: "没有这个页面。", code: "not_found", appUrl });
      return sendPage(response, { status: 404, headers, body, isHead });
    }
    if (request.method === "GET" || isHead) {
      return sendPage(response, { status: 200, headers, body: found.empty(), isHead });
    }
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "GET, HEAD, POST" }).end();
      return;
    }
    const form = await readForm(request);
    const { status, body } =
      form === undefined
        ? { status: 400, body: found.empty() }
        : await found.send(form, callerAddress(request));
    return sendPage(response, { status, headers, body });
  };
}

/** What a person whose password is right wants of their one-time passwords. */
async function actOn(
  { deps, appUrl }: { readonly deps: AccountDeps; readonly appUrl: string },
  account: Account,
  {
    act,
    login,
    secret,
    given,
    again,
  }: {
    readonly act: "identity" | "enrol" | "disable";
    readonly login: string;
    readonly secret: string;
    readonly given: string;
    readonly again: (fault: string) => Html;
  },
): Promise<Shown> {
  const isOn = account.oneTimePassword !== undefined;
  switch (act) {
    case "identity":
      return {
        status: 200,
        body: isOn
          ? disablePage({ login, appUrl })
          : enrolPage({ login, secret: newSecret(), appUrl }),
      };
    case "enrol": {
      // A second secret over the first would let whoever knows the password alone take the device over.
      if (isOn) return { status: 422, body: disablePage({ login, appUrl }) };
      const begun = await beginOneTimePasswords(deps, account, { secret, given });
      if (!begun.ok) return { status: 401, body: again(begun.error.message) };
      const sentence =
        "从现在起，登录时在口令之后还要输入动态口令。手机丢失的，请财政部门的管理员重置口令。";
      return { status: 200, body: donePage({ title: "动态口令已启用", sentence, appUrl }) };
    }
    case "disable": {
      if (!(await takeOneTimePassword(deps, account, given))) {
        return { status: 401, body: again(wrongOneTimePassword) };
      }
      await endOneTimePasswords(deps, account);
      const sentence = "从现在起只凭口令登录。";
      return { status: 200, body: donePage({ title: "动态口令已停用", sentence, appUrl }) };
    }
    default:
      return assertNever(act);
  }
}
