import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { now } from "../../../../functions/platform/clock.ts";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { openDataFolder } from "../../../../infra/local/data-folder.ts";
import { confirmKind } from "../../../../infra/local/installation/kind.ts";
import { staffClientId } from "../../../../infra/local/installation/open-sign-in.ts";
import {
  type Installation,
  installationSchema,
  readSettings,
} from "../../../../infra/local/installation/settings.ts";
import { signInWithCode } from "../../../../infra/local/oidc/sign-in.ts";
import { city, demoPassword } from "../../../../infra/local/seed/city.ts";
import {
  invitedResponse,
  meResponse,
  passwordResetResponse,
  registryEventsResponse,
  reportResponse,
} from "../../../../shared/contract/responses.ts";
import { killAll, run, runWithInput, start, type System } from "../host/program.ts";

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-installation-"));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  await killAll();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const region = "431382";
const inRegion = (path: string) => `/regions/${region}${path}`;
const settings = {
  region: { code: region, name: "涟源市", siteName: "涟源市部门决算公开" },
  bureau: { name: "涟源市财政局" },
  administrator: { name: "龙晓", mobile: "138 0000 0001" },
};
const administrator = { login: "13800000001", password: "tr7mule-orbit" };
const preparer = { login: "zhou@example.cn", password: "quiet-harbour-19" };

async function setUp(dataDir: string, change: object = {}) {
  const file = join(await newFolder(), "settings.json");
  await writeFile(file, JSON.stringify({ ...settings, ...change }));
  const program = await run("setup", "--data", dataDir, "--settings", file);
  const { code } = await program.ended;
  return { code, file, stdout: program.stdout(), stderr: program.stderr() };
}
const codeIn = (text: string): string => /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/u.exec(text)?.[0] ?? "";

const signIn = ({ issuerUrl, staffUrl }: System, fields: Readonly<Record<string, string>>) =>
  signInWithCode({
    ...{ issuerUrl, clientId: staffClientId, redirectUri: `${staffUrl}/callback`, fields },
    ...{ username: fields["login"] ?? "", password: "" },
  });
const byPassword = (system: System, { login, password }: { login: string; password: string }) =>
  signIn(system, { form: "password", login, password });
const byCode = (
  system: System,
  code: string,
  { login, password }: { login: string; password: string },
) => signIn(system, { form: "code", login, code, password, repeated: password });

/** A request with a token; answers the body where it succeeded, else throws status and sentence. */
const caller =
  ({ staffUrl }: System, { accessToken }: { readonly accessToken: string }) =>
  async <Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.infer<Schema>> => {
    const response = await fetch(`${staffUrl}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return schema.parse(JSON.parse(text));
  };
const anything = z.unknown();
const subjectSchema = meResponse.transform(({ subject }) => subject);

describe("an installation, from an empty folder", () => {
  let dataDir: string;
  let made: Awaited<ReturnType<typeof setUp>>;
  let system: System;
  let restored: string;
  beforeAll(async () => {
    dataDir = join(await newFolder(), "new", "data");
    made = await setUp(dataDir);
    system = await start(dataDir, ["--port", "0", "--portal-port", "0", "--installation"]);
  }, 120_000);

  it("prints the administrator's code once, and keeps only its hash, for its owner alone", async () => {
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(codeIn(made.stdout)).not.toBe("");
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(await readFile(join(dataDir, "installation.json"), "utf8")).not.toContain("龙晓");
    expect(system.stdout()).not.toContain("password");
    expect(readdirSync(join(dataDir, "..")).filter((name) => name !== "data")).toEqual([]);
  });

  it("lets none of the demonstration's people in, and names none of them", async () => {
    const people = city.flatMap((one) => one.people);
    const pages = [system.staffUrl, `${system.portalUrl}/`, `${system.staffUrl}/config.json`];
    for (const page of pages) {
      const text = await (await fetch(page)).text();
      for (const { name } of people) expect(text).not.toContain(name);
    }
    const statuses = new Set<string>();
    for (const { id } of people.slice(0, 4)) {
      for (const fields of [
        { username: id, password: demoPassword },
        { form: "password", login: id, password: demoPassword },
      ]) {
        await signIn(system, fields).catch((error: unknown) => statuses.add(String(error)));
      }
    }
    expect([...statuses].every((text) => /password is wrong|answered 4/u.test(text))).toBe(true);
    expect(statuses.size).toBeGreaterThan(0);
    for (const one of city) expect(system.stdout()).not.toContain(one.settings.name);
  });

  it("takes its people from the first code to the first figure", async () => {
    const code = codeIn(made.stdout);
    const wrong = byCode(system, code, { ...administrator, login: "13800000002" });
    await expect(wrong).rejects.toThrow("password is wrong");
    await expect(
      byCode(system, code, { ...administrator, password: "juesuan2025" }),
    ).rejects.toThrow("422");
    const first = caller(system, await byCode(system, code, administrator));
    await expect(
      byCode(system, code, { ...administrator, password: "other-mule-42x" }),
    ).rejects.toThrow(/422|401|password is wrong/u);
    const me = await first("GET", "/me", meResponse);
    expect(me.regions.map(({ regionName }) => regionName)).toEqual(["涟源市"]);

    for (const node of [
      { code: "137", name: "涟源市教育局", kind: "department", parent: "000" },
      { code: "137001", name: "涟源市第一中学", kind: "unit", parent: "137" },
    ]) {
      const added = { type: "add", year: 2022, reason: "初次登记", ...node };
      await first("POST", inRegion("/org-acts"), anything, added);
    }
    await first("PUT", inRegion("/years/2022"), anything, {
      ...{ edition: "jiangxi-2022", status: "open", version: 0 },
      ...{ unitDue: "2030-07-31", departmentDue: "2030-08-15", bureauDue: "2030-08-31" },
    });
    const invited = await first("POST", inRegion("/invitations"), invitedResponse, {
      ...{ name: "周敏", email: preparer.login },
      memberships: [{ role: "preparer", orgCode: "137001" }],
    });
    expect(invited.mailed).toBe(false);

    const second = caller(system, await byCode(system, invited.code, preparer));
    const report = { region, year: 2022, orgCode: "137001" };
    const { id } = await second("POST", "/reports", reportResponse, report);
    await second("PUT", `/reports/${id}/sections/t01`, anything, {
      base: null,
      value: { rows: [] },
    });
    // Signed in again, by the password, on another machine.
    const again = caller(system, await byPassword(system, preparer));
    expect((await again("GET", "/me", meResponse)).name).toBe("周敏");
  });

  it("ends sessions when a password is reset, and takes the code for a new one once", async () => {
    const first = caller(system, await byPassword(system, administrator));
    const session = await byPassword(system, preparer);
    const subject = await caller(system, session)("GET", "/me", subjectSchema);
    const own = first(
      "POST",
      inRegion(`/members/${await first("GET", "/me", subjectSchema)}/password-reset`),
      anything,
      {},
    );
    await expect(own).rejects.toThrow("403");
    const reset = await first(
      "POST",
      inRegion(`/members/${subject}/password-reset`),
      passwordResetResponse,
      {},
    );
    await expect(byPassword(system, preparer)).rejects.toThrow("password is wrong");
    const renewal = await fetch(`${system.issuerUrl}/token`, {
      method: "POST",
      body: new URLSearchParams({
        ...{ grant_type: "refresh_token", client_id: staffClientId },
        refresh_token: session.refreshToken,
      }),
    });
    expect(renewal.status).toBe(400);
    const next = { ...preparer, password: "second-harbour-20" };
    await byCode(system, reset.code, next);
    await expect(byCode(system, reset.code, preparer)).rejects.toThrow("password is wrong");
    await byPassword(system, next);
    const { items } = await first("GET", inRegion("/registry/events"), registryEventsResponse);
    expect(items[0]?.event).toMatchObject({ type: "password_reset", subject, byName: "龙晓" });
  });

  it("changes a password whose old one is known, and refuses other sites' forms", async () => {
    const page = `${system.issuerUrl}/account/password`;
    const send = (fields: Readonly<Record<string, string>>, origin = system.staffUrl) =>
      fetch(page, { method: "POST", headers: { origin }, body: new URLSearchParams(fields) });
    const next = "third-harbour-21";
    const form = { login: preparer.login, password: next, repeated: next };
    expect((await send({ ...form, old: "wrong-harbour-00" })).status).toBe(401);
    expect(
      (await send({ ...form, old: "second-harbour-20", repeated: "third-harbour-22" })).status,
    ).toBe(422);
    expect((await send({ ...form, old: "second-harbour-20" }, "https://evil.example")).status).toBe(
      403,
    );
    expect((await send({ ...form, old: "second-harbour-20" })).status).toBe(200);
    await byPassword(system, { ...preparer, password: next });
  });

  const lastOfPreparer = { ...preparer, password: "third-harbour-21" };

  it("locks an account after five wrong passwords; one nobody has looks the same", async () => {
    const attempt = (login: string) =>
      byPassword(system, { login, password: "not-the-password-1" }).catch((error: unknown) =>
        String(error),
      );
    const outcomes = async (login: string) => {
      const seen: unknown[] = [];
      for (let n = 0; n < 6; n += 1) seen.push(await attempt(login));
      return seen.map((text) => /wrong|429/u.exec(String(text))?.[0]);
    };
    const locked = ["wrong", "wrong", "wrong", "wrong", "wrong", "429"];
    expect(await outcomes("13800000009")).toEqual(locked);
    expect(await outcomes(preparer.login)).toEqual(locked);
    await expect(byPassword(system, lastOfPreparer)).rejects.toThrow("429");
    await byPassword(system, administrator);
  });

  it("has settings, accounts and attempts in its backup, and says in no log line what was typed", async () => {
    const copy = await newFolder();
    const backup = join(copy, "backup.sqlite");
    expect((await (await run("backup", backup, "--data", dataDir)).ended).code).toBe(0);
    restored = join(copy, "restored");
    expect((await (await run("restore", backup, "--data", restored)).ended).code).toBe(0);
    const log = await readFile(join(dataDir, "juesuan.log"), "utf8");
    for (const secret of [administrator.password, preparer.password, codeIn(made.stdout)]) {
      expect(log).not.toContain(secret);
    }
    system.kill("SIGINT");
    await system.ended;
    system = await start(restored, ["--port", "0", "--portal-port", "0", "--installation"]);
    const again = caller(system, await byPassword(system, administrator));
    expect((await again("GET", "/me", meResponse)).name).toBe("龙晓");
    await expect(byPassword(system, lastOfPreparer)).rejects.toThrow("429");
    const verified = await run("verify-audit", "--data", dataDir, "--json");
    expect([(await verified.ended).code, verified.stderr()]).toEqual([0, ""]);
  });

  it("gives whoever runs the machine a code for an administrator who forgot their password", async () => {
    system.kill("SIGINT");
    await system.ended;
    const nobody = await run("new-code", "--data", restored, "--account", "13800000007");
    expect((await nobody.ended).code).toBe(1);
    const given = await run("new-code", "--data", restored, "--account", administrator.login);
    expect([(await given.ended).code, given.stderr()]).toEqual([0, ""]);
    const other = ["--invite", "段鸿", "--contact", "13800000005"];
    const invited = await run("new-code", "--data", restored, ...other);
    expect([(await invited.ended).code, invited.stderr()]).toEqual([0, ""]);
    system = await start(restored);
    const successor = { login: "13800000005", password: "next-mule-orbit-9" };
    const next = caller(system, await byCode(system, codeIn(invited.stdout()), successor));
    expect((await next("GET", "/me", meResponse)).regions[0]?.memberships[0]?.role).toBe(
      "bureau_admin",
    );
    await expect(byPassword(system, administrator)).rejects.toThrow("password is wrong");
    await byCode(system, codeIn(given.stdout()), {
      ...administrator,
      password: "new-mule-orbit-8",
    });
    system.kill("SIGINT");
    await system.ended;
  });
});

describe("a set-up that asks", () => {
  const answers = ["涟源市", "", "", "", "https://juesuan.example.cn", "", "", "", "", "龙晓"];

  it("asks again for what is wrong, and makes what was answered", async () => {
    const dataDir = join(await newFolder(), "data");
    const lines = ["4313", region, ...answers, "123", "Long@example.cn"];
    const program = await runWithInput("setup", lines, "--data", dataDir);
    expect([(await program.ended).code, program.stderr()]).toEqual([0, ""]);
    expect(program.stdout()).toContain("须为六位数字");
    expect(program.stdout()).toContain("须为 11 位手机号，或完整的邮箱地址");
    expect(codeIn(program.stdout())).not.toBe("");
    const settings = await readFile(join(dataDir, "installation.json"), "utf8");
    expect(JSON.parse(settings)).toMatchObject({
      region: { code: region, siteName: "涟源市部门决算公开" },
      staffUrl: "https://juesuan.example.cn",
      trustedProxies: ["127.0.0.1"],
      issuer: { kind: "embedded" },
    });
  });

  it("makes nothing where the answers end too early", async () => {
    const dataDir = join(await newFolder(), "data");
    const program = await runWithInput("setup", [region, ...answers], "--data", dataDir);
    expect([(await program.ended).code, program.stderr()]).toEqual([
      1,
      expect.stringContaining("没有回答完就结束了"),
    ]);
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe("a set-up that cannot be", () => {
  it("names file, place, fault and remedy, and makes nothing", async () => {
    const dataDir = join(await newFolder(), "data");
    const { code, stderr, file } = await setUp(dataDir, {
      region: { code: "4313", name: "涟源市", siteName: "x" },
      staffUrl: "http://juesuan.example.cn",
      administrator: { name: "龙晓" },
      mail: { from: "x", server: "smtp://a:b@mail.example.cn" },
      colour: "red",
    });
    expect(code).toBe(1);
    expect(stderr).toContain(file);
    for (const words of [
      "region.code：须为六位数字",
      "staffUrl：口令要经过这个网址，须以 https:// 开头",
      "administrator：请填写手机号（mobile）或邮箱（email）",
      "mail.from：须为完整的邮箱地址",
      "mail.server：须形如 smtps://",
      "colour",
    ]) {
      expect(stderr).toContain(words);
    }
    expect(existsSync(dataDir)).toBe(false);
  });

  it("leaves a folder alone that is in use, and one that was set up", async () => {
    const used = await newFolder();
    await writeFile(join(used, "mine.txt"), "mine");
    const refused = await setUp(used);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("不是空文件夹")]);
    expect(readdirSync(used)).toEqual(["mine.txt"]);

    const dataDir = await newFolder();
    expect((await setUp(dataDir)).code).toBe(0);
    const before = await readFile(join(dataDir, "installation.json"), "utf8");
    const again = await setUp(dataDir);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("不能重复建立")]);
    expect(await readFile(join(dataDir, "installation.json"), "utf8")).toBe(before);
  });

  it("that was killed leaves nothing in the way of the next", async () => {
    const parent = await newFolder();
    const half = join(parent, "data.setting-up-999999999");
    await mkdir(half);
    await writeFile(join(half, "installation.json"), "{");
    expect((await setUp(join(parent, "data"))).code).toBe(0);
    expect(readdirSync(parent)).toEqual(["data"]);
  });
});

describe("a data folder is a demonstration or an installation for ever", () => {
  it("and one is not started as the other", async () => {
    const dataDir = await newFolder();
    const refused = await run("main", "--data", join(dataDir, "nothing"), "--installation");
    expect([(await refused.ended).code, refused.stderr()]).toEqual([
      1,
      expect.stringContaining("不是正式系统的数据文件夹"),
    ]);
    const installed = join(dataDir, "installed");
    await setUp(installed);
    const text = await readFile(join(installed, "installation.json"), "utf8");
    await rm(join(installed, "installation.json"));
    const lost = await run("main", "--data", installed, "--port", "0", "--portal-port", "0");
    expect([(await lost.ended).code, lost.stderr()]).toEqual([
      1,
      expect.stringContaining("从备份中取回这个文件"),
    ]);
    const demo = join(dataDir, "demo");
    const opened = await openDataFolder({ folder: demo, sha256, now, secret: "-", filesUrl: "" });
    if (!opened.ok) throw new Error(opened.error.message);
    const { effects } = opened.value;
    const confirm = (installation: Installation | undefined) =>
      confirmKind(effects, { folder: demo, installation, now });
    expect(await confirm(undefined)).toEqual({ ok: true });
    const read = readSettings(installationSchema, text, "installation.json");
    expect(read.ok && (await confirm(read.value))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("演示用的数据文件夹") as unknown },
    });
    await opened.value.close();
  });
});
