import { Button } from "antd";
import { useEffect, useId, useRef, type ReactNode } from "react";

/** The browser's own window above everything, for what must be shown before the other windows are loaded. */
export function PlainDialog({
  title,
  okText,
  onOk,
  onClose,
  children,
}: {
  title: string;
  okText: string;
  onOk: () => void;
  /** Absent for one that only its answer closes. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="plain-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      <p className="plain-dialog-acts">
        {onClose !== undefined && <Button onClick={onClose}>关闭</Button>}
        <Button type="primary" onClick={onOk}>
          {okText}
        </Button>
      </p>
    </dialog>
  );
}
