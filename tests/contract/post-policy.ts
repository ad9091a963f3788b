import { z } from "zod";
import type { FileStore } from "../../functions/storage/ports.ts";

const policySchema = z.object({
  conditions: z.array(
    z.union([
      z.tuple([z.literal("content-length-range"), z.int(), z.int()]),
      z.tuple([z.enum(["eq", "starts-with"]), z.string(), z.string()]),
      z.record(z.string(), z.string()),
    ]),
  ),
});

/**
 * Takes a posted form as S3 does by the policy in it: every condition on a field must hold and no field
 * may be without one. The emulator takes no forms at all. Whether the policy is signed is not looked at;
 * nor are the bytes compared with the signed checksum, as an engine may leave that out.
 */
export const postByPolicy =
  (files: () => FileStore, bucket: string) =>
  async (_: unknown, form: FormData): Promise<number> => {
    const file = form.get("file");
    const policy = form.get("Policy");
    if (!(file instanceof Blob) || typeof policy !== "string") return 400;
    const { conditions } = policySchema.parse(
      JSON.parse(Buffer.from(policy, "base64").toString("utf8")),
    );
    const covered = new Set(["file", "Policy", "X-Amz-Signature"]);
    const fieldOf = (name: string): string | undefined => {
      const value = name === "bucket" ? bucket : form.get(name);
      return typeof value === "string" ? value : undefined;
    };
    for (const condition of conditions) {
      if (Array.isArray(condition)) {
        const [kind, name, value] = condition;
        if (kind === "content-length-range") {
          if (file.size < name || file.size > value) return 400;
          continue;
        }
        const field = name.replace(/^\$/u, "");
        covered.add(field);
        const sent = fieldOf(field) ?? "";
        const holds = kind === "eq" ? sent === value : sent.startsWith(value);
        if (!holds) return 403;
      } else {
        for (const [name, value] of Object.entries(condition)) {
          covered.add(name);
          if (fieldOf(name) !== value) return 403;
        }
      }
    }
    if ([...form.keys()].some((name) => !covered.has(name))) return 403;
    const bytes = new Uint8Array(await file.arrayBuffer());
    await files().put(fieldOf("key") ?? "", bytes, fieldOf("Content-Type") ?? "");
    return 204;
  };
