import { useQueryClient } from "@tanstack/react-query";
import { Form } from "antd";
import { useState } from "react";
import type { z } from "zod";
import type { orgActPreviewResponse, OrgView } from "../../../shared/contract/responses.ts";
import { orgActName } from "../../../shared/registry/registry-words.ts";
import { refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";
import { actBody, actFormSchema, type ActForm, type WantedAct } from "./org-act-form.ts";
import { ActFields } from "./org-act-fields.tsx";

export type { WantedAct } from "./org-act-form.ts";
type Preview = z.infer<typeof orgActPreviewResponse>;

/** A change of the tree: what is wanted, then what would follow from it, and only then it is done. */
export function OrgActDialog({
  region,
  act,
  orgs,
  years,
  onClose,
}: {
  region: string;
  act: WantedAct;
  orgs: readonly OrgView[];
  years: readonly number[];
  onClose: () => void;
}) {
  const { type, org } = act;
  const { api } = useSigned();
  const queries = useQueryClient();
  const [form] = Form.useForm<ActForm>();
  const kept = useKeptForm(`registry/${region}`, `org-act/${type}/${org?.code ?? ""}`, {
    schema: actFormSchema,
    version: org?.version ?? 0,
    stored: startOf(act, years),
  });
  const [preview, setPreview] = useState<{ readonly body: object; readonly of: Preview }>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await work();
    } catch (error) {
      setPreview(undefined);
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  const look = (typed: ActForm) =>
    attempt(async () => {
      const body = actBody(act, typed, { orgs, version: kept.version });
      const path = `/regions/${region}/org-acts/preview`;
      setPreview({ body, of: await api.send("POST", path, body, "orgActPreviewResponse") });
    });
  const perform = (body: object) =>
    attempt(async () => {
      await api.send("POST", `/regions/${region}/org-acts`, body, "orgActResponse");
      await Promise.all(
        ["orgs", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      message.success(`${orgActName[type]}已办理。`);
      kept.clear();
      onClose();
    });

  return (
    <WritingDialog
      width={680}
      title={org === undefined ? orgActName[type] : `${orgActName[type]}：${org.name}`}
      okText={preview === undefined ? "查看影响" : "确认办理"}
      cancelText="取消"
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => (preview === undefined ? form.submit() : void perform(preview.body))}
    >
      <div hidden={preview !== undefined}>
        <Form
          form={form}
          layout="vertical"
          initialValues={kept.initialValues}
          onValuesChange={() => kept.keep(form.getFieldsValue())}
          onFinish={(typed) => void look(typed)}
        >
          <ActFields act={act} orgs={orgs} years={years} form={form} />
        </Form>
      </div>
      {preview !== undefined && (
        <Consequences preview={preview.of} onBack={() => setPreview(undefined)} />
      )}
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}

function startOf({ type, org }: WantedAct, [latest]: readonly number[]): ActForm {
  const year = latest === undefined ? {} : { year: String(latest) };
  switch (type) {
    case "add":
      return {
        ...year,
        kind: org?.kind === "bureau" ? "department" : "unit",
        ...(org?.kind === "department" ? { parent: org.code } : {}),
      };
    case "split":
      return { ...year, stays: "yes", parts: [{}] };
    case "merge":
      return { ...year, ...(org === undefined ? {} : { into: org.code }) };
    case "restore":
      return { year: String(org?.dissolved?.from ?? latest ?? "") };
    default:
      return year;
  }
}

function Consequences({ preview, onBack }: { preview: Preview; onBack: () => void }) {
  const { changes, consequences } = preview;
  return (
    <section aria-label="影响" aria-live="polite">
      <h3>将要变更</h3>
      <ul className="consequences">
        {changes.map(({ code, name, isNew, lines }) => (
          <li key={code}>
            {isNew && "新增 "}
            {name}（{code}）{lines.length > 0 && `：${lines.join("；")}`}
          </li>
        ))}
      </ul>
      <h3>影响</h3>
      <ul className="consequences">
        {consequences.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <button type="button" className="link" onClick={onBack}>
        返回修改
      </button>
    </section>
  );
}
