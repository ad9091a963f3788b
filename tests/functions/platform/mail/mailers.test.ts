import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderMailer } from "../../../../functions/platform/mail/folder-mailer.ts";
import { createSmtpMailer } from "../../../../functions/platform/mail/smtp-mailer.ts";

const from = "juesuan@example.gov.cn";
const mail = {
  id: "360200-2022-137001.7.notify.limin",
  to: "limin@example.gov.cn",
  subject: "【决算】已批复：景德镇市公共资源交易中心2022年度单位决算",
  text: "李敏，您好：\n\n报告已由财政部门批复。\n",
};

/** Header lines unfolded, and the body decoded. */
function read(bytes: string) {
  const [head = "", ...rest] = bytes.split("\r\n\r\n");
  const headers = new Map(
    head
      .replaceAll(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => [
        line.split(": ")[0]?.toLowerCase() ?? "",
        line.split(": ").slice(1).join(": "),
      ]),
  );
  return { headers, text: Buffer.from(rest.join("\r\n\r\n"), "base64").toString() };
}

describe("mail into a folder", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "mail-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const mailerAt = (now: string) =>
    createFolderMailer({ dir: join(dir, "out"), from, now: () => now });
  const files = async () => (await readdir(join(dir, "out"))).sort();

  it("is a file a mail program opens, with the words as they were given", async () => {
    await mailerAt("2023-08-01T02:00:00.000Z").send(mail);
    const [name = ""] = await files();
    expect(name).toMatch(/^360200-2022-137001\.7\.notify\.limin\.[0-9a-f]{12}\.eml$/);
    const { headers, text } = read(await readFile(join(dir, "out", name), "utf8"));
    expect(headers.get("from")).toBe(from);
    expect(headers.get("to")).toBe(mail.to);
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(headers.get("date")).toBe("Tue, 01 Aug 2023 02:00:00 +0000");
    expect(headers.get("message-id")).toMatch(/^<[0-9a-f]{40}@example\.gov\.cn>$/);
    expect(text.replaceAll("\r\n", "\n")).toBe(mail.text);
  });

  it("is one file however often it is sent, and the first is kept", async () => {
    await mailerAt("2023-08-01T02:00:00.000Z").send(mail);
    const [name = ""] = await files();
    const first = await readFile(join(dir, "out", name));
    await mailerAt("2023-08-02T02:00:00.000Z").send(mail);
    expect(await files()).toEqual([name]);
    expect(await readFile(join(dir, "out", name))).toEqual(first);
  });

  it("keeps to the folder and to one addressee, whatever the names hold", async () => {
    const mailer = mailerAt("2023-08-01T02:00:00.000Z");
    await mailer.send({ ...mail, id: "../../etc/passwd\u0000" });
    await mailer.send({ ...mail, id: "x", subject: "一行\r\nBcc: evil@example.com" });
    const names = await files();
    expect(names).toHaveLength(2);
    expect(names.every((name) => !name.includes("/"))).toBe(true);
    for (const name of names) {
      const { headers } = read(await readFile(join(dir, "out", name), "utf8"));
      expect(headers.has("bcc")).toBe(false);
    }
    for (const to of ["limin@example.gov.cn, evil@example.com", "limin", "<a@b.cn>"]) {
      await expect(mailer.send({ ...mail, id: "y", to })).rejects.toThrow("Mail y has no address");
    }
    expect(await files()).toEqual(names);
  });
});

/** Just enough of an SMTP server to take a message in, or to refuse the addressee. */
function smtpServer(refuse: () => boolean) {
  const messages: { to: string[]; data: string }[] = [];
  const speak = (socket: Socket) => {
    let to: string[] = [];
    let data: string | undefined;
    let rest = "";
    socket.write("220 ready\r\n");
    socket.on("data", (chunk) => {
      rest += chunk.toString("utf8");
      for (;;) {
        if (data !== undefined) {
          const end = rest.indexOf("\r\n.\r\n");
          if (end < 0) return;
          messages.push({ to, data: rest.slice(0, end) });
          rest = rest.slice(end + 5);
          data = undefined;
          to = [];
          socket.write("250 taken\r\n");
          continue;
        }
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (line.startsWith("EHLO")) socket.write("250-here\r\n250 8BITMIME\r\n");
        else if (line.startsWith("RCPT") && refuse()) socket.write("451 later\r\n");
        else if (line === "STARTTLS") socket.write("502 not here\r\n");
        else if (line === "DATA") {
          data = "";
          socket.write("354 go on\r\n");
        } else {
          if (line.startsWith("RCPT")) to.push(line.slice("RCPT TO:".length));
          socket.write("250 ok\r\n");
        }
      }
    });
    socket.on("error", () => undefined);
  };
  return { server: createServer(speak), messages };
}

describe("mail by SMTP", () => {
  let server: Server | undefined;
  afterEach(
    () =>
      new Promise<void>((closed) => {
        if (server === undefined) closed();
        else server.close(() => closed());
        server = undefined;
      }),
  );
  const listen = (one: Server) =>
    new Promise<string>((listening) => {
      server = one.listen(0, "127.0.0.1", () => {
        listening(`smtp://127.0.0.1:${String((one.address() as AddressInfo).port)}`);
      });
    });

  it("is out when the server has taken it", async () => {
    const { server: one, messages } = smtpServer(() => false);
    const url = await listen(one);
    await createSmtpMailer({ from, smtpUrl: () => Promise.resolve(url) }).send(mail);
    expect(messages.map(({ to }) => to)).toEqual([["<limin@example.gov.cn>"]]);
    expect(read(messages[0]?.data ?? "").text.replaceAll("\r\n", "\n")).toBe(mail.text);
  });

  it("that the server refuses fails, and the address is asked for anew on the next try", async () => {
    let refusals = 1;
    const { server: one, messages } = smtpServer(() => (refusals -= 1) >= 0);
    const url = await listen(one);
    let asked = 0;
    const mailer = createSmtpMailer({
      from,
      smtpUrl: () => {
        asked += 1;
        return Promise.resolve(url);
      },
    });
    await expect(mailer.send(mail)).rejects.toThrow("451");
    expect(messages).toEqual([]);
    await mailer.send(mail);
    await mailer.send(mail);
    expect(messages).toHaveLength(2);
    expect(asked).toBe(2);
  });

  it("never sends a password over a line without encryption", async () => {
    const { server: one, messages } = smtpServer(() => false);
    const url = (await listen(one)).replace("//", "//user:secret@");
    const mailer = createSmtpMailer({ from, smtpUrl: () => Promise.resolve(url) });
    await expect(mailer.send(mail)).rejects.toThrow();
    expect(messages).toEqual([]);
  });
});
