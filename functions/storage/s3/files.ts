import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { assertFileKey, assertKeyPrefix } from "../file-key.ts";
import type { FileStore, StoredFile } from "../ports.ts";

export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
}

/** Files of a bucket. An object appears whole or not at all; `If-None-Match: *` keeps a stored object. */
export function createS3Files({ client, bucket }: Bucket): FileStore {
  const at = (key: string) => {
    assertFileKey(key);
    return { Bucket: bucket, Key: key };
  };

  return {
    async putIfAbsent(key, bytes, contentType) {
      const put = { ...at(key), Body: bytes, ContentType: contentType, IfNoneMatch: "*" };
      for (let attempt = 1; ; attempt++) {
        const refusal = await refusalOf(client.send(new PutObjectCommand(put)), [
          preconditionFailed,
          conflict,
        ]);
        if (refusal === undefined) return "stored";
        if (refusal.status === preconditionFailed) return "exists";
        // Another writer of this key was under way: a repeated call learns the outcome.
        if (attempt === maxAttempts) throw refusal.error;
      }
    },

    async put(key, bytes, contentType) {
      await client.send(
        new PutObjectCommand({ ...at(key), Body: bytes, ContentType: contentType }),
      );
    },

    async get(key) {
      const found = await unlessAbsent(client.send(new GetObjectCommand(at(key))));
      return found?.Body?.transformToByteArray();
    },

    async stat(key) {
      const found = await unlessAbsent(client.send(new HeadObjectCommand(at(key))));
      return found === undefined ? undefined : { key, sizeBytes: found.ContentLength ?? 0 };
    },

    async list(prefix) {
      assertKeyPrefix(prefix);
      const found: StoredFile[] = [];
      for await (const page of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix },
      )) {
        for (const { Key: key, Size: sizeBytes } of page.Contents ?? []) {
          if (key !== undefined) found.push({ key, sizeBytes: sizeBytes ?? 0 });
        }
      }
      return found;
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}

const maxAttempts = 5;
const preconditionFailed = 412;
/** `ConditionalRequestConflict` on a conditional put. */
const conflict = 409;
const notFound = 404;

async function refusalOf(
  work: Promise<unknown>,
  statuses: readonly number[],
): Promise<{ readonly status: number; readonly error: S3ServiceException } | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined || !statuses.includes(status)) throw error;
    return { status, error: error as S3ServiceException };
  }
}

/** A missing bucket answers 404 as well; that is a wrong setting and rises. */
async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const isAbsent =
      error instanceof S3ServiceException &&
      statusOf(error) === notFound &&
      error.name !== "NoSuchBucket";
    if (isAbsent) return undefined;
    throw error;
  }
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
