import { createTransport } from "nodemailer";
import { openFolderFiles } from "../../storage/folder/files.ts";
import { sha256 } from "../ids.ts";
import { compose } from "./compose.ts";
import type { Mail, Mailer } from "./mailer.ts";

/** Puts mail into a folder as `.eml` files, which every mail program opens; the same mail is one file. */
export function createFolderMailer({
  dir,
  from,
  now,
}: {
  readonly dir: string;
  readonly from: string;
  readonly now: () => string;
}): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  let opening: ReturnType<typeof openFolderFiles> | undefined;
  return {
    async send(mail) {
      opening ??= openFolderFiles(dir);
      const files = await opening;
      const { message } = await transport.sendMail({
        ...compose(mail, from),
        date: new Date(now()),
      });
      if (!Buffer.isBuffer(message)) throw new Error("The mail was not made into bytes.");
      await files.putIfAbsent(fileName(mail), message, "message/rfc822");
    },
  };
}

/** `<effect>.<hash of effect and addressee>.eml`: legible, and one name a mail. */
const fileName = ({ id, to }: Mail): string => {
  const legible = id.replaceAll(/[^0-9A-Za-z.-]/gu, "_").slice(0, 120);
  return `${legible}.${sha256(`${id} ${to}`).slice(0, 12)}.eml`;
};
