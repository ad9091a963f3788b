import { Modal, Typography } from "antd";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { chineseDate } from "../../../shared/document/titles.ts";

/** A one-time code, shown this once: it is stored nowhere but in the person's hands. */
export interface ShownCode {
  readonly title: string;
  readonly code: string;
  readonly expiresAt: string;
  /** How the person gets it, or what they do with it. */
  readonly how: string;
}

export function CodeDialog({ shown, onClose }: { shown: ShownCode; onClose: () => void }) {
  return (
    <Modal
      open
      title={shown.title}
      onCancel={onClose}
      onOk={onClose}
      okText="已记下，关闭"
      cancelButtonProps={{ style: { display: "none" } }}
      mask={{ closable: false }}
    >
      <p className="one-time-code">
        <Typography.Text code copyable={{ tooltips: ["复制", "已复制"], text: shown.code }}>
          {shown.code}
        </Typography.Text>
      </p>
      <p>
        验证码只显示这一次，有效期至{chineseDate(shanghaiDay(shown.expiresAt))}，只能使用一次。
        {shown.how}
      </p>
    </Modal>
  );
}
