import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "../../../../infra/local/demo/client.ts";
import { signInWithCode } from "../../../../infra/local/oidc/sign-in.ts";
import { city, demoPassword } from "../../../../infra/local/seed/city.ts";
import {
  meResponse,
  departmentProgressResponse,
  savedSectionResponse,
  sectionResponse,
} from "../../../../shared/contract/responses.ts";
import { narrativeSchema } from "../../../../shared/report/sections.ts";
import {
  browsersOf,
  killAll,
  run,
  start,
  startFromSources,
  until,
  type System,
} from "./program.ts";

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-host-"));
  folders.push(folder);
  return join(folder, "data");
}
afterAll(async () => {
  await killAll();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const isPublic = async (system: System, path: string): Promise<boolean> =>
  (await fetch(`${system.portalUrl}${path}`)).status === 200;

/** Reports that the seeded bureaus have approved: to be printed and published without anybody's doing. */
/** What the year's progress says of the seeded department: the relay keeps it from the first moment on. */
async function reportsOf137(administrator: Awaited<ReturnType<typeof signIn>>) {
  const { rows } = await administrator.get(
    "/regions/360200/years/2022/progress/137",
    departmentProgressResponse,
  );
  return rows.filter(({ report }) => report !== undefined);
}

const approvedAtStart = ["/2022/137001/", "/310107/2024/105/"];

describe("npm start in a new folder", () => {
  let dataDir: string;
  let system: System;
  beforeAll(async () => {
    dataDir = await newFolder();
    system = await startFromSources(dataDir);
  }, 90_000);

  it("answers at every address it names", async () => {
    const health = await fetch(`${system.staffUrl}/api/health`);
    expect(health.status).toBe(200);
    const document = await fetch(`${system.staffUrl}/api/openapi.json`);
    expect(await document.text()).toContain('"openapi":"3.1');
    const discovery = await fetch(`${system.issuerUrl}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: system.issuerUrl });
    const config = await fetch(`${system.staffUrl}/config.json`);
    expect(await config.json()).toMatchObject({
      issuer: system.issuerUrl,
      portalUrl: system.portalUrl,
      mailsUrl: `${system.staffUrl}/demo/mails`,
    });
    const mails = await fetch(`${system.staffUrl}/demo/mails`);
    expect(await mails.text()).toContain("<h1>本地邮件</h1>");
  });

  it("opens the staff app at its root and at addresses inside it", async () => {
    for (const path of ["/", "/reports/360200-2022-137"]) {
      const page = await fetch(`${system.staffUrl}${path}`);
      expect([page.status, page.headers.get("content-security-policy")]).toEqual([
        200,
        expect.stringContaining("default-src 'self'"),
      ]);
      expect(await page.text()).toContain('id="root"');
    }
  });

  it("has a portal with a home page and the years before anything is public", async () => {
    for (const { settings, year } of city) {
      const home = `${settings.pathPrefix}/`;
      await until(() => isPublic(system, home), `${home} is there`);
      const page = await (await fetch(`${system.portalUrl}${home}`)).text();
      expect(page).toContain(settings.siteName);
      expect(page).not.toMatch(/<script/);
      expect(await isPublic(system, `${home}${String(year.year)}/`)).toBe(true);
    }
    const year = await (await fetch(`${system.portalUrl}/2022/`)).text();
    expect(year).toContain("应公开4份");
    expect(year).toContain("景德镇市公共资源交易中心");
  });

  it("lets the seeded people in, and shows reports in every state", async () => {
    const administrator = await signIn(system, "xuning");
    const me = await administrator.get("/me", meResponse);
    expect(JSON.stringify(me)).toContain("许宁");
    await until(async () => (await reportsOf137(administrator)).length === 4, "progress is kept");
    const reports = await reportsOf137(administrator);
    const standing = new Map(reports.map(({ orgCode, report }) => [orgCode, report?.status]));
    expect(standing.get("137")).toBe("draft");
    expect(standing.get("137002")).toBe("in_review");
    expect(standing.get("137003")).toBe("draft");
    expect(["approved", "published"]).toContain(standing.get("137001"));
  });

  it("prints and publishes what was approved", async () => {
    for (const path of approvedAtStart) {
      await until(() => isPublic(system, path), `${path} is public`);
      const pdf = await fetch(`${system.portalUrl}${path}report.pdf`);
      expect(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
  });

  it("keeps its folder to its owner", () => {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    const open = readdirSync(dataDir).filter((name) => {
      const { mode } = statSync(join(dataDir, name));
      return (mode & 0o077) !== 0;
    });
    expect(open).toEqual([]);
  });

  it("writes no token, code or secret into its log", async () => {
    const { staffUrl, issuerUrl } = system;
    const tokens = await signInWithCode({
      issuerUrl,
      clientId: "staff",
      redirectUri: `${staffUrl}/callback`,
      username: "limin",
      password: demoPassword,
    });
    for (const token of [tokens.accessToken, `${tokens.accessToken}x`]) {
      await fetch(`${staffUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    }
    const secret = await readFile(join(dataDir, "files.secret"), "utf8");
    const log = await readFile(join(dataDir, "juesuan.log"), "utf8");
    expect(log).toContain("/api/me");
    for (const hidden of [...Object.values(tokens), tokens.accessToken.slice(-40), secret]) {
      expect(log).not.toContain(hidden);
      expect(system.stdout()).not.toContain(hidden);
    }
    expect(log).not.toMatch(/bearer|code_verifier|[?&]code=|PRIVATE KEY/i);
  });

  it("is not joined by a second process in the same folder", async () => {
    const second = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(second.stderr())).toContain(
      `The data folder ${dataDir} is in use by another process (process ${String(system.pid)}`,
    );
    expect((await fetch(`${system.staffUrl}/api/health`)).status).toBe(200);
  });

  it.each([
    ["--port", "staff app", () => system.staffUrl],
    ["--portal-port", "public portal", () => system.portalUrl],
  ])("leaves a taken port given with %s to who has it", async (option, purpose, url) => {
    const other = await newFolder();
    const { port } = new URL(url());
    const ports = { "--port": "0", "--portal-port": "0", [option]: port };
    const second = await run("main", "--data", other, ...Object.entries(ports).flat());
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(second.stderr())).toBe(
      `The ${purpose} cannot start: port ${port} is already in use: stop the other program or name another port.`,
    );
    expect(existsSync(join(other, "db"))).toBe(false);
    expect((await fetch(url())).status).toBe(200);
  });

  it("stops at Ctrl-C with nothing left behind, and goes on where it was", async () => {
    system.kill("SIGINT");
    expect(await system.ended).toEqual({ code: 0, signal: null });
    expect(system.stderr()).toBe("");
    expect(existsSync(join(dataDir, "owner.json"))).toBe(false);
    if (process.platform === "linux") expect(browsersOf(system)).toEqual([]);
    const ports = [system.staffUrl, system.portalUrl].map((url) => Number(new URL(url).port));
    for (const port of ports) await listenAndLetGo(port);

    const again = await start(dataDir, ["--port", String(ports[0]), "--portal-port", "0"]);
    expect(again.staffUrl).toBe(system.staffUrl);
    expect(await isPublic(again, "/2022/137001/")).toBe(true);
    again.kill("SIGTERM");
    expect(await again.ended).toEqual({ code: 0, signal: null });
  }, 90_000);
});

describe("a host killed with -9", () => {
  it("loses no save it had confirmed, and finishes what was approved", async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    const path = "/reports/360200-2022-137003/sections/narrative";
    const preparer = await signIn(first, "chenyu");
    const { pointer, value } = await preparer.get(path, sectionResponse);
    const narrative = narrativeSchema.parse(value);
    const numbered = (count: number) => ({
      ...narrative,
      additions: { ...narrative.additions, performance: [`第${String(count)}次补充。`] },
    });
    let base = pointer?.sha256 ?? null;
    let confirmed = 0;
    const saving = (async () => {
      for (let count = 1; ; count += 1) {
        const saved = await preparer.put(
          path,
          { base, value: numbered(count) },
          savedSectionResponse,
        );
        base = saved.pointer.sha256;
        confirmed = count;
        if (count === 10) first.kill("SIGKILL");
      }
    })();
    await expect(saving).rejects.toThrow();
    expect(await first.ended).toEqual({ code: null, signal: "SIGKILL" });
    expect(confirmed).toBeGreaterThanOrEqual(10);
    if (process.platform === "linux") {
      await until(() => browsersOf(first).length === 0, "its browser is gone");
    }

    const second = await start(dataDir);
    const after = await (await signIn(second, "chenyu")).get(path, sectionResponse);
    // The save under way when it was killed may be in or not; it is whole or not at all.
    expect([numbered(confirmed), numbered(confirmed + 1)]).toContainEqual(
      narrativeSchema.parse(after.value),
    );
    for (const address of approvedAtStart) {
      await until(() => isPublic(second, address), `${address} is public`);
    }
    second.kill("SIGINT");
    expect(await second.ended).toEqual({ code: 0, signal: null });
  }, 120_000);

  it("while it is seeding starts anew with the whole city", async () => {
    const dataDir = await newFolder();
    const first = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
    await until(() => existsSync(join(dataDir, "seeding", "vault", "blobs")), "it is seeding", 2);
    first.kill("SIGKILL");
    expect(await first.ended).toEqual({ code: null, signal: "SIGKILL" });
    expect(existsSync(join(dataDir, "db"))).toBe(false);

    const second = await start(dataDir);
    expect(existsSync(join(dataDir, "seeding"))).toBe(false);
    const administrator = await signIn(second, "xuning");
    await until(async () => (await reportsOf137(administrator)).length === 4, "the city is whole");
    await until(() => isPublic(second, "/2022/137001/"), "the approved report is public");
    second.kill("SIGINT");
    expect(await second.ended).toEqual({ code: 0, signal: null });
  }, 120_000);
});

describe("npm start that cannot start", () => {
  it.each([
    [["--port", "eighty"], "--port takes a number from 0 to 65535, not “eighty”."],
    [["--portal-port", "70000"], "--portal-port takes a number from 0 to 65535, not “70000”."],
    [["--prot", "80"], "Unknown option '--prot'"],
    [["8080"], "Unexpected argument '8080'"],
  ])("%j: says what is wrong and how it is used", async (options, sentence) => {
    const dataDir = await newFolder();
    const program = await run("main", "--data", dataDir, ...options);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr()).toContain(sentence);
    expect(program.stderr()).toContain("Usage: npm start [-- options]");
    expect(program.stderr()).not.toMatch(/\n\s+at /);
    expect(existsSync(dataDir)).toBe(false);
  });

  it.each([
    ["db", "is missing, while"],
    ["db/juesuan.sqlite", "is missing, while"],
    ["files.secret", "64 characters"],
  ])(
    "does nothing where %s is gone or emptied, says so, and destroys nothing",
    async (name, words) => {
      const dataDir = await newFolder();
      await mkdir(join(dataDir, "vault/blobs"), { recursive: true });
      await writeFile(join(dataDir, "vault/blobs/1"), "正文");
      if (name === "files.secret") await writeFile(join(dataDir, name), "");
      if (name === "db/juesuan.sqlite") {
        await mkdir(join(dataDir, "db"));
        await writeFile(
          join(dataDir, "db/juesuan.sqlite.acknowledged"),
          "1 2023-03-01T01:00:00.000Z a / b\n",
        );
      }
      const program = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
      expect(await program.ended).toEqual({ code: 1, signal: null });
      expect(oneSentence(program.stderr())).toContain(words);
      expect(await readFile(join(dataDir, "vault/blobs/1"), "utf8")).toBe("正文");
    },
  );

  it.each(["vault", "mail", "queues/render"])(
    "for it cannot write %s says so in one sentence, and touches nothing",
    async (name) => {
      const dataDir = await newFolder();
      await mkdir(dirname(join(dataDir, name)), { recursive: true });
      // A file in the place of a folder: not even root can write below it.
      await writeFile(join(dataDir, name), "a file");
      const program = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
      expect(await program.ended).toEqual({ code: 1, signal: null });
      const sentence = oneSentence(program.stderr());
      expect(sentence).toContain(join(dataDir, name));
      expect(sentence).toMatch(/cannot be written \((EEXIST|ENOTDIR)\): move away what lies there/);
      expect(await readFile(join(dataDir, name), "utf8")).toBe("a file");
      expect(existsSync(join(dataDir, "db"))).toBe(false);
    },
  );

  it("for its database cannot be opened says so in one sentence, and touches nothing", async () => {
    const dataDir = await newFolder();
    await mkdir(join(dataDir, "db/juesuan.sqlite"), { recursive: true });
    const program = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(program.stderr())).toMatch(
      /^The database .*juesuan\.sqlite cannot be opened \(.+\): let the user/,
    );
    expect(statSync(join(dataDir, "db/juesuan.sqlite")).isDirectory()).toBe(true);
  });

  it("explains itself when asked", async () => {
    const program = await run("main", "--help");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stdout()).toContain("--portal-port N");
  });

  it("for its folder is a file says so in one sentence", async () => {
    const dataDir = await newFolder();
    await writeFile(dataDir, "a file");
    const program = await run("main", "--data", dataDir, "--port", "0", "--portal-port", "0");
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(program.stderr())).toContain(`The data folder ${dataDir} cannot be written`);
    expect(await readFile(dataDir, "utf8")).toBe("a file");
  });

  it("for there is no such address on this machine says so in one sentence", async () => {
    const program = await run("main", "--data", await newFolder(), "--host", "192.0.2.1");
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(program.stderr())).toContain("this machine has no address 192.0.2.1");
  });
});

function oneSentence(output: string): string {
  expect(output.trimEnd().split("\n")).toHaveLength(1);
  return output.trimEnd();
}

async function listenAndLetGo(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
