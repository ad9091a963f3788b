import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { html, raw } from "hono/html";
import type { Person } from "./person.ts";
import { pageStyle } from "./page-style.ts";

export type Html = ReturnType<typeof html>;

const styleHash = createHash("sha256").update(pageStyle).digest("base64");
/** Put together here, as a single blank more would break the hash. */
const styleElement = raw(`<style>${pageStyle}</style>`);

/**
 * Headers of every page of the issuer. A browser holds `form-action` against each redirect after a
 * form too, so the origins of the apps that people come from are named.
 */
export const pageHeaders = (appOrigins: readonly string[]): Readonly<Record<string, string>> => ({
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    ["form-action 'self'", ...appOrigins].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
});

export async function sendPage(
  response: ServerResponse,
  {
    status,
    headers,
    body,
    isHead = false,
  }: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Html;
    readonly isHead?: boolean;
  },
): Promise<void> {
  const text = String(await body);
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
  response.end(isHead ? undefined : text);
}

export const page = (title: string, content: Html): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · 决算</title>
        ${styleElement}
      </head>
      <body>
        <header class="brand">
          <span class="seal" aria-hidden="true">决算</span>
          <span>部门决算编报与公开</span>
        </header>
        <main>${content}</main>
      </body>
    </html>`;

export type SignInFault =
  | { readonly kind: "wrong_password" }
  | { readonly kind: "nobody_chosen" }
  | { readonly kind: "too_many"; readonly retryAfterSeconds: number };

function faultText(fault: SignInFault): string {
  switch (fault.kind) {
    case "wrong_password":
      return "口令不正确，请重新输入。";
    case "nobody_chosen":
      return "请先选择一个身份，再输入口令。";
    case "too_many":
      return `口令错误次数过多，请在 ${Math.ceil(fault.retryAfterSeconds / 60)} 分钟后再试。`;
  }
}

/** People in the order handed in, under their organisations in order of first appearance. */
function byOrganisation(people: readonly Person[]): ReadonlyMap<string, readonly Person[]> {
  const groups = new Map<string, Person[]>();
  for (const person of people) {
    groups.set(person.organisation, [...(groups.get(person.organisation) ?? []), person]);
  }
  return groups;
}

export function signInPage({
  people,
  chosen,
  fault,
}: {
  readonly people: readonly Person[];
  readonly chosen: string | undefined;
  readonly fault: SignInFault | undefined;
}): Html {
  const card = ({ username, name, role }: Person) => html`
    <label class="person">
      <input
        type="radio"
        name="username"
        value="${username}"
        required
        ${username === chosen ? raw("checked") : ""}
      />
      <span class="card">
        <span class="name">${name}</span>
        <span class="role">${role}</span>
      </span>
    </label>
  `;
  const groups = [...byOrganisation(people)].map(
    ([organisation, members]) => html`
      <fieldset>
        <legend>${organisation}</legend>
        <div class="people">${members.map(card)}</div>
      </fieldset>
    `,
  );
  const isWrong = fault?.kind === "wrong_password";
  return page(
    "登录",
    html`
      <h1>登录</h1>
      <p class="lead">请选择您的身份，输入口令后进入。</p>
      <form method="post" autocomplete="off">
        ${groups}
        <div class="enter">
          ${
            fault === undefined
              ? ""
              : html`<p class="fault" id="fault" role="alert">${faultText(fault)}</p>`
          }
          <label for="password">口令</label>
          <input
            id="password"
            name="password"
            type="password"
            required
            autocomplete="current-password"
            aria-describedby="${fault === undefined ? "hint" : "fault"}"
            ${isWrong ? raw('aria-invalid="true"') : ""}
            ${chosen === undefined ? "" : raw("autofocus")}
          />
          <button type="submit">登录</button>
          <p class="hint" id="hint">演示口令显示在启动本系统的命令行窗口中。</p>
        </div>
      </form>
    `,
  );
}

/** `form` is the hidden form of the library, which the buttons send. */
export const signOutPage = (form: string): Html =>
  page(
    "退出登录",
    html`
      <h1>退出登录</h1>
      <p class="lead">退出后，本浏览器须重新登录才能继续办理；已保存的内容不受影响。</p>
      ${raw(form)}
      <p class="choice">
        <button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>
          退出登录
        </button>
        <button type="submit" form="op.logoutForm" class="quiet">不退出，返回</button>
      </p>
    `,
  );

export const signedOutPage = ({
  appUrl,
  isStillSignedIn,
}: {
  readonly appUrl: string;
  readonly isStillSignedIn: boolean;
}): Html =>
  isStillSignedIn
    ? page(
        "未退出",
        html`
          <h1>未退出登录</h1>
          <p class="lead">您仍处于登录状态，可以<a href="${appUrl}">返回继续办理</a>。</p>
        `,
      )
    : page(
        "已退出",
        html`
          <h1>已退出登录</h1>
          <p class="lead">可以关闭本页，或<a href="${appUrl}">重新登录</a>。</p>
        `,
      );

export const errorPage = ({
  sentence,
  code,
  appUrl,
}: {
  readonly sentence: string;
  readonly code: string;
  readonly appUrl: string;
}): Html =>
  page(
    "无法登录",
    html`
      <h1>无法登录</h1>
      <p class="lead">${sentence}</p>
      <p class="lead"><a href="${appUrl}">返回并重新登录</a></p>
      <p class="hint">错误代码：<code>${code}</code></p>
    `,
  );
