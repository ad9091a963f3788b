import type { Mail } from "../../../functions/platform/mail/mailer.ts";
import type { PeopleDeps } from "../../../functions/use-cases/notify-people.ts";
import type { Bureau } from "./bureau.ts";

/** Takes letters in and lets the test read them; `fails` may refuse one. */
export function createMailbox({ data, now }: Bureau) {
  const office = {
    mails: [] as Mail[],
    fails: ((): boolean => false) as (mail: Mail) => boolean,
    /** Who got mail, by the local part of the address. */
    readers: () => office.mails.map(({ to }) => to.split("@")[0] ?? "").toSorted(),
    to: (subject: string) => office.mails.filter(({ to }) => to.startsWith(`${subject}@`)),
  };
  const deps: PeopleDeps = {
    mailer: {
      send(mail) {
        if (office.fails(mail)) return Promise.reject(new Error(`No way to ${mail.to}.`));
        office.mails.push(mail);
        return Promise.resolve();
      },
    },
    effects: data.effects,
    notices: data.notices,
    addressOf: ({ email }) => email,
    now,
  };
  return { office, deps };
}
