import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { z } from "zod";

/** A county as it answers over HTTP, in a process of its own (`county-host.ts`). */
export interface County {
  readonly ask: (
    who: string,
    method: "GET" | "PUT" | "POST",
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** Drafts to save in, each with the one person who may. */
  readonly drafts: readonly Draft[];
  /** Reports that wait at the bureau, each of them sound. */
  readonly waiting: readonly string[];
  readonly editionHash: string;
  /** Resident bytes after a forced collection. */
  readonly residentBytes: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface Draft {
  readonly id: string;
  readonly preparer: string;
}

export const countySchema = z.object({
  port: z.number(),
  tokens: z.record(z.string(), z.string()),
  drafts: z.array(z.object({ id: z.string(), preparer: z.string() })),
  waiting: z.array(z.string()),
  editionHash: z.string(),
});

export interface CountySize {
  /** Departments with a report each, beside those that are measured. */
  readonly departments: number;
  readonly editors: number;
}

export async function openCounty({ departments, editors }: CountySize): Promise<County> {
  const child = fork(
    new URL("county-host.ts", import.meta.url),
    [String(departments), String(editors)],
    {
      execArgv: ["--import", "tsx", "--expose-gc"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const county = countySchema.parse(await answerOf(child));
  const agent = new Agent({ keepAlive: true, maxSockets: 400 });
  const ask: County["ask"] = (who, method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        {
          ...{ agent, port: county.port, host: "127.0.0.1", method, path },
          headers: {
            authorization: `Bearer ${county.tokens[who] ?? ""}`,
            ...(text === undefined ? {} : { "content-type": "application/json" }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.once("error", reject);
          response.once("end", () => {
            const answer = Buffer.concat(parts).toString("utf8");
            resolve({
              status: response.statusCode ?? 0,
              body: answer === "" ? undefined : (JSON.parse(answer) as unknown),
            });
          });
        },
      );
      sent.once("error", (error: NodeJS.ErrnoException) => {
        // A connection the server was just closing, which every browser takes another one for.
        if (sent.reusedSocket && error.code === "ECONNRESET") {
          ask(who, method, path, body).then(resolve, reject);
        } else reject(error);
      });
      sent.end(text);
    });
  return {
    ...county,
    ask,
    residentBytes: async () => {
      child.send("memory");
      return z.number().parse(await answerOf(child));
    },
    close: async () => {
      agent.destroy();
      const ended = once(child, "exit");
      child.send("close");
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [answer] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`The county ended with ${String(code)}.`);
    }),
  ])) as [unknown];
  return answer;
}

const savedSchema = z.object({ pointer: z.object({ sha256: z.string() }) });
const sectionSchema = z.object({
  pointer: z.object({ sha256: z.string() }).optional(),
  value: z.object({ rows: z.array(z.looseObject({ cells: z.record(z.string(), z.number()) })) }),
});

/** Saves one table over and over, each time with another figure in it. */
export async function editorOf(
  county: County,
  { id, preparer }: Draft,
): Promise<() => Promise<void>> {
  const path = `/api/reports/${id}/sections/t03`;
  const opened = await county.ask(preparer, "GET", path);
  const { pointer, value } = sectionSchema.parse(opened.body);
  let base = pointer?.sha256 ?? null;
  let figure = 0;
  return async () => {
    figure += 100;
    const rows = value.rows.map((row, index) =>
      index > 0 ? row : { ...row, cells: { ...row.cells, project: figure } },
    );
    const saved = await county.ask(preparer, "PUT", path, { base, value: { rows } });
    if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
    base = savedSchema.parse(saved.body).pointer.sha256;
  };
}

/** Fails where the answer is not what it should be, so that no refusal is measured. */
export async function read(county: County, who: string, path: string): Promise<void> {
  const { status, body } = await county.ask(who, "GET", path);
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
}
