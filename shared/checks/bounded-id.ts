/** Longest id of a finding; a longer fingerprint ends in its hash. */
const longestId = 2_000;

/**
 * A fingerprint names every figure it is about; of a finding with hundreds of cells the beginning is kept and the
 * rest hashed. Explanations given under the whole fingerprint are found by the same function.
 */
export function boundedId(fingerprint: string): string {
  if (fingerprint.length <= longestId) return fingerprint;
  const [high, low] = hashOf(fingerprint);
  return `${fingerprint.slice(0, longestId - 40)}#${String(fingerprint.length)}-${hex(high)}${hex(low)}`;
}

const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** 64 bits, mixed as MurmurHash does: figures of one report cannot collide by chance. */
function hashOf(text: string): readonly [number, number] {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return [high >>> 0, low >>> 0];
}
