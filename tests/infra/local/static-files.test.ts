import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStaticFiles } from "../../../infra/local/static-files.ts";

let parent: string;
let dir: string;
const servers: Server[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "static-"));
  dir = join(parent, "site");
  await mkdir(join(dir, "2022", "137"), { recursive: true });
  await mkdir(join(dir, "assets"));
  await mkdir(join(dir, "empty"));
  await writeFile(join(dir, "index.html"), "首页");
  await writeFile(join(dir, "404.html"), "找不到");
  await writeFile(join(dir, "2022", "137", "index.html"), "报告");
  await writeFile(join(dir, "2022", "137", "公开01.csv"), "收入,支出");
  await writeFile(join(dir, "2022", "137", "report.pdf"), "0123456789");
  await writeFile(join(dir, "assets", "app-1a2b.js"), "1");
  await writeFile(join(dir, ".hidden"), "geheim");
  await writeFile(join(parent, "secret.txt"), "geheim");
  await symlink(join(parent, "secret.txt"), join(dir, "link.txt"));
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await rm(parent, { recursive: true, force: true });
});

async function host(settings: Partial<Parameters<typeof createStaticFiles>[0]> = {}) {
  const files = createStaticFiles({ dir, fallback: "folder-index", ...settings });
  const server = createServer((req, res) => {
    files(req, res).catch((error: unknown) => {
      res.destroy(error instanceof Error ? error : undefined);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

/** Requests a path unchanged, which fetch would first clean. */
const raw = (port: number, path: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    request({ port, path, host: "127.0.0.1" }, (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => (text += part.toString("utf8")));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
    })
      .on("error", reject)
      .end();
  });

describe("the portal's folder", () => {
  it("gives a folder's page under its address with a slash, and leads there without", async () => {
    const { url } = await host();
    expect(await (await fetch(`${url}/`)).text()).toBe("首页");
    const page = await fetch(`${url}/2022/137/`);
    expect([page.status, await page.text()]).toEqual([200, "报告"]);
    const bare = await fetch(`${url}/2022/137?x=1`, { redirect: "manual" });
    expect([bare.status, bare.headers.get("location")]).toEqual([301, "/2022/137/?x=1"]);
  });

  it.each([
    ["/2022/137/", "text/html; charset=utf-8"],
    [`/2022/137/${encodeURIComponent("公开01.csv")}`, "text/csv; charset=utf-8"],
    ["/2022/137/report.pdf", "application/pdf"],
    ["/assets/app-1a2b.js", "text/javascript; charset=utf-8"],
  ])("says what %s is", async (path, type) => {
    const { url } = await host();
    const answer = await fetch(url + path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
  });

  it("answers what it does not have with its 404 page, or a sentence without one", async () => {
    const { url } = await host();
    for (const path of ["/none", "/2022/999/", "/empty", "/empty/", "/2022/137/report.pdf/x"]) {
      const answer = await fetch(url + path, { redirect: "manual" });
      expect([answer.status, await answer.text()], path).toEqual([404, "找不到"]);
      expect(answer.headers.get("etag")).toBeNull();
    }
    await rm(join(dir, "404.html"));
    const answer = await fetch(`${url}/none`);
    expect([answer.status, await answer.text()]).toEqual([404, "没有这个页面。\n"]);
  });

  it("serves what was published after the start", async () => {
    const late = join(parent, "late");
    const { url } = await host({ dir: late });
    expect((await fetch(url)).status).toBe(404);
    await mkdir(late);
    await writeFile(join(late, "index.html"), "now");
    expect(await (await fetch(url)).text()).toBe("now");
  });
});

describe("the staff app's folder", () => {
  it("gives the app for the app's own addresses, but never in place of a missing file", async () => {
    const { url } = await host({ fallback: "single-page" });
    const own = await fetch(`${url}/reports/r-137/t01?cell=a1`);
    expect([own.status, await own.text()]).toEqual([200, "首页"]);
    expect(own.headers.get("cache-control")).toBe("no-cache");
    expect((await fetch(`${url}/assets/app-gone.js`)).status).toBe(404);
  });

  it("lets a cache keep what its headers allow", async () => {
    const { url } = await host({
      fallback: "single-page",
      cacheControl: (path) =>
        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    });
    const asset = await fetch(`${url}/assets/app-1a2b.js`);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await fetch(`${url}/`)).headers.get("cache-control")).toBe("no-cache");
  });
});

describe("what lies outside the folder", () => {
  it("is out of reach by any spelling", async () => {
    const { port } = await host();
    const attempts = [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/2022/../../secret.txt",
      "/2022/..%2f..%2fsecret.txt",
      "/..%5csecret.txt",
      "/%2e%2e%5c%2e%2e%5csecret.txt",
      "//etc/passwd",
      "/%2fetc/passwd",
      "/2022//137/",
      "/secret.txt%00.html",
      "/.../x",
      "/%zz",
      "http://127.0.0.1/index.html",
      "/link.txt",
      "/.hidden",
      `/${"a".repeat(5_000)}`,
    ];
    for (const path of attempts) {
      const { status, text } = await raw(port, path);
      expect([400, 404], path).toContain(status);
      expect(text, path).not.toContain("geheim");
    }
  });

  it("is never where a redirect leads", async () => {
    await mkdir(join(dir, "elsewhere.example"));
    await writeFile(join(dir, "elsewhere.example", "index.html"), "x");
    const { port } = await host();
    expect((await raw(port, "//elsewhere.example")).status).toBe(400);
    expect((await raw(port, "/%2felsewhere.example")).status).toBe(400);
  });
});

describe("an answer", () => {
  it("carries the headers handed in, also when it refuses", async () => {
    const policy = "default-src 'none'; style-src 'self'";
    const { url } = await host({ headers: () => ({ "content-security-policy": policy }) });
    for (const [path, method] of [
      ["/", "GET"],
      ["/none", "GET"],
      ["/%zz", "GET"],
      ["/", "POST"],
    ] as const) {
      const answer = await fetch(url + path, { method });
      expect(answer.headers.get("content-security-policy"), path).toBe(policy);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("is given to GET and HEAD alone", async () => {
    const { url } = await host();
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const answer = await fetch(`${url}/index.html`, { method });
      expect([answer.status, answer.headers.get("allow")], method).toEqual([405, "GET, HEAD"]);
    }
    const head = await fetch(`${url}/2022/137/report.pdf`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      "10",
      "",
    ]);
  });

  it("is 304 while the file is the one the reader has, and the file again when it changed", async () => {
    const { url } = await host();
    const path = join(dir, "index.html");
    const etag = (await fetch(`${url}/`)).headers.get("etag") ?? "";
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await fetch(`${url}/`, { headers: { "if-none-match": tag } });
      expect([answer.status, await answer.text()], tag).toEqual([304, ""]);
      expect(answer.headers.get("etag")).toBe(etag);
    }
    await writeFile(path, "另页"); // as many bytes as before
    await utimes(path, new Date(), new Date());
    const changed = await fetch(`${url}/`, { headers: { "if-none-match": etag } });
    expect([changed.status, await changed.text()]).toEqual([200, "另页"]);
  });

  it.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-4", 206, "6789", "bytes 6-9/10"],
    ["bytes=-40", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=10-", 416, "请求的范围超出文件。\n", "bytes */10"],
    ["bytes=-0", 416, "请求的范围超出文件。\n", "bytes */10"],
    ["bytes=5-3", 200, "0123456789", null],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["lines=0-1", 200, "0123456789", null],
    ["bytes=-", 200, "0123456789", null],
  ])("to the range %s of a PDF is %i", async (range, status, text, contentRange) => {
    const { url } = await host();
    const answer = await fetch(`${url}/2022/137/report.pdf`, { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it("to a range of an older version is the whole", async () => {
    const { url } = await host();
    const pdf = `${url}/2022/137/report.pdf`;
    const etag = (await fetch(pdf)).headers.get("etag") ?? "";
    const same = await fetch(pdf, { headers: { range: "bytes=0-1", "if-range": etag } });
    const older = await fetch(pdf, { headers: { range: "bytes=0-1", "if-range": '"old"' } });
    expect([same.status, older.status]).toEqual([206, 200]);
  });

  it("to a reader who goes away in the middle harms nobody", async () => {
    await writeFile(join(dir, "large.bin"), new Uint8Array(8 * 1024 * 1024));
    const { url } = await host();
    const controller = new AbortController();
    const answer = await fetch(`${url}/large.bin`, { signal: controller.signal });
    controller.abort();
    await expect(answer.arrayBuffer()).rejects.toThrow();
    const whole = await fetch(`${url}/large.bin`);
    expect((await whole.arrayBuffer()).byteLength).toBe(8 * 1024 * 1024);
  });
});

describe("a long text", () => {
  const text = "收入支出决算总表，".repeat(2_000);
  const size = Buffer.byteLength(text);
  beforeEach(() => writeFile(join(dir, "long.html"), text));

  /** fetch takes gzip by default, and unpacks it. */
  const ask = (url: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/long.html`, { headers });

  it("travels packed, with a name of its own for caches", async () => {
    const { url } = await host();
    const packed = await ask(url);
    expect(await packed.text()).toBe(text);
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("vary")).toBe("accept-encoding");
    const plain = await ask(url, { "accept-encoding": "identity" });
    expect(await plain.text()).toBe(text);
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(plain.headers.get("content-length")).toBe(String(size));
    expect(plain.headers.get("vary")).toBe("accept-encoding");
    expect(plain.headers.get("etag")).not.toBe(packed.headers.get("etag"));
  });

  it("is not sent again to who has it packed", async () => {
    const { url } = await host();
    const etag = (await ask(url)).headers.get("etag") ?? "";
    const again = await ask(url, { "if-none-match": etag });
    expect([again.status, again.headers.get("vary")]).toEqual([304, "accept-encoding"]);
  });

  it.each(["", "br", "gzip;q=0", "gzip; q=0.000, br"])(
    "travels as it is to who takes “%s”",
    async (accepted) => {
      const { url } = await host();
      const answer = await ask(url, { "accept-encoding": accepted });
      expect(answer.headers.get("content-encoding")).toBeNull();
      expect(await answer.text()).toBe(text);
    },
  );

  it("is cut where a reader asks for a part, and never packed then", async () => {
    const { url } = await host();
    const part = await ask(url, { range: "bytes=0-2" });
    expect([part.status, await part.text()]).toEqual([206, "收"]);
    expect(part.headers.get("content-encoding")).toBeNull();
  });

  it("is only announced to a HEAD", async () => {
    const { url } = await host();
    const answer = await fetch(`${url}/long.html`, { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("content-encoding")).toBe("gzip");
  });

  it("is unlike a PDF, which is packed already", async () => {
    await writeFile(join(dir, "large.pdf"), new Uint8Array(100_000));
    const { url } = await host();
    const answer = await fetch(`${url}/large.pdf`);
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(answer.headers.get("content-length")).toBe("100000");
  });
});
