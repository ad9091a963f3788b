/** Addresses by which a person is invited and signs in; compared in one spelling each. */
export interface Contact {
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;
}

/** An address as it is compared and stored; undefined for what is none. */
export function plainEmail(text: string): string | undefined {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  return /^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]{1,190}\.[^\s@,;<>"().]{2,}$/u.test(plain)
    ? plain
    : undefined;
}

/** A mobile number of the mainland: eleven digits, whatever blanks, hyphens or country code it is typed with. */
export function plainMobile(text: string): string | undefined {
  const digits = text
    .normalize("NFKC")
    .replaceAll(/[\s()-]/gu, "")
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/u, "");
  return /^1[3-9]\d{9}$/u.test(digits) ? digits : undefined;
}

/** A mobile number or mail address as one typed text names it. */
export const plainContact = (text: string): string | undefined =>
  plainMobile(text) ?? plainEmail(text);
