import type { SendMailOptions } from "nodemailer/lib/mailer";
import { writableText } from "../../../shared/text/characters.ts";
import { sha256 } from "../ids.ts";
import type { Mail } from "./mailer.ts";

/**
 * A mail as nodemailer takes it: plain text only, so it reads the same everywhere. The Message-ID
 * follows from the mail's own id, so a server that meets it twice can tell.
 */
export function compose({ id, to, subject, text }: Mail, from: string): SendMailOptions {
  const domain = /@([^\s@>]+)>?$/u.exec(from)?.[1];
  if (domain === undefined) throw new Error("The sender of notices has no domain.");
  // Whatever a person's record holds, it shall not become a second addressee.
  if (!/^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/u.test(to)) throw new Error(`Mail ${id} has no address.`);
  return {
    from,
    to: { name: "", address: to },
    subject: writableText(subject),
    text: writableText(text),
    textEncoding: "base64",
    messageId: `<${sha256(id).slice(0, 40)}@${domain}>`,
    // RFC 3834: nobody's holiday notice answers a machine.
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
