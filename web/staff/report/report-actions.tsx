import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import {
  findingsResponse,
  reportResponse,
  type ReportAction,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { signOffName } from "../../../shared/workflow/names.ts";
import { refusalText, useAct } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";

/** The buttons of the moment: exactly what the server says this person may do now. */
export function ReportActions({ report }: { report: ReportView }) {
  const may = (action: ReportAction) => report.allowedActions.includes(action);
  return (
    <div className="report-actions">
      {may("submit") && <Submit report={report} />}
      {may("withdraw") && (
        <Plain report={report} path="/withdraw" label="撤回" done="已撤回，可以继续修改。" />
      )}
      {may("sign_off_secrecy") && <SignOff report={report} kind="secrecy" />}
      {may("sign_off_principal") && <SignOff report={report} kind="principal" />}
      {may("approve") && <Approve report={report} />}
      {may("return") && <Return report={report} />}
      {may("correct") && (
        <WithReason report={report} path="/correct" label="更正" field="reason" title="更正原因" />
      )}
      {may("take_down") && (
        <WithReason
          report={report}
          path="/take-down"
          label="撤下"
          field="legalBasis"
          title="撤下依据"
        />
      )}
    </div>
  );
}

function Submit({ report }: { report: ReportView }) {
  const { modal } = App.useApp();
  const { api, drafts } = useSigned();
  const [checking, setChecking] = useState(false);
  const act = useAct(report.id, "/submit", reportResponse, "已提交审核。");
  const unread = [...drafts.unread].some(
    ([key, cells]) => key.startsWith(`${report.id}/`) && cells.size > 0,
  );
  const submit = async () => {
    setChecking(true);
    try {
      if (!(await drafts.flush(report.id)) || unread) {
        modal.warning({
          title: "还有内容没有保存，不能提交",
          content: "有的单元格不是金额，或有改动未能保存。请先处理页面上标为“未保存”的内容。",
        });
        return;
      }
      const { blocking, findings } = await api.get(
        `/reports/${report.id}/findings`,
        findingsResponse,
      );
      if (blocking === 0) {
        modal.confirm({
          title: "提交审核",
          content: "提交后报告转入审核，审核期间不能修改；在上一级处理之前可以撤回。",
          okText: "提交",
          onOk: () => act.mutateAsync({}).catch(() => undefined),
        });
        return;
      }
      const first = findings.filter(({ severity }) => severity === "error").slice(0, 5);
      modal.warning({
        width: 640,
        title: `还有 ${String(blocking)} 处须改正或补充，不能提交`,
        content: (
          <>
            <ul className="fault-list">
              {first.map(({ rule, message }, index) => (
                <li key={index}>
                  <strong>{rule}</strong> {message}
                </li>
              ))}
            </ul>
            <p>全部问题见“审核结果”，每一条都写明位置和应为的数字。</p>
          </>
        ),
      });
    } catch (error) {
      modal.warning({ title: "没有提交", content: refusalText(error) });
    } finally {
      setChecking(false);
    }
  };
  return (
    <Button type="primary" loading={checking || act.isPending} onClick={() => void submit()}>
      提交审核
    </Button>
  );
}

function Plain({
  report,
  path,
  label,
  done,
}: {
  report: ReportView;
  path: string;
  label: string;
  done: string;
}) {
  const act = useAct(report.id, path, reportResponse, done);
  return (
    <Button loading={act.isPending} onClick={() => act.mutate({})}>
      {label}
    </Button>
  );
}

function SignOff({ report, kind }: { report: ReportView; kind: "secrecy" | "principal" }) {
  const { modal } = App.useApp();
  const label = signOffName[kind];
  const act = useAct(report.id, "/sign-offs", reportResponse, "已签署。");
  return (
    <Button
      type="primary"
      loading={act.isPending}
      onClick={() =>
        void modal.confirm({
          title: label,
          content: `对当前版本（${report.editionHash.slice(0, 8)}）签署同意。报告如再修改，签署即失效，须重新签署。`,
          okText: "签署",
          onOk: () =>
            act.mutateAsync({ kind, editionHash: report.editionHash }).catch(() => undefined),
        })
      }
    >
      {kind === "secrecy" ? "保密审查通过" : "审签同意"}
    </Button>
  );
}

function Approve({ report }: { report: ReportView }) {
  const final = report.stage === "bureau";
  const act = useAct(report.id, "/approve", reportResponse, final ? "已批复。" : "已审核通过。");
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ documentNumber?: string }>();
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {final ? "批复" : "审核通过"}
      </Button>
      <Modal
        open={open}
        title={final ? "批复决算" : "审核通过"}
        okText={final ? "批复" : "通过"}
        confirmLoading={act.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <p>
          {final
            ? "批复后自动排印 PDF 并在门户公开；法定期限为批复之日起 20 日内。"
            : "通过后报告送交上一级审核。"}
        </p>
        <Form
          form={form}
          layout="vertical"
          onFinish={(values) =>
            act.mutate(
              { ...values, editionHash: report.editionHash },
              { onSettled: () => setOpen(false) },
            )
          }
        >
          {final && (
            <Form.Item
              name="documentNumber"
              label="批复文号"
              rules={[{ required: true, min: 2, message: "请填写批复文号" }]}
            >
              <Input autoComplete="off" placeholder="例如：景财决〔2023〕12号" />
            </Form.Item>
          )}
        </Form>
      </Modal>
    </>
  );
}

function Return({ report }: { report: ReportView }) {
  const act = useAct(report.id, "/return", reportResponse, "已退回。");
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string; to: "preparer" | "level_below" }>();
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        退回
      </Button>
      <Modal
        open={open}
        title="退回修改"
        okText="退回"
        confirmLoading={act.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <Form
          form={form}
          layout="vertical"
          initialValues={{ to: "preparer" }}
          onFinish={(values) =>
            act.mutate(
              { ...values, editionHash: report.editionHash },
              { onSettled: () => setOpen(false) },
            )
          }
        >
          <Form.Item name="to" label="退回到">
            <Select
              options={[
                { value: "preparer", label: "编制人（修改后重新提交）" },
                { value: "level_below", label: "下一级审核人（重新审核）" },
              ]}
            />
          </Form.Item>
          <Form.Item
            name="reason"
            label="退回原因"
            rules={[{ required: true, min: 2, message: "请写明哪里不对、应当如何修改" }]}
          >
            <Input.TextArea rows={4} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

function WithReason({
  report,
  path,
  label,
  field,
  title,
}: {
  report: ReportView;
  path: string;
  label: string;
  field: "reason" | "legalBasis";
  title: string;
}) {
  const act = useAct(report.id, path, reportResponse);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Modal
        open={open}
        title={title}
        okText={label}
        okButtonProps={{ disabled: text.trim().length < 2 }}
        confirmLoading={act.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => act.mutate({ [field]: text }, { onSettled: () => setOpen(false) })}
      >
        <Input.TextArea
          rows={4}
          aria-label={title}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Modal>
    </>
  );
}
