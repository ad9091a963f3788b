import { Button } from "antd";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { isCount } from "../../../shared/forms/place-name.ts";
import { AccountsNotice } from "./accounts-notice.tsx";
import { faultsOf } from "./faults.ts";
import type { TableEditor, TableOnPage } from "./use-table-values.ts";

/** What somebody who fills in a table must know first: refused, unreadable. */
export function TableNotices({
  report,
  edition,
  editor,
  unread,
  nameOf,
  onGo,
}: TableOnPage & {
  editor: TableEditor;
  unread: ReadonlyMap<CellAddress, string>;
  nameOf: (address: CellAddress) => string;
  onGo: (address: CellAddress) => void;
}) {
  const [firstUnread] = unread.keys();
  return (
    <>
      {editor.editable && <AccountsNotice report={report} />}
      {editor.state.kind === "refused" && (
        <div className="notice error" role="alert">
          <p>未保存：{editor.state.message}</p>
          <Faults details={editor.state.details} />
          <Button size="small" onClick={editor.discard}>
            放弃未保存的改动
          </Button>
        </div>
      )}
      {firstUnread !== undefined && (
        <p className="notice error" role="alert">
          有 {unread.size} 格不是{isCount(firstUnread, edition) ? "整数" : "金额"}
          ，已保留原文，尚未存入：
          <Button type="link" size="small" onClick={() => onGo(firstUnread)}>
            {nameOf(firstUnread)}
          </Button>
        </p>
      )}
    </>
  );
}

/** Why the server would not keep a table, fault by fault. */
function Faults({ details }: { details: unknown }) {
  const faults = faultsOf(details);
  return (
    faults.length > 0 && (
      <ul tabIndex={0} aria-label="问题清单">
        {faults.map((fault, index) => (
          <li key={index}>
            {fault.where}：{fault.message}
          </li>
        ))}
      </ul>
    )
  );
}
