/** How many wrong passwords in five minutes, for one person and from one address. */
const windowMs = 5 * 60_000;
const perPerson = 5;
const perAddress = 30;

export type AttemptLimit = {
  /** Counts an attempt before it is judged; answers with the seconds to wait when there were too many. */
  begin(username: string, address: string): number | undefined;
  /** The attempt was right: it and the person's wrong ones no longer count. */
  succeed(username: string, address: string): void;
};

/** Slows the guessing of passwords. Kept in memory: a restart forgives. */
export function createAttemptLimit({ now }: { readonly now: () => string }): AttemptLimit {
  const attempts = new Map<string, number[]>();
  const personKey = (username: string) => `person ${username}`;
  const addressKey = (address: string) => `address ${address}`;

  function recent(key: string, atMs: number): number[] {
    const kept = (attempts.get(key) ?? []).filter((attemptMs) => atMs - attemptMs < windowMs);
    if (kept.length === 0) attempts.delete(key);
    else attempts.set(key, kept);
    return kept;
  }

  return {
    begin(username, address) {
      const atMs = Date.parse(now());
      for (const key of attempts.keys()) recent(key, atMs);
      for (const [key, limit] of [
        [personKey(username), perPerson],
        [addressKey(address), perAddress],
      ] as const) {
        const before = recent(key, atMs);
        const first = before.at(-limit);
        if (first !== undefined) return Math.ceil((first + windowMs - atMs) / 1000);
      }
      for (const key of [personKey(username), addressKey(address)]) {
        attempts.set(key, [...recent(key, atMs), atMs]);
      }
      return undefined;
    },
    succeed(username, address) {
      attempts.delete(personKey(username));
      attempts.get(addressKey(address))?.pop();
    },
  };
}
