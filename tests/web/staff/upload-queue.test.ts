import { describe, expect, it } from "vitest";
import type { Attachment } from "../../../shared/report/sections.ts";
import { withAttachment, withRestored } from "../../../web/staff/editing/attachment-edit.ts";
import type { UploadOutcome } from "../../../web/staff/report/attachments/upload-file.ts";
import { createUploadQueue } from "../../../web/staff/report/attachments/upload-queue.ts";

const pdf = (name: string) => new File(["x"], name);
const attachment = (name: string, sha256 = name): Attachment => ({
  ...{ sha256, name, contentType: "application/pdf", sizeBytes: 1, disclosed: false },
});

/** A queue whose uploads end when the test says so. */
function opened() {
  const ends = new Map<string, (outcome: UploadOutcome) => void>();
  const signals = new Map<string, AbortSignal>();
  const attached: string[] = [];
  const queue = createUploadQueue({
    upload: ({ name }, { onProgress, signal }) => {
      onProgress({ step: "sending", percent: 40 });
      signals.set(name, signal);
      return new Promise((resolve) => ends.set(name, resolve));
    },
    attach: ({ name }) => attached.push(name),
  });
  const end = async (name: string, outcome?: UploadOutcome) => {
    ends.get(name)?.(outcome ?? { ok: true, attachment: attachment(name) });
    ends.delete(name);
    await Promise.resolve();
    await Promise.resolve();
  };
  const shown = () =>
    queue
      .snapshot()
      .map(({ file, progress, refusal }) => [
        file.name,
        refusal === undefined ? progress.step : refusal.message,
      ]);
  return { queue, attached, ends, signals, end, shown };
}

describe("files chosen together", () => {
  it("go three at a time, the next as soon as one is done", async () => {
    const { queue, attached, end, shown } = opened();
    queue.add(["1.pdf", "2.pdf", "3.pdf", "4.pdf"].map(pdf));
    expect(shown().map(([, step]) => step)).toEqual(["sending", "sending", "sending", "waiting"]);
    await end("2.pdf");
    expect(attached).toEqual(["2.pdf"]);
    expect(shown()).toEqual([
      ["1.pdf", "sending"],
      ["3.pdf", "sending"],
      ["4.pdf", "sending"],
    ]);
    expect(queue.isBusy()).toBe(true);
  });

  it("are called off one by one; one that came through all the same is not attached", async () => {
    const { queue, attached, end, shown, signals } = opened();
    queue.add([pdf("1.pdf")]);
    const [first] = queue.snapshot();
    queue.cancel(first?.id ?? 0);
    expect(signals.get("1.pdf")?.aborted).toBe(true);
    await end("1.pdf");
    expect([attached, shown(), queue.isBusy()]).toEqual([[], [], false]);
  });

  it("wait for the network where it was cut, and go on by themselves", async () => {
    const { queue, attached, end, shown } = opened();
    queue.add([pdf("1.pdf"), pdf("空的.exe")]);
    await end("1.pdf", { ok: false, message: "网络中断。", retry: "online" });
    expect(shown()[0]).toEqual(["1.pdf", "网络中断。"]);
    queue.resume();
    expect(shown().map(([, step]) => step)).toEqual([
      "sending",
      expect.stringContaining("这种文件不能上传"),
    ]);
    await end("1.pdf");
    expect(attached).toEqual(["1.pdf"]);
  });
});

describe("a list of attachments", () => {
  const files = [attachment("表.pdf", "a"), attachment("证明.pdf", "b")];

  it("keeps two files of one name apart, and the same file once", () => {
    const added = withAttachment({ files }, attachment("表.pdf", "c"));
    expect(added.attachments.files.map(({ name }) => name)).toEqual([
      "表.pdf",
      "证明.pdf",
      "表（2）.pdf",
    ]);
    expect(added.note).toBe("已有名为“表.pdf”的另一个附件，新文件命名为“表（2）.pdf”。");
    const again = withAttachment(added.attachments, attachment("表.pdf", "d"));
    expect(again.attachments.files.at(-1)?.name).toBe("表（3）.pdf");
    const same = withAttachment({ files }, attachment("另名.pdf", "a"));
    expect(same.attachments.files).toBe(files);
    expect(same.note).toContain("内容完全相同");
  });

  it("takes a removed file back where it was, once", () => {
    const [first] = files;
    if (first === undefined) throw new Error("There is one.");
    const left = { files: files.slice(1) };
    expect(withRestored(left, first, 0)).toEqual({ files });
    expect(withRestored({ files }, first, 0)).toEqual({ files });
  });
});
