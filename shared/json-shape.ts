/** How a JSON text is built, found out in one pass and without building it. */
export interface JsonShape {
  /** Levels of lists and objects within one another. */
  readonly depth: number;
  /** Members of all lists and objects, give or take the empty ones. */
  readonly members: number;
}

/** Stops at either limit, so that what is far too large costs no more than what is just too large. */
export function jsonShape(text: string, limits: JsonShape): JsonShape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case openList:
      case openObject:
        depth += 1;
        members += 1;
        deepest = Math.max(deepest, depth);
        break;
      case closeList:
      case closeObject:
        depth -= 1;
        break;
      case comma:
        members += 1;
        break;
    }
    if (deepest > limits.depth || members > limits.members) break;
  }
  return { depth: deepest, members };
}

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The place of the quotation mark that ends the string begun there. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** A report's largest section has 120,000 members on 6 levels. */
export const jsonLimits: JsonShape = { depth: 40, members: 400_000 };

export function exceedsJsonLimits(text: string): boolean {
  const { depth, members } = jsonShape(text, jsonLimits);
  return depth > jsonLimits.depth || members > jsonLimits.members;
}
