import { html, raw } from "hono/html";
import { type Html, page } from "../pages.ts";
import { qrCode } from "./qr-code.ts";
import { setupUri } from "./one-time-password.ts";
import { minLength } from "./password-rules.ts";

/** Pages of those who sign in with an account of this installation. No script, no picture, nothing from elsewhere. */

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password";
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly inputmode?: "numeric";
}

const field = (
  { name, label, type = "text", autocomplete, value, hint, inputmode }: Field,
  { isFirst, isFaulty }: { readonly isFirst: boolean; readonly isFaulty: boolean },
): Html => html`
  <div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      required
      maxlength="254"
      autocomplete="${autocomplete}"
      value="${value ?? ""}"
      ${inputmode === undefined ? "" : raw(`inputmode="${inputmode}"`)}
      ${hint === undefined ? "" : raw(`aria-describedby="${name}-hint"`)}
      ${isFaulty ? raw('aria-errormessage="fault"') : ""}
      ${isFirst ? raw("autofocus") : ""}
    />
    ${hint === undefined ? "" : html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>
`;

function form({
  title,
  lead,
  fault,
  hidden = {},
  fields,
  button,
  links,
  extra,
}: {
  readonly title: string;
  readonly lead: string;
  readonly fault: string | undefined;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
  readonly button: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly extra?: Html;
}): Html {
  const isFaulty = fault !== undefined;
  const firstEmpty = fields.findIndex(({ value }) => value === undefined || value === "");
  return page(
    title,
    html`
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
      <form method="post" class="stacked">
        ${isFaulty ? html`<p class="fault" id="fault" role="alert">${fault}</p>` : ""}
        ${extra ?? ""}
        ${Object.entries(hidden).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        ${fields.map((one, index) => field(one, { isFirst: index === firstEmpty, isFaulty }))}
        <button type="submit">${button}</button>
      </form>
      <ul class="links">
        ${links.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}
      </ul>
    `,
  );
}

const loginField = (login: string | undefined): Field => ({
  name: "login",
  label: "手机号或邮箱",
  autocomplete: "username",
  value: login,
});
const oneTimePasswordField: Field = {
  ...{ name: "oneTimePassword", label: "动态口令", autocomplete: "one-time-code" },
  inputmode: "numeric",
};
const passwordHint = `至少 ${String(minLength)} 位；不足 16 位的须同时有字母和数字。不要用姓名、手机号或常用口令。`;
const newPasswordFields: readonly Field[] = [
  {
    ...{ name: "password", label: "新口令", type: "password", autocomplete: "new-password" },
    hint: passwordHint,
  },
  { name: "repeated", label: "再输一次新口令", type: "password", autocomplete: "new-password" },
];

export interface Shown {
  readonly login?: string | undefined;
  readonly fault?: string | undefined;
}

export const accountSignInPage = ({
  login,
  fault,
  mount,
}: Shown & { readonly mount: string }): Html =>
  form({
    title: "登录",
    lead: "请用登记的手机号或邮箱登录。",
    fault,
    hidden: { form: "password" },
    fields: [
      loginField(login),
      { name: "password", label: "口令", type: "password", autocomplete: "current-password" },
    ],
    button: "登录",
    links: [
      { href: "?form=code", text: "首次登录，或口令已被重置：用一次性验证码设置口令" },
      { href: `${mount}/account/password`, text: "修改口令" },
      { href: `${mount}/account/one-time-password`, text: "动态口令" },
    ],
  });

export const oneTimePasswordPage = ({
  ticket,
  fault,
}: {
  readonly ticket: string;
  readonly fault?: string | undefined;
}): Html =>
  form({
    title: "动态口令",
    lead: "请输入认证应用中现在显示的 6 位数字。",
    fault,
    hidden: { form: "one-time-password", ticket },
    fields: [oneTimePasswordField],
    button: "登录",
    links: [{ href: "?form=password", text: "换一个账号" }],
  });

export const codePage = ({
  login,
  fault,
  code,
}: Shown & { readonly code?: string | undefined }): Html =>
  form({
    title: "设置口令",
    lead: "请输入管理员发给您的一次性验证码，并设置自己的口令。验证码只能使用一次。",
    fault,
    hidden: { form: "code" },
    fields: [
      loginField(login),
      {
        ...{ name: "code", label: "一次性验证码", autocomplete: "one-time-code", value: code },
        hint: "共 16 位，横线、大小写不限。",
      },
      ...newPasswordFields,
    ],
    button: "设置口令并登录",
    links: [{ href: "?form=password", text: "已有口令，直接登录" }],
  });

export const changePasswordPage = ({
  login,
  fault,
  appUrl,
  asksOneTimePassword = false,
}: Shown & { readonly appUrl: string; readonly asksOneTimePassword?: boolean }): Html =>
  form({
    title: "修改口令",
    lead: "修改后，您在所有电脑上的登录都会退出，须用新口令重新登录；已保存的内容不受影响。",
    fault,
    fields: [
      loginField(login),
      { name: "old", label: "原口令", type: "password", autocomplete: "current-password" },
      ...newPasswordFields,
      ...(asksOneTimePassword ? [oneTimePasswordField] : []),
    ],
    button: "修改口令",
    links: [{ href: appUrl, text: "不修改，返回" }],
  });

export const oneTimePasswordSettingsPage = ({
  login,
  fault,
  appUrl,
}: Shown & { readonly appUrl: string }): Html =>
  form({
    title: "动态口令",
    lead: "动态口令由手机上的认证应用每 30 秒生成一次，登录时在口令之外输入。请先确认身份，再启用或停用。",
    fault,
    hidden: { form: "identity" },
    fields: [
      loginField(login),
      { name: "password", label: "口令", type: "password", autocomplete: "current-password" },
    ],
    button: "继续",
    links: [{ href: appUrl, text: "返回" }],
  });

export const enrolPage = ({
  login,
  secret,
  fault,
  appUrl,
}: {
  readonly login: string;
  readonly secret: string;
  readonly fault?: string | undefined;
  readonly appUrl: string;
}): Html =>
  form({
    title: "启用动态口令",
    lead: "请用手机上的认证应用扫描二维码，或选择“手动输入密钥”，类型选“基于时间”，填入下面的密钥；再输入应用显示的 6 位数字。",
    fault,
    hidden: { form: "enrol", login, secret },
    extra: html`
      <p class="secret">
        ${qrCode(setupUri(secret, login), "动态口令的二维码")}
        <strong>密钥</strong>
        <code>${secret.replaceAll(/(.{4})(?!$)/gu, "$1 ")}</code>
        <a href="${setupUri(secret, login)}">在本机的认证应用中打开</a>
      </p>
    `,
    fields: [
      oneTimePasswordField,
      { name: "password", label: "口令", type: "password", autocomplete: "current-password" },
    ],
    button: "启用",
    links: [{ href: appUrl, text: "不启用，返回" }],
  });

export const disablePage = ({
  login,
  fault,
  appUrl,
}: {
  readonly login: string;
  readonly fault?: string | undefined;
  readonly appUrl: string;
}): Html =>
  form({
    title: "停用动态口令",
    lead: "这个账号已启用动态口令。停用后只凭口令登录。",
    fault,
    hidden: { form: "disable", login },
    fields: [
      oneTimePasswordField,
      { name: "password", label: "口令", type: "password", autocomplete: "current-password" },
    ],
    button: "停用",
    links: [{ href: appUrl, text: "不停用，返回" }],
  });

export const donePage = ({
  title,
  sentence,
  appUrl,
}: {
  readonly title: string;
  readonly sentence: string;
  readonly appUrl: string;
}): Html =>
  page(
    title,
    html`
      <h1>${title}</h1>
      <p class="lead">${sentence}</p>
      <p class="choice"><a href="${appUrl}">进入系统</a></p>
    `,
  );

export const waitText = (seconds: number): string =>
  seconds < 3_600
    ? `输入错误次数过多，请在 ${String(Math.ceil(seconds / 60))} 分钟后再试。`
    : `输入错误次数过多，请在 ${String(Math.ceil(seconds / 3_600))} 小时后再试，或请财政部门的管理员重置口令。`;
