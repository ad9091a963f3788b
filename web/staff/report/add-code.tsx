import { AutoComplete, Input } from "antd";
import { useMemo, useState } from "react";

/** Finds a 支出功能分类 code by number or name and adds its row. */
export function AddCode({
  codes,
  onAdd,
}: {
  codes: ReadonlyMap<string, string>;
  onAdd: (code: string) => void;
}) {
  const [text, setText] = useState("");
  const options = useMemo(
    () =>
      [...codes]
        .filter(([code, name]) => text !== "" && (code.startsWith(text) || name.includes(text)))
        .slice(0, 30)
        .map(([code, name]) => ({ value: code, label: `${code} ${name}` })),
    [codes, text],
  );
  return (
    <AutoComplete
      autoFocus
      style={{ width: 210 }}
      popupMatchSelectWidth={360}
      value={text}
      options={options}
      showSearch={{ onSearch: setText }}
      notFoundContent={text === "" ? null : "当年科目中没有"}
      onSelect={(code: string) => {
        onAdd(code);
        setText("");
      }}
    >
      <Input aria-label="增加支出功能分类科目" placeholder="增加科目：编码或名称" />
    </AutoComplete>
  );
}
