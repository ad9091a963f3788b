import { Modal } from "antd";

const keys = {
  report: [
    ["j / k", "下一处、上一处变动；没有变动时为下一份、上一份报告"],
    ["J / K", "下一份、上一份报告（Shift）"],
    ["n", "下一个未阅部分"],
    ["v", "本部分已阅，再按取消"],
    ["c", "提出审核意见"],
    ["a", "通过、批复或签署"],
    ["r", "退回"],
    ["?", "本说明"],
  ],
  worklist: [
    ["j / k", "下一份、上一份报告"],
    ["Enter", "打开"],
    ["?", "本说明"],
  ],
} as const;

/** The keys of a page; in a dialog, which Esc closes. */
export function KeyHelp({ of, onClose }: { of: keyof typeof keys; onClose: () => void }) {
  return (
    <Modal open title="快捷键" footer={null} onCancel={onClose}>
      <p className="quiet">在输入框里不起作用；每一项都另有按钮。</p>
      <table className="data-table">
        <tbody>
          {keys[of].map(([key, meaning]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
