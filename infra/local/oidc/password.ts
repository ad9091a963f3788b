import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** 16 MB and some 40 ms a try: enough beside the limit of attempts, and `npm start` stays quick. */
const cost = { N: 2 ** 14, r: 8, p: 1 } as const;
const keyBytes = 32;

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, keyBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });

/** A password as it is kept: `scrypt$salt$key`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Whether the password is the one that was hashed; takes as long when it is not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, salt = "", key = ""] = hash.split("$");
  if (scheme !== "scrypt")
    throw new Error("A person's password hash is not of the form scrypt$…$….");
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
