import { describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { blobKey, putSection } from "../../../functions/storage/blobs.ts";
import { damageSentence } from "../../../functions/use-cases/damage.ts";
import {
  submissionDamage,
  submittedDamage,
} from "../../../functions/use-cases/submission-integrity.ts";
import { storeManifest } from "../../../functions/use-cases/report-content.ts";
import { uploadKey } from "../../../functions/use-cases/upload-key.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Manifest } from "../../../shared/report/manifest.ts";
import { emptySection, sectionIdsOf, type SectionId } from "../../../shared/report/section-ids.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { memoryFiles } from "../publish/memory-files.ts";

const report = loadExampleUnit("137001");
const sectionIds = sectionIdsOf(report.edition);
const id = "360200-2022-137001";
const bytes = new TextEncoder().encode("%PDF-1.7 采购合同");
const attachment = {
  sha256: sha256(bytes),
  name: "采购合同.pdf",
  contentType: "application/pdf" as const,
  sizeBytes: bytes.length,
  disclosed: true,
};
const other = new TextEncoder().encode("other bytes");

/** A submission with every section saved and one file attached. */
async function stored() {
  const files = memoryFiles();
  const deps = { files, sha256, editions: shippedEditions };
  const sections: Partial<Record<SectionId, string>> = {};
  for (const section of sectionIds) {
    const value =
      section === "attachments"
        ? { files: [attachment] }
        : (report.sections[section] ?? emptySection(section));
    sections[section] = await putSection(deps, section, value);
  }
  await files.putIfAbsent(uploadKey(id, attachment.sha256), bytes, "application/pdf");
  const { identity, edition } = report;
  const manifest = { ...identity, edition: edition.id, sections } as Manifest;
  return { files, deps, manifest, hash: await storeManifest(deps, manifest) };
}

describe("a submission as it was stored", () => {
  it("has no damage", async () => {
    const { deps, manifest, hash } = await stored();
    expect(await submissionDamage(deps, id, manifest)).toEqual([]);
    expect(await submittedDamage(deps, id, hash)).toEqual([]);
  });
});

describe("damage is named", () => {
  it.each(sectionIds)("of section %s, lost or changed, and of nothing else", async (section) => {
    const { files, deps, manifest } = await stored();
    const hash = manifest.sections[section] ?? "";
    const sharing = sectionIds.filter((one) => manifest.sections[one] === hash);
    await files.put(blobKey(hash), other, "application/json");
    const changed = await submissionDamage(deps, id, manifest);
    expect(changed.map((one) => ("section" in one ? one.section : one.name))).toEqual(sharing);
    expect(changed.every(({ fault }) => fault === "changed")).toBe(true);
    await files.delete(blobKey(hash));
    const missing = await submissionDamage(deps, id, manifest);
    expect(missing.every(({ fault }) => fault === "missing")).toBe(true);
    expect(missing).toHaveLength(sharing.length);
  });

  it("of an attachment, lost, changed, or of another size than the section says", async () => {
    const { files, deps, manifest } = await stored();
    const key = uploadKey(id, attachment.sha256);
    const named = { kind: "attachment", sha256: attachment.sha256, name: "采购合同.pdf" };
    await files.put(key, other, "application/pdf");
    expect(await submissionDamage(deps, id, manifest)).toEqual([{ ...named, fault: "changed" }]);
    await files.delete(key);
    expect(await submissionDamage(deps, id, manifest)).toEqual([{ ...named, fault: "missing" }]);
    await files.put(key, bytes, "application/pdf");
    const lying = { files: [{ ...attachment, sizeBytes: bytes.length + 1 }] };
    const attachments = await putSection(deps, "attachments", lying);
    const sections = { ...manifest.sections, attachments };
    expect(await submissionDamage(deps, id, { ...manifest, sections })).toEqual([
      { ...named, fault: "changed" },
    ]);
  });

  it("of a list of attachments that is none, instead of being thrown", async () => {
    const { files, deps, manifest } = await stored();
    for (const content of ["no JSON", '{"files":7}', Buffer.from([0x22, 0xff, 0x22])]) {
      const hash = sha256(content);
      await files.put(blobKey(hash), Buffer.from(content), "application/json");
      const sections = { ...manifest.sections, attachments: hash };
      expect(await submissionDamage(deps, id, { ...manifest, sections })).toEqual([
        {
          kind: "section",
          section: "attachments",
          sha256: hash,
          name: "附件",
          fault: "unreadable",
        },
      ]);
    }
  });

  it("of the manifest itself", async () => {
    const { files, deps, hash } = await stored();
    const named = { kind: "manifest", sha256: hash, name: "版本清单" };
    await files.put(blobKey(hash), other, "application/json");
    expect(await submittedDamage(deps, id, hash)).toEqual([{ ...named, fault: "changed" }]);
    await files.delete(blobKey(hash));
    expect(await submittedDamage(deps, id, hash)).toEqual([{ ...named, fault: "missing" }]);
  });

  it("in Chinese, by the names people know, with what to do", async () => {
    const { files, deps, manifest } = await stored();
    await files.delete(uploadKey(id, attachment.sha256));
    await files.put(blobKey(manifest.sections.t01 ?? ""), other, "application/json");
    expect(damageSentence(await submissionDamage(deps, id, manifest))).toBe(
      "公开01表的内容已被改动或损坏；附件“采购合同.pdf”已丢失，与登记的校验值不符，不能继续办理，以免公开的不是审核过的内容。" +
        "附件请退回编制人重新上传，其余内容请联系系统管理员从备份恢复。" +
        "正在编制的报告，也可以打开这些部分重新填写并保存。",
    );
  });
});
