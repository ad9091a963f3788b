import { z } from "zod";

/** DynamoDB refuses keys that are empty or longer. */
export const position = z.string().min(1).max(512);

/**
 * A cursor names a position within a partition, never the partition, so a forged one moves within what its
 * holder may read anyway. One that cannot be read begins anew.
 */
export function readCursor<Schema extends z.ZodType>(
  text: string | undefined,
  schema: Schema,
): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString())).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const writeCursor = (at: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(at)).toString("base64url");

export function nextAfter(
  more: boolean,
  last: Record<string, unknown> | undefined,
  at: (last: Record<string, unknown>) => readonly unknown[],
): { readonly next?: string } {
  return more && last !== undefined ? { next: writeCursor(at(last)) } : {};
}
