import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * One-time passwords by time (TOTP, RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator
 * app makes them of a secret in base32 (RFC 4648).
 */
const stepMs = 30_000;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 160 bits, as RFC 4226 §4 recommends: 32 characters. */
export const newSecret = (): string =>
  [...randomBytes(32)].map((byte) => alphabet[byte & 31] ?? "").join("");

export const isSecret = (text: string): boolean => /^[A-Z2-7]{32}$/u.test(text);

function keyOf(secret: string): Buffer {
  const bits = Array.from(secret)
    .map((one) => alphabet.indexOf(one).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/gu) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The password of a counter (HOTP, RFC 4226 §5.3). */
export function passwordAt(secret: string, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac("sha1", keyOf(secret)).update(message).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  const number = digest.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * The counter whose password was given, one step of clock difference to either side allowed; undefined when
 * it is wrong, or not later than the last one used: a password seen over a shoulder is used up.
 */
export function matchingCounter(
  secret: string,
  given: string,
  { now, after = -1 }: { readonly now: string; readonly after?: number | undefined },
): number | undefined {
  const typed = given.normalize("NFKC").replaceAll(/\s/gu, "");
  if (!/^\d{6}$/u.test(typed)) return undefined;
  const current = Math.floor(Date.parse(now) / stepMs);
  return [current, current - 1, current + 1].find(
    (counter) =>
      counter > after &&
      timingSafeEqual(Buffer.from(passwordAt(secret, counter)), Buffer.from(typed)),
  );
}

/** What an authenticator app reads a secret from. */
export const setupUri = (secret: string, account: string): string =>
  `otpauth://totp/${encodeURIComponent(`决算:${account}`)}?secret=${secret}&issuer=${encodeURIComponent("决算")}`;
