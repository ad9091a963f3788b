import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { sha256 } from "../../../functions/platform/ids.ts";
import { syncFolder, writeFileAtomic } from "../../../functions/platform/write-file-atomic.ts";
import { isAlive } from "../../../functions/render/prepared-folder.ts";
import { enterRecords } from "../../../functions/use-cases/registry-chain.ts";
import { plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { openDataFolder } from "../data-folder.ts";
import { type GivenCode, invitationOfAdministrator } from "./first-administrator.ts";
import { mailSecretFile, recordKind, settingsFile } from "./kind.ts";
import type { Installation, Setup } from "./settings.ts";

interface Refusal {
  readonly message: string;
}

/**
 * Makes an installation: settings, the bureau, and one administrator invited by a code; nothing else. It is
 * made beside the folder and moved there whole, so that a killed set-up leaves the folder as it was.
 */
export async function setUp(
  named: string,
  setup: Setup,
  { now }: { readonly now: () => string },
): Promise<Result<GivenCode, Refusal>> {
  const folder = resolve(named);
  const fault = await occupied(folder);
  if (fault !== undefined) return err({ message: fault });
  await mkdir(dirname(folder), { recursive: true });
  await removeHalfMade(folder);
  const half = `${folder}${halfMade}${String(process.pid)}`;
  await mkdir(half, { mode: 0o700 });
  try {
    const { region, staffUrl, portalUrl, trustedProxies, issuer, mail } = setup;
    const { password } = mail ?? {};
    const installation: Installation = {
      ...{ region, staffUrl, portalUrl, trustedProxies, issuer },
      mail: mail && { from: mail.from, server: mail.server },
    };
    await writeFileAtomic(settingsFile(half), `${JSON.stringify(installation, undefined, 2)}\n`);
    if (password !== undefined) await writeFileAtomic(mailSecretFile(half), password);
    const begun = await enterBeginning(half, setup, now);
    if (!begun.ok) return begun;
    await rmdir(folder).catch(() => undefined); // an empty one
    await rename(half, folder);
    await syncFolder(dirname(folder));
    return begun;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

/** Why an installation cannot be made in a folder, in one sentence. */
export async function occupied(folder: string): Promise<string | undefined> {
  const present = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return ["a file"];
    return [];
  });
  if (present.length === 0) return undefined;
  return present.includes(basename(settingsFile(folder)))
    ? `${folder} 已经建立过系统，不能重复建立：请用 npm start -- --data ${folder} 启动；管理员的验证码遗失时，用 npm run new-code -- --data ${folder}。没有改动任何内容。`
    : `${folder} 不是空文件夹，不能在其中建立系统：请用 --data 指明一个新的文件夹。没有改动任何内容。`;
}

const halfMade = ".setting-up-";

/** What set-ups that were killed left beside the folder; the process is in the name. */
async function removeHalfMade(folder: string): Promise<void> {
  const prefix = `${basename(folder)}${halfMade}`;
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

async function enterBeginning(
  folder: string,
  { region: { code: region }, bureau, administrator: { name, email, mobile } }: Setup,
  now: () => string,
): Promise<Result<GivenCode, Refusal>> {
  const opened = await openDataFolder({ folder, sha256, now, secret: "-", filesUrl: "" });
  if (!opened.ok) return err({ message: opened.error.message });
  const stores = opened.value;
  try {
    await recordKind(stores.effects, "installation", now());
    const { invitation, code, expiresAt } = invitationOfAdministrator(
      {
        ...{ region, bureauCode: bureau.code, name },
        ...{ email: plainEmail(email ?? ""), mobile: plainMobile(mobile ?? "") },
      },
      now(),
    );
    await enterRecords({ registry: stores.registry, now }, region, [
      { kind: "org", value: { region, ...bureau, kind: "bureau", version: 0 } },
      { kind: "invitation", value: invitation },
    ]);
    return ok({ code, expiresAt });
  } finally {
    await stores.close();
  }
}
