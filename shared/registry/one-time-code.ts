/**
 * One-time codes (一次性验证码): sixteen characters that carry 80 random bits, so that a stored hash of one
 * cannot be searched. Crockford's alphabet: no letter that is taken for a digit, none that spells words.
 */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 16;
export const codeBytes = 10;

/** The code that ten random bytes make, in groups of four as people read it: `7Q2M-K4TD-…`. */
export function codeOf(random: Uint8Array): string {
  if (random.length !== codeBytes) throw new Error("A one-time code is made of ten bytes.");
  let bits = 0n;
  for (const byte of random) bits = (bits << 8n) | BigInt(byte);
  const characters = Array.from(
    { length },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (length - 1 - index))) & 31n)] ?? "",
  );
  return characters.join("").replaceAll(/(.{4})(?!$)/gu, "$1-");
}

/** A typed code as it is hashed; undefined for what cannot be one. */
export function plainCode(typed: string): string | undefined {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s-]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  return plain.length === length && Array.from(plain).every((one) => alphabet.includes(one))
    ? plain
    : undefined;
}
