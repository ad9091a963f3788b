import type { ModalFuncProps } from "antd";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { lazyPart } from "./lazy-part.tsx";

/** What a page says to the person for a moment, and what it asks before it goes on. */
export interface Feedback {
  /** A line that goes by itself, after `seconds` (3 where they are left out). */
  readonly message: Readonly<Record<MessageKind, (text: string, seconds?: number) => void>> & {
    /** One of more than a text, which `destroy` ends before its time. */
    readonly open: (line: Line) => void;
    readonly destroy: (key: string) => void;
  };
  /** A window that waits for an answer. */
  readonly modal: Readonly<Record<ModalKind, (question: ModalFuncProps) => void>>;
}
interface Line {
  readonly key: string;
  readonly content: ReactNode;
  /** Seconds. */
  readonly duration: number;
}
type MessageKind = "success" | "info" | "warning" | "error";
type ModalKind = "confirm" | "info" | "warning" | "error";

/** Shown as soon as the windows are loaded: no page needs them to be looked at. */
const waiting: ((feedback: Feedback) => void)[] = [];
const listeners = new Set<() => void>();
let ready: Feedback | undefined;

function show(what: (feedback: Feedback) => void): void {
  if (ready !== undefined) {
    what(ready);
    return;
  }
  waiting.push(what);
  for (const listener of listeners) listener();
}

const messageOf =
  (kind: MessageKind): Feedback["message"][MessageKind] =>
  (text, seconds) =>
    show(({ message }) => message[kind](text, seconds));
export const message: Feedback["message"] = {
  success: messageOf("success"),
  info: messageOf("info"),
  warning: messageOf("warning"),
  error: messageOf("error"),
  open: (line) => show(({ message }) => message.open(line)),
  destroy: (key) => show(({ message }) => message.destroy(key)),
};

const modalOf =
  (kind: ModalKind): Feedback["modal"][ModalKind] =>
  (question) =>
    show(({ modal }) => modal[kind](question));
export const modal: Feedback["modal"] = {
  confirm: modalOf("confirm"),
  info: modalOf("info"),
  warning: modalOf("warning"),
  error: modalOf("error"),
};

const Windows = lazyPart(
  async () => (await import("./feedback-windows.tsx")).FeedbackWindows,
  "dialog",
);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where messages and questions appear; once a page. */
export function FeedbackPlace() {
  const isAsked = useSyncExternalStore(subscribe, () => waiting.length > 0);
  const [isOpen, setOpen] = useState(false);
  if (isAsked && !isOpen) setOpen(true);
  return (
    isOpen && (
      <Windows
        onReady={(feedback) => {
          ready = feedback;
          for (const what of waiting.splice(0)) what(feedback);
        }}
      />
    )
  );
}
