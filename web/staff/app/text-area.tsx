/** A field for some lines of text that grows with them, as the browser has it. */
export function TextArea({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const lines = value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 24), 0);
  return (
    <textarea
      className="text-area"
      aria-label={label}
      placeholder={placeholder}
      rows={Math.min(8, Math.max(2, lines))}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
