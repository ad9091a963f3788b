import { GetObjectCommand } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { z } from "zod";
import { contentDisposition } from "../content-disposition.ts";
import { assertFileKey } from "../file-key.ts";
import type { DownloadLinks, UploadTickets } from "../ports.ts";
import type { Bucket } from "./files.ts";

const policySchema = z.object({ expiration: z.iso.datetime() });

/**
 * Presigned POSTs: S3 itself holds the browser to the key, the type and the size, and refuses bytes that
 * do not have the signed SHA-256 (every field is a condition of the signed policy).
 */
export const createS3UploadTickets = ({ client, bucket }: Bucket): UploadTickets => ({
  async issue({ key, contentType, sizeBytes, sha256, expiresInSeconds }) {
    assertFileKey(key);
    if (key.includes("${filename}")) throw new Error("S3 would put the browser's file name here");
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Fields: {
        "Content-Type": contentType,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
      },
      Conditions: [["content-length-range", sizeBytes, sizeBytes]],
      Expires: expiresInSeconds,
    });
    const policy = Buffer.from(fields["Policy"] ?? "", "base64").toString();
    const { expiration } = policySchema.parse(JSON.parse(policy));
    return { url, method: "POST", fields, expiresAt: new Date(expiration).toISOString() };
  },
});

/** Presigned GETs that download or show under the given name, whatever the key is called. */
export const createS3DownloadLinks = ({ client, bucket }: Bucket): DownloadLinks => ({
  async issue({ key, fileName, contentType, disposition, expiresInSeconds }) {
    assertFileKey(key);
    const get = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: contentDisposition(disposition, fileName),
      ResponseContentType: contentType,
    });
    return getSignedUrl(client, get, { expiresIn: expiresInSeconds });
  },
});
