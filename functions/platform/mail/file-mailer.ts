import { createTransport } from "nodemailer";
import type { FileStore } from "../../storage/ports.ts";
import { sha256 } from "../ids.ts";
import { compose } from "./compose.ts";
import type { Mail, Mailer } from "./mailer.ts";

/** Puts mail as `.eml` files, which every mail program opens; the same mail is one file. */
export function createFileMailer({
  files,
  from,
  now,
}: {
  readonly files: Pick<FileStore, "putIfAbsent">;
  readonly from: string;
  readonly now: () => string;
}): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    async send(mail) {
      const { message } = await transport.sendMail({ ...compose(mail, from), date: now() });
      if (!Buffer.isBuffer(message)) throw new Error("The mail was not made into bytes.");
      await files.putIfAbsent(mailKey(mail), message, "message/rfc822");
    },
  };
}

/** `<effect>.<hash of effect and addressee>.eml`: told apart by people, and one name a mail. */
const mailKey = ({ id, to }: Mail): string => {
  const readable = id.replaceAll(/[^0-9A-Za-z.-]/gu, "_").slice(0, 120);
  return `${readable}.${sha256(`${id} ${to}`).slice(0, 12)}.eml`;
};
