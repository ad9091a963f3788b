import * as contract from "../../../shared/contract/responses.ts";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { ApiRefusal } from "../../../web/staff/api/client.ts";
import {
  uploadFile,
  type PostForm,
  type UploadProgress,
} from "../../../web/staff/report/attachments/upload-file.ts";

const content = "项目,金额\n";
const file = new File([content], "明细.CSV");
const announced = {
  sha256: sha256(content),
  name: "明细.CSV",
  contentType: "text/csv",
  sizeBytes: Buffer.byteLength(content),
};
const uploadId = "01890000-0000-7000-8000-000000000001";
const ticket = {
  needed: true,
  uploadId,
  ticket: {
    url: "http://files.test/upload",
    method: "POST",
    fields: { key: "incoming/1", "x-amz-checksum-sha256": "x" },
    expiresAt: "2023-01-01T00:00:00.000Z",
  },
};

/** Answers the requests in turn; an error is thrown. */
async function run(answers: readonly unknown[], post: PostForm = taken) {
  const sent: unknown[] = [];
  const steps: UploadProgress[] = [];
  const left = [...answers];
  const api: Parameters<typeof uploadFile>[0]["api"] = {
    send: (method, path, body, name) => {
      sent.push([method, path, body]);
      const answer = left.shift();
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(contract[name].parse(answer) as never);
    },
  };
  const outcome = await uploadFile({ api, post }, "r1", file, {
    onProgress: (progress) => steps.push(progress),
    signal,
  });
  return { outcome, sent, steps };
}
const taken: PostForm = (_, __, onPercent) => {
  onPercent(50);
  return Promise.resolve(204);
};
const { signal } = new AbortController();
const stored = { sha256: announced.sha256, sizeBytes: announced.sizeBytes };

describe("a chosen file", () => {
  it("is announced, sent with its ticket and verified before it is attached", async () => {
    const forms: FormData[] = [];
    const post: PostForm = (url, form, ...more) => {
      expect(url).toBe(ticket.ticket.url);
      forms.push(form);
      return taken(url, form, ...more);
    };
    const { outcome, sent, steps } = await run([ticket, stored], post);
    expect(outcome).toEqual({ ok: true, attachment: { ...announced, disclosed: false } });
    expect(sent).toEqual([
      ["POST", "/reports/r1/uploads", announced],
      ["POST", `/reports/r1/uploads/${uploadId}`, announced],
    ]);
    const [form] = forms;
    expect([...(form?.keys() ?? [])]).toEqual(["key", "x-amz-checksum-sha256", "file"]);
    expect(steps).toEqual([
      { step: "hashing" },
      { step: "sending", percent: 0 },
      { step: "sending", percent: 50 },
      { step: "verifying" },
    ]);
  });

  it("that is stored already is attached without being sent", async () => {
    const { outcome, sent } = await run([{ needed: false }]);
    expect(outcome.ok).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it("refused for its content is shown with the server's reason, and not tried again as it is", async () => {
    const why = "文件“明细.CSV”的内容不是 CSV 表格，而是网页。";
    const { outcome } = await run([ticket, new ApiRefusal("content_refused", why, "", undefined)]);
    expect(outcome).toEqual({ ok: false, message: why, retry: false });
  });

  it("whose line broke waits for the network", async () => {
    const broken: PostForm = () => Promise.reject(new Error("cut off"));
    expect((await run([ticket], broken)).outcome).toEqual({
      ok: false,
      message: "网络中断，文件没有传完。网络恢复后自动重新上传，也可以现在重试。",
      retry: "online",
    });
    expect((await run([new TypeError("Failed to fetch")])).outcome).toMatchObject({
      retry: "online",
    });
  });

  it("can be tried again when the store refused it or too many are under way", async () => {
    for (const failing of [
      run([ticket], () => Promise.resolve(403)),
      run([ticket], () => Promise.resolve(400)),
      run([new ApiRefusal("too_many_requests", "请稍候。", "", undefined)]),
      run([ticket, new ApiRefusal("upload_mismatch", "不一致。", "", undefined)]),
    ]) {
      expect((await failing).outcome).toMatchObject({ ok: false, retry: true });
    }
  });

  it("that cannot be attached for its kind, size or name is refused before anything is asked", async () => {
    const sent: unknown[] = [];
    const api = { send: () => Promise.reject(new Error(`asked ${String(sent.push(1))}`)) };
    // Not a byte of 300 MB is made for it.
    const large = Object.defineProperty(new File(["x"], "录像.pdf"), "size", {
      value: 300 * 1024 * 1024,
    });
    const why = async (other: File) => {
      const how = { onProgress: () => undefined, signal };
      const outcome = await uploadFile({ api, post: taken }, "r1", other, how);
      return outcome.ok || outcome.retry !== false ? "taken" : outcome.message;
    };
    expect(await why(new File(["x"], "setup.exe"))).toContain("这种文件不能上传");
    expect(await why(new File([], "空.pdf"))).toContain("空文件（0 字节）");
    expect(await why(large)).toBe(
      "文件有 300 MB，超过每个附件 20 MB 的上限，没有上传。请压缩其中的图片，或拆成几个文件。",
    );
    expect(await why(new File(["x"], `${"长".repeat(200)}.pdf`))).toContain("文件名超过 200 字");
    expect(sent).toEqual([]);
  });
});
