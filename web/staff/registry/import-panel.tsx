import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Progress, Select } from "antd";
import { useRef, useState } from "react";
import type { InvitedView, PlannedImportView } from "../../../shared/contract/responses.ts";
import { ApiRefusal } from "../api/client.ts";
import { refusalText, useImportState } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { fileInBase64 } from "../app/file-base64.ts";
import { keepFile } from "../app/keep-file.ts";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import { faultsOf } from "../report/faults.ts";
import { ImportLines, InvitedCodes } from "./import-lines.tsx";

/** What the API takes of a workbook, as one request. */
const workbookBytes = 4 * 1024 * 1024;

/** Importing the tree and its people: the template, the file, what it would change, and one undo. */
export function ImportPanel({ region, years }: { region: string; years: readonly number[] }) {
  const { api } = useSigned();
  const state = useImportState(region).data;
  const [choosing, setChoosing] = useState(false);
  const [plan, setPlan] = useState<PlannedImportView & { readonly isUndo: boolean }>();
  const template = async () => {
    try {
      keepFile(
        await api.file(`/regions/${region}/registry-imports/template`),
        "机构和人员名册.xlsx",
      );
    } catch (error) {
      message.error(refusalText(error));
    }
  };
  const undo = async () => {
    try {
      const path = `/regions/${region}/registry-imports/undo`;
      setPlan({ ...(await api.send("POST", path, {}, "plannedImportResponse")), isUndo: true });
    } catch (error) {
      modal.warning({ title: "不能撤回", content: refusalText(error) });
    }
  };
  const { running, last } = state ?? {};
  return (
    <section className="panel" aria-label="导入机构和人员">
      <h2>
        导入机构和人员
        <Button size="small" className="beside" onClick={() => void template()}>
          下载模板
        </Button>
        <Button
          size="small"
          className="beside"
          disabled={running !== undefined}
          onClick={() => setChoosing(true)}
        >
          导入 .xlsx
        </Button>
      </h2>
      {running !== undefined ? (
        <div className="notice warning" role="status">
          {running.byName}
          {running.undoes === undefined ? "导入" : "撤回"}“{running.fileName}”到第 {running.done}{" "}
          批（共 {running.parts} 批），其间不能更改登记。{" "}
          <Button
            size="small"
            type="primary"
            onClick={() =>
              setPlan({
                ...{ id: running.id, parts: running.parts, fileName: running.fileName, lines: [] },
                isUndo: running.undoes !== undefined,
              })
            }
          >
            继续
          </Button>
        </div>
      ) : last === undefined ? (
        <p className="nothing">
          单位和人员较多时，下载模板填好后一次导入：先列出全部变更供核对，确认后才写入，并可撤回一次。
        </p>
      ) : (
        <p className="nothing">
          上次导入：{last.byName}于 {localTime(last.at)}导入“{last.fileName}”。{" "}
          <Button size="small" onClick={() => void undo()}>
            撤回这次导入
          </Button>
        </p>
      )}
      {choosing && (
        <ChooseDialog
          region={region}
          years={years}
          onPlanned={(planned) => {
            setChoosing(false);
            setPlan({ ...planned, isUndo: false });
          }}
          onClose={() => setChoosing(false)}
        />
      )}
      {plan !== undefined && (
        <ApplyDialog
          region={region}
          plan={plan}
          from={running?.id === plan.id ? running.done : 0}
          onClose={() => setPlan(undefined)}
        />
      )}
    </section>
  );
}

interface Choice {
  readonly year: string;
  readonly reason: string;
}

function ChooseDialog({
  region,
  years,
  onPlanned,
  onClose,
}: {
  region: string;
  years: readonly number[];
  onPlanned: (plan: PlannedImportView) => void;
  onClose: () => void;
}) {
  const { api } = useSigned();
  const [form] = Form.useForm<Choice>();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{
    readonly message: string;
    readonly faults: ReturnType<typeof faultsOf>;
  }>();
  const refuse = (text: string) => setRefused({ message: text, faults: [] });
  const send = async ({ year, reason }: Choice) => {
    if (file === undefined) {
      refuse("还没有选择文件。");
      return;
    }
    if (file.size > workbookBytes) {
      refuse(
        `“${file.name}”有 ${String(Math.ceil(file.size / 1024 / 1024))} MB，超过 4 MB，没有读取。两千人的名册不到 1 MB，请删去图片和无关的工作表后再导入。`,
      );
      return;
    }
    setBusy(true);
    setRefused(undefined);
    try {
      const body = {
        ...{ year: Number(year), reason, fileName: file.name },
        content: await fileInBase64(file),
      };
      const path = `/regions/${region}/registry-imports`;
      onPlanned(await api.send("POST", path, body, "plannedImportResponse"));
    } catch (error) {
      const refusal = error instanceof ApiRefusal ? error : undefined;
      setRefused({ message: refusalText(error), faults: faultsOf(refusal?.details) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      width={720}
      title="导入机构和人员"
      okText="核对变更"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ year: years[0] === undefined ? "" : String(years[0]) }}
        onFinish={(typed) => void send(typed)}
      >
        <div className="form-row two">
          <Form.Item
            name="year"
            label="机构变动的起始年度"
            rules={[{ required: true, pattern: /^20\d\d$/u, message: "请填写四位年份" }]}
          >
            {years.length === 0 ? (
              <Input inputMode="numeric" maxLength={4} autoComplete="off" />
            ) : (
              <Select
                options={[Math.max(...years) + 1, ...years].map((year) => ({
                  value: String(year),
                  label: `${String(year)} 年度`,
                }))}
              />
            )}
          </Form.Item>
          <Form.Item
            name="reason"
            label="原因和依据"
            rules={[{ required: true, whitespace: true, min: 2, message: "请写明原因" }]}
          >
            <Input autoComplete="off" maxLength={200} placeholder="如：本年度初次登记" />
          </Form.Item>
        </div>
        <input
          ref={input}
          type="file"
          style={{ display: "none" }}
          accept=".xlsx"
          aria-label="名册文件"
          onChange={({ target }) => {
            setFile(target.files?.[0]);
            setRefused(undefined);
          }}
        />
        <p>
          <Button onClick={() => input.current?.click()}>选择文件</Button>{" "}
          <span className="quiet">{file?.name ?? "填好的 .xlsx，不超过 4 MB"}</span>
        </p>
      </Form>
      {refused !== undefined && (
        <div className="notice error" role="alert">
          <p>{refused.message}</p>
          {refused.faults.length > 0 && (
            <ul className="fault-list" tabIndex={0} aria-label="问题清单">
              {refused.faults.map((fault, index) => (
                <li key={index}>
                  <strong>{fault.where}</strong>
                  <br />
                  {fault.message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Modal>
  );
}

/** What an import would change; confirmed, it is applied part by part, and whom it invited gets a code. */
function ApplyDialog({
  region,
  plan,
  from,
  onClose,
}: {
  region: string;
  plan: PlannedImportView & { readonly isUndo: boolean };
  /** Parts that are applied already. */
  from: number;
  onClose: () => void;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [done, setDone] = useState(from);
  const [phase, setPhase] = useState<"asking" | "applying" | "applied">("asking");
  const [invited, setInvited] = useState<readonly InvitedView[]>([]);
  const [refused, setRefused] = useState<string>();
  const apply = async () => {
    setPhase("applying");
    setRefused(undefined);
    const path = `/regions/${region}/registry-imports/${plan.id}/parts`;
    try {
      for (let part = done + 1; part <= plan.parts; part += 1) {
        const applied = await api.send(
          "POST",
          `${path}/${String(part)}`,
          {},
          "appliedPartResponse",
        );
        setDone(part);
        setInvited((before) => [...before, ...applied.invited]);
      }
      setPhase("applied");
    } catch (error) {
      setPhase("asking");
      setRefused(refusalText(error));
    } finally {
      await Promise.all(
        ["orgs", "members", "grants", "invitations", "registry"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
    }
  };
  const verb = plan.isUndo ? "撤回" : "导入";
  return (
    <Modal
      open
      width={860}
      title={`${verb}“${plan.fileName}”`}
      okText={phase === "applied" ? "完成" : done > 0 ? `继续${verb}` : `确认${verb}`}
      cancelText="取消"
      cancelButtonProps={{ hidden: phase === "applied" }}
      confirmLoading={phase === "applying"}
      closable={phase !== "applying"}
      mask={{ closable: false }}
      onOk={() => (phase === "applied" ? onClose() : void apply())}
      onCancel={onClose}
    >
      {phase === "applied" ? (
        <p className="notice published" role="status">
          已全部{verb}。
        </p>
      ) : (
        <ImportLines lines={plan.lines} />
      )}
      {phase !== "asking" && (
        <Progress percent={Math.round((done / plan.parts) * 100)} aria-label={`${verb}进度`} />
      )}
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
      {invited.length > 0 && <InvitedCodes invited={invited} />}
    </Modal>
  );
}
