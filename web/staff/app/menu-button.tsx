import { Button } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";

interface MenuItem {
  readonly label: string;
  readonly onChoose: () => void;
}

/** A button that unfolds a few choices: arrows walk them, Esc and leaving fold them again. */
export function MenuButton({
  icon,
  label,
  loading,
  items,
}: {
  icon: ReactNode;
  label: string;
  loading: boolean;
  items: readonly MenuItem[];
}) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const buttons = () => [...(frame.current?.querySelectorAll("button") ?? [])];
  const fold = () => {
    setOpen(false);
    buttons()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape" && isOpen) fold();
    else if (step !== 0 && isOpen) {
      const all = buttons();
      const at = all.findIndex((button) => button === document.activeElement);
      all[Math.min(all.length - 1, Math.max(1, at + step))]?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={frame}
      className="menu-button"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Button
        icon={icon}
        loading={loading}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      {isOpen && (
        <div role="menu" aria-label={label}>
          {items.map(({ label: item, onChoose }) => (
            <button
              key={item}
              type="button"
              role="menuitem"
              onClick={() => {
                fold();
                onChoose();
              }}
            >
              {item}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
