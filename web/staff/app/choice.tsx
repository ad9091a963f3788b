/** A list of choices by name, in an address or a form; `undefined` is the one without any. */
export function Choice<Name extends string>({
  label,
  names,
  value,
  none = "全部",
  onChange,
}: {
  label: string;
  names: Readonly<Record<Name, string>>;
  value: Name | undefined;
  /** What choosing none of them is called. */
  none?: string;
  onChange: (value: Name | undefined) => void;
}) {
  const entries = Object.entries(names) as [Name, string][];
  return (
    <label>
      {label}
      <select
        aria-label={label}
        value={value ?? ""}
        onChange={({ target }) => {
          onChange(entries.find(([name]) => name === target.value)?.[0]);
        }}
      >
        <option value="">{none}</option>
        {entries.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
