import { CloseOutlined, DownOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useMemo, useState } from "react";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { findCells } from "../grid/find.ts";

/** 在本表中查找: by code, name or amount; Enter goes to the next place, Shift+Enter back, Escape to the table. */
export function FindBar({
  printed,
  selected,
  onGo,
  onClose,
}: {
  printed: PrintedTable;
  selected: CellAddress | undefined;
  onGo: (address: CellAddress) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const found = useMemo(() => findCells(printed, text), [printed, text]);
  const at = selected === undefined ? -1 : found.indexOf(selected);
  const go = (by: 1 | -1) => {
    const next = at < 0 ? (by === 1 ? 0 : found.length - 1) : at + by;
    const address = found[(next + found.length) % found.length];
    if (address !== undefined) onGo(address);
  };
  return (
    <div className="find-bar" role="search">
      <Input
        autoFocus
        size="small"
        aria-label="在本表中查找"
        placeholder="科目编码、名称或金额"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const [first] = findCells(printed, target.value);
          if (first !== undefined) onGo(first);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
        }}
      />
      <span className="quiet" role="status">
        {text !== "" &&
          (found.length === 0
            ? "没有找到"
            : `${at < 0 ? "" : `第 ${String(at + 1)} 处，`}共 ${String(found.length)} 处`)}
      </span>
      <Button
        size="small"
        type="text"
        aria-label="上一处"
        icon={<UpOutlined />}
        disabled={found.length === 0}
        onClick={() => go(-1)}
      />
      <Button
        size="small"
        type="text"
        aria-label="下一处"
        icon={<DownOutlined />}
        disabled={found.length === 0}
        onClick={() => go(1)}
      />
      <Button
        size="small"
        type="text"
        aria-label="关闭查找"
        icon={<CloseOutlined />}
        onClick={onClose}
      />
    </div>
  );
}
