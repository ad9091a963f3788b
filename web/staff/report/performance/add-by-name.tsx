import { Button } from "antd";
import { useId, useState } from "react";

/** Adds an entry by its name, which is what it cannot be without; Enter adds it and waits for the next. */
export function AddByName({
  label,
  button,
  field,
  offers = [],
  onAdd,
}: {
  label: string;
  button: string;
  /** The list in the page, by which findings lead here. */
  field: string;
  /** Names to choose from. */
  offers?: readonly string[];
  onAdd: (name: string) => void;
}) {
  const [name, setName] = useState("");
  const list = useId();
  const add = () => {
    const typed = name.trim();
    if (typed === "") return;
    onAdd(typed);
    setName("");
  };
  return (
    <div className="add-by-name">
      <input
        type="text"
        className="text-area"
        aria-label={label}
        placeholder={label}
        data-field={field}
        list={list}
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key, nativeEvent }) => {
          if (key === "Enter" && !nativeEvent.isComposing) add();
        }}
      />
      <datalist id={list}>
        {offers.map((offer) => (
          <option key={offer} value={offer} />
        ))}
      </datalist>
      <Button disabled={name.trim() === ""} onClick={add}>
        {button}
      </Button>
    </div>
  );
}
