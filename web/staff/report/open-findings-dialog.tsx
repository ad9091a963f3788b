import { Button, Modal } from "antd";
import type { FindingsView, FindingView } from "../../../shared/contract/responses.ts";
import { findingStateName, openCounts, openWords, stateOf } from "./finding-place.ts";

/** What keeps a report from being handed in, each a way to its place. */
export function OpenFindingsDialog({
  blocking,
  findings,
  onGo,
  onClose,
}: Pick<FindingsView, "blocking" | "findings"> & {
  readonly onGo: (finding: FindingView) => void;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      open
      width={680}
      title={`还有 ${String(blocking)} 处须改正或补充，不能提交`}
      footer={
        <Button type="primary" onClick={onClose}>
          知道了
        </Button>
      }
      onCancel={onClose}
    >
      {findings.length > 0 && (
        <p>{openWords(openCounts(findings))}。点开任何一条，到它所在的位置处理：</p>
      )}
      <ul className="fault-list" tabIndex={0} aria-label="问题清单">
        {findings.map((finding, index) => (
          <li key={finding.id ?? index}>
            <button type="button" className="link" onClick={() => onGo(finding)}>
              <strong>{findingStateName[stateOf(finding)]}</strong> {finding.message}
            </button>
          </li>
        ))}
      </ul>
      <p>没有列出的和未能执行的审核公式，见“审核结果”。</p>
    </Modal>
  );
}
