import { createTransport } from "nodemailer";
import type { Mailer } from "./mailer.ts";
import { compose } from "./compose.ts";

/** What a server may let us wait, each step for itself; together below the function's 30 s. */
const stepTimeoutMs = 8_000;

/**
 * Sends by SMTP, SES included. The address with its password (`smtps://user:password@host:465`) is
 * requested when the first mail goes out, and again after one that failed, as it may have been changed.
 */
export function createSmtpMailer({
  from,
  smtpUrl,
}: {
  readonly from: string;
  readonly smtpUrl: () => Promise<string>;
}): Mailer {
  const connect = async () => {
    const url = new URL(await smtpUrl());
    const isWrapped = url.protocol === "smtps:";
    if (!isWrapped && url.protocol !== "smtp:") throw new Error("The SMTP address is none.");
    const user = decodeURIComponent(url.username);
    return createTransport({
      host: url.hostname,
      port: url.port === "" ? (isWrapped ? 465 : 587) : Number(url.port),
      secure: isWrapped,
      // A password goes over an encrypted line or not at all.
      requireTLS: !isWrapped && user !== "",
      ...(user === "" ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
      connectionTimeout: stepTimeoutMs,
      greetingTimeout: stepTimeoutMs,
      socketTimeout: stepTimeoutMs,
    });
  };
  let transport: ReturnType<typeof connect> | undefined;
  return {
    async send(mail) {
      transport ??= connect();
      try {
        await (await transport).sendMail(compose(mail, from));
      } catch (error) {
        transport = undefined;
        throw error;
      }
    },
  };
}
