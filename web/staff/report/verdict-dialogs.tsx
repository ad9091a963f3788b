import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { reportResponse, type ReportView } from "../../../shared/contract/responses.ts";
import { useAct } from "../api/queries.ts";

/** The acts that need a word with them: a number, a reason, a basis. */

interface DialogProps {
  readonly report: ReportView;
  readonly onClose: () => void;
}

export function ApproveDialog({ report, onClose }: DialogProps) {
  const isFinal = report.stage === "bureau";
  const act = useAct(report.id, "/approve", reportResponse, isFinal ? "已批复。" : "已审核通过。");
  const [form] = Form.useForm<{ documentNumber?: string }>();
  return (
    <Modal
      open
      title={isFinal ? "批复决算" : "审核通过"}
      okText={isFinal ? "批复" : "通过"}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>
        {isFinal
          ? "批复后自动排印 PDF 并在门户公开；法定期限为批复之日起 20 日内。"
          : "通过后报告送交上一级审核。"}
      </p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) =>
          act.mutate({ ...values, editionHash: report.editionHash }, { onSettled: onClose })
        }
      >
        {isFinal && (
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
  );
}

export function ReturnDialog({ report, onClose }: DialogProps) {
  const act = useAct(report.id, "/return", reportResponse, "已退回。");
  const [form] = Form.useForm<{ reason: string; to: "preparer" | "level_below" }>();
  return (
    <Modal
      open
      title="退回修改"
      okText="退回"
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ to: "preparer" }}
        onFinish={(values) =>
          act.mutate({ ...values, editionHash: report.editionHash }, { onSettled: onClose })
        }
      >
        <Form.Item name="to" label="退回到">
          <Select
            options={[
              { value: "preparer", label: "编制人：修改后重新提交" },
              { value: "level_below", label: "下一级审核人：重新审核" },
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
  );
}

/** 更正 and 撤下. */
export function ReasonDialog({
  report,
  onClose,
  act: { path, field, title, label },
}: DialogProps & {
  readonly act: {
    readonly path: string;
    readonly field: string;
    readonly title: string;
    readonly label: string;
  };
}) {
  const act = useAct(report.id, path, reportResponse, "已办理。");
  const [text, setText] = useState("");
  return (
    <Modal
      open
      title={title}
      okText={label}
      okButtonProps={{ disabled: text.trim().length < 2 }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => act.mutate({ [field]: text }, { onSettled: onClose })}
    >
      <Input.TextArea
        rows={4}
        aria-label={title}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}
