import { Select } from "antd";

/** Chooses several of what there is, in an order of their own. */
export function Several({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: readonly string[];
  options: { value: string; label: string }[];
  onChange: (value: string[]) => void;
}) {
  return (
    <label className="edition-grow">
      {label}
      <Select mode="multiple" value={[...value]} options={options} onChange={onChange} />
    </label>
  );
}
