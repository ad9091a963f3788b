import { createHash, randomBytes } from "node:crypto";
import type { Sha256 } from "../../shared/canonical-json.ts";
import { codeBytes, codeOf } from "../../shared/registry/one-time-code.ts";

/** SHA-256 in lower-case hex; a text is taken in UTF-8. */
export const sha256: Sha256 = (content) => createHash("sha256").update(content).digest("hex");

const counterBits = 12;
const counterLimit = 1 << counterBits;

/**
 * A source of UUIDs version 7 (RFC 9562): unguessable, and sorted as text they are in the order
 * they were made, also within one millisecond and when the clock steps back.
 */
export function createIds(nowMs: () => number): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const ms = nowMs();
    if (ms > lastMs) {
      lastMs = ms;
      counter = 0;
    } else if (++counter === counterLimit) {
      lastMs += 1;
      counter = 0;
    }
    const time = lastMs.toString(16).padStart(12, "0");
    const order = counter.toString(16).padStart(3, "0");
    const random = randomBytes(8);
    random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0);
    const tail = random.toString("hex");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}

export const newId = createIds(Date.now);

/** A one-time code that nobody can guess. */
export const newCode = (): string => codeOf(randomBytes(codeBytes));
