import type { IncomingMessage, ServerResponse } from "node:http";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { markup, trusted, type Markup } from "../../shared/document/markup.ts";
import { shanghaiTime } from "../../shared/document/titles.ts";
import { pageStyle } from "./oidc/page-style.ts";

/** Where a demonstration shows its letters, below the staff app's address. */
export const localMailsPath = "/demo/mails";

/** Latest letters that the page shows. */
const mailsShown = 100;

interface LocalMail {
  readonly to: string;
  readonly subject: string;
  /** ISO UTC, or what the letter says where that is none. */
  readonly at: string;
  readonly text: string;
}

/**
 * 本地邮件: the letters of a demonstration, which lie in a folder instead of going out. Its people are invented, and their
 * password is everybody's; no installation has this page (`openMail`).
 */
export const createLocalMails =
  (dir: string) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!["GET", "HEAD"].includes(request.method ?? "")) {
      response.writeHead(405).end();
      return;
    }
    const address = new URL(request.url ?? "/", "http://localhost");
    const mails = await latestMails(dir);
    const page = mailsPage(mails, address.searchParams.get("to") ?? "");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    });
    response.end(request.method === "HEAD" ? "" : page);
  };

async function latestMails(dir: string): Promise<readonly LocalMail[]> {
  const names = await readdir(dir).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".eml"))
      .map(async (name) => ({ name, at: (await stat(join(dir, name))).mtimeMs })),
  );
  const latest = files.toSorted((a, b) => b.at - a.at).slice(0, mailsShown);
  return Promise.all(
    latest.map(async ({ name }) => readMail(await readFile(join(dir, name), "utf8"))),
  );
}

/** A letter as the folder mailer writes it: header lines, a blank one, plain text in base64. */
export function readMail(eml: string): LocalMail {
  const split = eml.indexOf("\r\n\r\n");
  const headers = new Map(
    eml
      .slice(0, split)
      .replaceAll(/\r\n[ \t]+/gu, " ")
      .split("\r\n")
      .map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
  const of = (name: string) => decodedWords(headers.get(name) ?? "");
  const sent = Date.parse(of("date"));
  return {
    to: of("to"),
    subject: of("subject"),
    at: Number.isNaN(sent) ? of("date") : new Date(sent).toISOString(),
    text: Buffer.from(eml.slice(split + 4), "base64").toString("utf8"),
  };
}

/** Encoded words of RFC 2047; blanks between two of them are none. */
const decodedWords = (header: string): string =>
  header
    .replaceAll(/\?=\s+=\?/gu, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/giu, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : Buffer.from(
            word
              .replaceAll("_", " ")
              .replaceAll(/=([0-9A-F]{2})/giu, (__, hex: string) =>
                String.fromCharCode(parseInt(hex, 16)),
              ),
            "latin1",
          ).toString("utf8"),
    );

const styles = `
form { margin: 0 0 1rem; } details { border-top: 1px solid var(--line); padding: .6rem 0; }
summary { cursor: pointer; } summary small { color: var(--muted); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
`;

function mailsPage(mails: readonly LocalMail[], to: string): string {
  const people = [...new Set(mails.map((mail) => mail.to))].toSorted();
  const shown = mails.filter((mail) => to === "" || mail.to === to);
  return markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>本地邮件 · 决算编审演示</title>
<style>${trusted(pageStyle + styles)}</style>
</head>
<body>
<main>
<h1>本地邮件</h1>
<p>演示环境不向外发邮件，最近的 ${mailsShown} 封都在这里。正式系统没有这一页。</p>
<form method="get"><label>收件人 <select name="to"><option value="">全部</option>${people.map(
    (one) => markup`<option${one === to && trusted(" selected")}>${one}</option>`,
  )}</select></label> <button>查看</button></form>
${shown.length === 0 ? markup`<p>还没有邮件。</p>` : shown.map(mailHtml)}
</main>
</body>
</html>
`.toString();
}

const mailHtml = ({ to, subject, at, text }: LocalMail): Markup =>
  markup`<details><summary>${subject} <small>${to}，${/^\d{4}-/u.test(at) ? shanghaiTime(at) : at}</small></summary><pre>${text}</pre></details>
`;
