import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../../functions/platform/errors.ts";
import type { EffectLog } from "../../../functions/storage/ports.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { type Installation, installationSchema, readSettings } from "./settings.ts";

/**
 * A data folder is a demonstration or an installation for ever. Its database records which, so that
 * neither a lost nor a copied file can put the demonstration's people, who share one password, beside real
 * ones; folders of versions that recorded nothing are demonstrations, as all were.
 */
type Kind = "demonstration" | "installation";

const occasion = "installation";
type KindLog = Pick<EffectLog, "done" | "markDone">;

export const settingsFile = (folder: string): string => join(folder, "installation.json");
/** The mail server's password. */
export const mailSecretFile = (folder: string): string => join(folder, "smtp.secret");

/** The settings of a folder that was set up; undefined where there are none. */
export async function loadInstallation(
  folder: string,
): Promise<Result<Installation | undefined, { readonly message: string }>> {
  const file = settingsFile(folder);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return ok(undefined);
    throw error;
  }
  return readSettings(installationSchema, text, file);
}

export const recordKind = (effects: KindLog, kind: Kind, at: string): Promise<void> =>
  effects.markDone(occasion, kind, at);

/** Holds what the settings say against what the database has recorded; records it where nothing is. */
export async function confirmKind(
  effects: KindLog,
  {
    folder,
    installation,
    now,
  }: {
    readonly folder: string;
    readonly installation: Installation | undefined;
    readonly now: () => string;
  },
): Promise<Result<void, { readonly message: string }>> {
  const recorded = await effects.done(occasion);
  const isInstallation = recorded.has("installation");
  if (installation !== undefined && !isInstallation) {
    return err({
      message: `${folder} 是演示用的数据文件夹，不能改作正式使用：请移走其中的 installation.json，或用 npm run setup -- --data 另一文件夹 建立正式系统。没有改动任何内容。`,
    });
  }
  if (installation === undefined && isInstallation) {
    return err({
      message: `${folder} 是正式系统的数据文件夹，但缺少 ${settingsFile(folder)}：请从备份中取回这个文件再启动。没有改动任何内容。`,
    });
  }
  if (recorded.size === 0) await recordKind(effects, "demonstration", now());
  return ok(undefined);
}
