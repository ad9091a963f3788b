import { AutoComplete } from "antd";
import { useMemo } from "react";
import { sourcePathsLike, type SourcePath } from "./source-paths.ts";

/** Places offered at once. */
const mostOffered = 40;

/** A cell or a fact, found by its name in words: 收入总计 offers t01/income_total/final. */
export function SourcePathInput({
  label,
  value,
  onChange,
  sourcePaths,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  sourcePaths: readonly SourcePath[];
}) {
  const offered = useMemo(
    () =>
      sourcePathsLike(sourcePaths, value)
        .slice(0, mostOffered)
        .map((path) => ({
          value: path.value,
          label: (
            <span className="edition-source-path">
              <span>{path.name}</span>
              <code className="quiet">{path.value}</code>
            </span>
          ),
        })),
    [sourcePaths, value],
  );
  const named = sourcePaths.find((path) => path.value === value)?.name;
  return (
    <label className="edition-grow">
      {label}
      <AutoComplete
        value={value}
        options={offered}
        showSearch={{ filterOption: false }}
        popupMatchSelectWidth={420}
        placeholder="键入名称查找，例如 收入合计 决算数"
        onChange={(next) => onChange(next.trim())}
      />
      {named !== undefined && named !== "" && <span className="quiet">{named}</span>}
    </label>
  );
}
