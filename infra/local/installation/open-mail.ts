import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFolderMailer } from "../../../functions/platform/mail/folder-mailer.ts";
import type { MailDeps } from "../../../functions/platform/mail/send-once.ts";
import { createSmtpMailer } from "../../../functions/platform/mail/smtp-mailer.ts";
import { createLocalMails } from "../local-mails.ts";
import { mailSecretFile } from "./kind.ts";
import type { Served } from "./served.ts";

interface OpenedMail extends Pick<MailDeps, "mailer" | "addressOf"> {
  /** Whether letters reach people. */
  readonly canMail: boolean;
  /** Shows the letters of a demonstration; no installation has it. */
  readonly localMails?: ReturnType<typeof createLocalMails>;
}

/**
 * How letters go out: by the installation's mail server, or nowhere where it has none. A demonstration puts
 * them into a folder, and its invented people have invented addresses.
 */
export function openMail(
  { installation }: Served,
  { dataDir, now }: { readonly dataDir: string; readonly now: () => string },
): OpenedMail {
  if (installation === undefined) {
    const dir = join(dataDir, "mail");
    return {
      localMails: createLocalMails(dir),
      mailer: createFolderMailer({
        dir,
        from: "juesuan@juesuan.local",
        now,
      }),
      addressOf: ({ email, subject }) => email ?? `${subject}@juesuan.local`,
      canMail: true,
    };
  }
  const { mail } = installation;
  if (mail === undefined) {
    const send = () => Promise.reject(new Error("There is no mail server to send by."));
    return { mailer: { send }, addressOf: () => undefined, canMail: false };
  }
  const { from, server } = mail;
  return {
    mailer: createSmtpMailer({ from, smtpUrl: () => withPassword(server, dataDir) }),
    addressOf: ({ email }) => email,
    canMail: true,
  };
}

/** Read for each connection, so that a changed password counts without a new start. */
async function withPassword(server: string, dataDir: string): Promise<string> {
  const url = new URL(server);
  if (url.username === "") return server;
  url.password = encodeURIComponent((await readFile(mailSecretFile(dataDir), "utf8")).trim());
  return url.href;
}
