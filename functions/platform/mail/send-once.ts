import type { Member } from "../../../shared/registry/registry.ts";
import type { EffectLog } from "../../storage/ports.ts";
import type { Mailer } from "./mailer.ts";

/** A letter to a person; the address is found when it is sent. */
export interface Letter {
  /** Names the occasion, not the person. */
  readonly occasion: string;
  readonly to: Pick<Member, "subject" | "name" | "email">;
  readonly subject: string;
  readonly text: string;
}

export interface MailDeps {
  readonly mailer: Mailer;
  readonly effects: EffectLog;
  /** Undefined for who cannot be reached by mail; they see everything in the staff app. */
  readonly addressOf: (member: Letter["to"]) => string | undefined;
  readonly now: () => string;
}

export interface MailCounts {
  readonly sent: number;
  readonly sentBefore: number;
  /** People without an address. */
  readonly unreachable: number;
}

/** Some letters could not be sent; the others were, and are not sent again. */
export class UnsentLettersError extends AggregateError {
  override readonly name = "UnsentLettersError";
}

/**
 * Sends each letter once for its occasion and person, whatever is repeated. The marker is set after
 * the mail is out: killed in between, that one mail goes out twice, with the same Message-ID.
 */
export async function sendOnce(
  { mailer, effects, addressOf, now }: MailDeps,
  letters: readonly Letter[],
): Promise<MailCounts> {
  let [sent, sentBefore, unreachable] = [0, 0, 0];
  const failures: unknown[] = [];
  const done = await doneBefore(effects, letters);
  for (const { occasion, to: member, subject, text } of letters) {
    const to = addressOf(member);
    if (to === undefined) {
      unreachable += 1;
      continue;
    }
    try {
      if (done.get(occasion)?.has(member.subject) === true) {
        sentBefore += 1;
        continue;
      }
      await mailer.send({ id: `${occasion}.${member.subject}`, to, subject, text });
      await effects.markDone(occasion, member.subject, now());
      sent += 1;
    } catch (error) {
      // One bad address shall not keep the others waiting.
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new UnsentLettersError(failures, `${String(failures.length)} letters were not sent.`);
  }
  return { sent, sentBefore, unreachable };
}

/** By occasion, who has had its letter. */
async function doneBefore(effects: EffectLog, letters: readonly Letter[]) {
  const occasions = new Set(letters.map(({ occasion }) => occasion));
  const done = new Map<string, ReadonlySet<string>>();
  for (const occasion of occasions) done.set(occasion, await effects.done(occasion));
  return done;
}
