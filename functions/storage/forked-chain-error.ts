import type { ItemKey } from "./items.ts";

/** Two different events claim one place in a history: never to be smoothed over. */
export class ForkedChainError extends Error {
  override readonly name = "ForkedChainError";
  constructor({ pk, sk }: ItemKey) {
    super(`${sk} of ${pk} is recorded with another content`);
  }
}
