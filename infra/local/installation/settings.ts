import { isIP } from "node:net";
import { z } from "zod";
import { regionSettingsSchema } from "../../../functions/platform/regions.ts";
import { issueText } from "../../../shared/issue-text.ts";
import { plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { err, ok, type Result } from "../../../shared/result.ts";

/**
 * Settings of an installation on one machine: `installation.json` in its data folder, made by
 * `npm run setup` and from then on the operator's to change. What a region is called, where people reach it,
 * how mail goes out and who signs people in. Passwords are not in it.
 */

const isHere = (hostname: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);

/** An origin, without a path: passwords and tokens travel to it, so it is encrypted or on this machine. */
const publicOrigin = z
  .string()
  .transform((text) => text.replace(/\/$/u, ""))
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    message: "须为不带路径的完整网址，如 https://juesuan.example.gov.cn。",
  })
  .refine((text) => text.startsWith("https:") || isHere(new URL(text).hostname), {
    message: "口令要经过这个网址，须以 https:// 开头（只有本机 127.0.0.1 可以用 http://）。",
  });

const absoluteUrl = z.url({ message: "须为完整的网址，以 https:// 开头。" });

const regionSchema = regionSettingsSchema.extend({
  code: z.string().regex(/^\d{6}$/u, "须为六位数字的行政区划代码，如 430100。"),
  pathPrefix: regionSettingsSchema.shape.pathPrefix.default(""),
});

const issuerSchema = z.discriminatedUnion("kind", [
  /** Accounts of its own, kept in the data folder. */
  z.strictObject({ kind: z.literal("embedded") }),
  /** The government's own, any OpenID Connect. */
  z.strictObject({
    kind: z.literal("oidc"),
    issuer: absoluteUrl,
    clientId: z.string().min(1),
    /** `aud` of its access tokens, or their `client_id` where they have no `aud`. */
    audience: z.string().min(1),
    /** Resource indicator (RFC 8707) that makes it name the audience, where it needs one. */
    resource: z.exactOptional(z.string().min(1)),
    /** Further origins it answers from, which pages may then call. */
    origins: z.array(absoluteUrl).default([]),
  }),
]);
export type IssuerSettings = z.infer<typeof issuerSchema>;

export const mailSchema = z.strictObject({
  /** Sender of every letter. */
  from: z.string().refine((text) => plainEmail(text) !== undefined, "须为完整的邮箱地址。"),
  /** `smtps://user@host:465`, or `smtp://` with STARTTLS; the password lies in `smtp.secret` beside. */
  server: z.string().refine(isMailServer, {
    message: "须形如 smtps://user@mail.example.gov.cn:465，不带密码；密码另填 password。",
  }),
});

function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, password } = new URL(text);
  return /^smtps?:$/u.test(protocol) && hostname !== "" && password === "";
}

const sharedShape = {
  region: regionSchema,
  /** As people's browsers name them, behind a proxy; left out: where the program listens. */
  staffUrl: publicOrigin.optional(),
  portalUrl: publicOrigin.optional(),
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: z
    .array(z.string().refine((text) => isIP(text) !== 0, "须为 IP 地址，如 127.0.0.1。"))
    .default([]),
  issuer: issuerSchema.default({ kind: "embedded" }),
};

export const installationSchema = z.strictObject({ ...sharedShape, mail: mailSchema.optional() });
export type Installation = z.infer<typeof installationSchema>;

/** What `npm run setup -- --settings FILE` reads: the settings, and whom and what it begins with. */
export const setupSchema = z.strictObject({
  ...sharedShape,
  mail: mailSchema.extend({ password: z.string().min(1).optional() }).optional(),
  bureau: z.strictObject({
    code: z
      .string()
      .regex(/^[0-9A-Z]{3,18}$/u, "须为 3 至 18 位数字或大写字母，如 000。")
      .default("000"),
    name: z.string().trim().min(1).max(120),
  }),
  administrator: z
    .strictObject({
      name: z.string().trim().min(1).max(120),
      mobile: z
        .string()
        .refine((text) => plainMobile(text) !== undefined, "须为 11 位手机号。")
        .optional(),
      email: z
        .string()
        .refine((text) => plainEmail(text) !== undefined, "须为完整的邮箱地址。")
        .optional(),
    })
    .refine(({ mobile, email }) => mobile !== undefined || email !== undefined, {
      message: "请填写手机号（mobile）或邮箱（email），二者至少一项。",
    }),
});
export type Setup = z.infer<typeof setupSchema>;

/** Reads settings out of a file's text; the refusal names file, place, fault and remedy, a line each. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): Result<z.output<Schema>, { readonly message: string }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    return err({ message: `${file} 不是完整的 JSON（${why}），请改正后重试。` });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const faults = parsed.error.issues.map(
    (issue) => `  ${issue.path.map(String).join(".") || "（整个文件）"}：${issueText(issue)}`,
  );
  return err({
    message: [`${file} 中有 ${String(faults.length)} 处须改正：`, ...faults].join("\n"),
  });
}
