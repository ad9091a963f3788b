import { S3Client, type S3ClientConfig, S3ServiceException } from "@aws-sdk/client-s3";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createS3Files } from "../../functions/storage/s3/files.ts";
import {
  createS3DownloadLinks,
  createS3UploadTickets,
} from "../../functions/storage/s3/transfer.ts";
import { fileStoreContract, putIfAbsentContract } from "./file-store-contract.ts";
import { postByPolicy } from "./post-policy.ts";
import { uploadContract } from "./upload-contract.ts";

const settings: S3ClientConfig = {
  region: "cn-north-1",
  forcePathStyle: true,
  credentials: { accessKeyId: "AKIACONTRACT", secretAccessKey: "contract" },
};
const bucket = "vault";

let server: FauxqsServer;
let client: S3Client;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1" });
  server.createBucket(bucket);
  client = new S3Client({ ...settings, endpoint: `http://127.0.0.1:${server.port}` });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

fileStoreContract(() => Promise.resolve(createS3Files({ client, bucket })));

describe("on an engine that honours If-None-Match", () => {
  /** Gives fauxqs the one thing it lacks, where S3 has it: before the object is written. */
  const conditional = () => {
    const strict = new S3Client({ ...settings, endpoint: `http://127.0.0.1:${server.port}` });
    const taken = new Set<string>();
    strict.middlewareStack.add(
      (next, context) => (args) => {
        const { Key, IfNoneMatch } = args.input as { Key?: string; IfNoneMatch?: string };
        if (context.commandName !== "PutObjectCommand" || IfNoneMatch !== "*") return next(args);
        if (taken.has(Key ?? "")) return Promise.reject(refusal("PreconditionFailed", 412));
        taken.add(Key ?? "");
        return next(args);
      },
      { step: "initialize" },
    );
    return createS3Files({ client: strict, bucket });
  };
  putIfAbsentContract(() => Promise.resolve(conditional()));
  uploadContract({
    open: () =>
      Promise.resolve({
        files: conditional(),
        tickets: createS3UploadTickets({ client, bucket }),
      }),
    post: postByPolicy(() => createS3Files({ client, bucket }), bucket),
    comparesBytes: false,
  });
});

const refusal = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, message: name, $fault: "client", $metadata: { httpStatusCode } });

describe("the requests sent to S3", () => {
  interface Sent {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  }
  let sent: Sent[] = [];
  let answers: (() => void)[] = [];
  afterEach(() => {
    sent = [];
    answers = [];
  });

  /** Records each request as it goes out and lets the test answer in the server's place. */
  const recording = () => {
    const recorded = new S3Client({ ...settings, endpoint: `http://127.0.0.1:${server.port}` });
    recorded.middlewareStack.add(
      (next) => (args) => {
        sent.push(args.request as Sent);
        answers.shift()?.();
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    return createS3Files({ client: recorded, bucket });
  };
  const refuse = (name: string, status: number) => () => {
    throw refusal(name, status);
  };

  it("ask for nothing to be overwritten when a file is put if absent, and only then", async () => {
    const files = recording();
    await files.putIfAbsent("blobs/aa/1", Buffer.from("{}"), "application/json");
    await files.put("index.html", Buffer.from("<p>"), "text/html");
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PUT /vault/blobs/aa/1",
      "PUT /vault/index.html",
    ]);
    expect(sent.map(({ headers }) => headers["if-none-match"])).toEqual(["*", undefined]);
    expect(sent.map(({ headers }) => headers["content-type"])).toEqual([
      "application/json",
      "text/html",
    ]);
  });

  it("read a refused precondition as: exists", async () => {
    answers = [refuse("PreconditionFailed", 412)];
    expect(await recording().putIfAbsent("taken", Buffer.from("x"), "text/plain")).toBe("exists");
  });

  it("ask again when another writer of the key is under way, and give up in the end", async () => {
    answers = [refuse("ConditionalRequestConflict", 409), refuse("PreconditionFailed", 412)];
    expect(await recording().putIfAbsent("racing", Buffer.from("x"), "text/plain")).toBe("exists");
    answers = Array.from({ length: 9 }, () => refuse("ConditionalRequestConflict", 409));
    await expect(recording().putIfAbsent("stuck", Buffer.from("x"), "text/plain")).rejects.toThrow(
      "ConditionalRequestConflict",
    );
  });

  it("let any other refusal rise: a wrong bucket is no missing file", async () => {
    answers = [refuse("AccessDenied", 403)];
    await expect(recording().putIfAbsent("x", Buffer.from("x"), "text/plain")).rejects.toThrow();
    const elsewhere = createS3Files({ client, bucket: "no-such-bucket" });
    await expect(elsewhere.get("x")).rejects.toMatchObject({ name: "NoSuchBucket" });
  });
});

describe("a list longer than S3's page", () => {
  it("is read to its end", async () => {
    const files = createS3Files({ client, bucket });
    const keys = Array.from({ length: 1_005 }, (_, n) => `many/${String(n).padStart(4, "0")}`);
    for (let from = 0; from < keys.length; from += 50) {
      const some = keys.slice(from, from + 50);
      await Promise.all(some.map((key) => files.put(key, Buffer.from("x"), "text/plain")));
    }
    expect((await files.list("many/")).map(({ key }) => key)).toEqual(keys);
  });
});

describe("an upload ticket of S3", () => {
  const issue = () =>
    createS3UploadTickets({ client, bucket }).issue({
      key: "uploads/360200/1",
      contentType: "application/pdf",
      sizeBytes: 5_000,
      sha256: "5e".repeat(32),
      expiresInSeconds: 600,
    });

  it("holds the browser to its key, exact type, size, checksum and time, by a signed policy", async () => {
    const ticket = await issue();
    const checksum = Buffer.alloc(32, 0x5e).toString("base64");
    expect(ticket).toMatchObject({
      url: `http://127.0.0.1:${server.port}/vault`,
      method: "POST",
      fields: {
        key: "uploads/360200/1",
        "Content-Type": "application/pdf",
        "x-amz-checksum-sha256": checksum,
        "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    });
    const policy = JSON.parse(
      Buffer.from(ticket.fields["Policy"] ?? "", "base64").toString(),
    ) as Record<string, unknown>;
    expect(policy["conditions"]).toEqual(
      expect.arrayContaining([
        ["content-length-range", 5_000, 5_000],
        { "Content-Type": "application/pdf" },
        { "x-amz-checksum-algorithm": "SHA256" },
        { "x-amz-checksum-sha256": checksum },
        { key: "uploads/360200/1" },
        { bucket },
      ]),
    );
    const lifeMs = Date.parse(ticket.expiresAt) - Date.now();
    expect(Date.parse(String(policy["expiration"]))).toBe(Date.parse(ticket.expiresAt));
    expect(lifeMs).toBeGreaterThan(580_000);
    expect(lifeMs).toBeLessThanOrEqual(600_000);
  });

  it("is not given for a key the browser's file name would become part of", async () => {
    const tickets = createS3UploadTickets({ client, bucket });
    const request = {
      contentType: "text/csv",
      sizeBytes: 1,
      sha256: "5e".repeat(32),
      expiresInSeconds: 1,
    };
    await expect(tickets.issue({ ...request, key: "up/${filename}" })).rejects.toThrow();
    await expect(tickets.issue({ ...request, key: "../x" })).rejects.toThrow(/Not a file key/);
  });
});

describe("a download link of S3", () => {
  it("gives the file to who has nothing but the link", async () => {
    const key = "blobs/aa/决算";
    await createS3Files({ client, bucket }).put(key, Buffer.from("%PDF"), "application/pdf");
    const link = await createS3DownloadLinks({ client, bucket }).issue({
      disposition: "attachment",
      key,
      fileName: "a.pdf",
      contentType: "application/pdf",
      expiresInSeconds: 60,
    });
    expect(await (await fetch(link)).text()).toBe("%PDF");
  });

  it("is signed, expires, and saves under the given name whatever the key is called", async () => {
    const link = new URL(
      await createS3DownloadLinks({ client, bucket }).issue({
        disposition: "attachment",
        key: "blobs/aa/1",
        fileName: "2022年度决算.pdf",
        contentType: "application/pdf",
        expiresInSeconds: 60,
      }),
    );
    expect(link.pathname).toBe("/vault/blobs/aa/1");
    const query = Object.fromEntries(link.searchParams);
    expect(query).toMatchObject({
      "X-Amz-Expires": "60",
      "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      "response-content-type": "application/pdf",
      "response-content-disposition": `attachment; filename="2022____.pdf"; filename*=UTF-8''2022%E5%B9%B4%E5%BA%A6%E5%86%B3%E7%AE%97.pdf`,
    });
  });
});
