import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { z } from "zod";
import { writeFileAtomic } from "../../../functions/platform/write-file-atomic.ts";
import { hasCode } from "../../../functions/platform/errors.ts";

const keysSchema = z.object({
  /** The private key that signs tokens, ES256. */
  signing: z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: z.string(),
    y: z.string(),
    d: z.string(),
    kid: z.string(),
    alg: z.literal("ES256"),
    use: z.literal("sig"),
  }),
  /** Signs the cookies of the sign-in page. */
  cookie: z.string().min(32),
});
type IssuerKeys = z.infer<typeof keysSchema>;

/** The issuer's own keys: made at the first start, kept in the data folder for its owner alone. */
export async function loadKeys(dataDir: string): Promise<IssuerKeys> {
  const path = join(dataDir, "keys.json");
  const text = await readIfThere(path);
  if (text !== undefined) {
    const kept = keysSchema.safeParse(parsed(text));
    if (kept.success) return kept.data;
    throw new Error(
      `The issuer's keys in ${path} cannot be read: restore the file, or remove it and everyone signs in again.`,
    );
  }
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const keys = keysSchema.parse({
    signing: {
      ...(await exportJWK(privateKey)),
      kid: await calculateJwkThumbprint(await exportJWK(publicKey)),
      alg: "ES256",
      use: "sig",
    },
    cookie: randomBytes(32).toString("base64url"),
  });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
