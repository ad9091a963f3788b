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
/** Somebody waits for one of them: that the windows do not come is shown. A line is only shown late. */
let isQuestionWaiting = false;
const listeners = new Set<() => void>();
let ready: Feedback | undefined;

function show(what: (feedback: Feedback) => void, isQuestion = false): void {
  if (ready !== undefined) {
    what(ready);
    return;
  }
  waiting.push(what);
  isQuestionWaiting ||= isQuestion;
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
    show(({ modal }) => modal[kind](question), true);
export const modal: Feedback["modal"] = {
  confirm: modalOf("confirm"),
  info: modalOf("info"),
  warning: modalOf("warning"),
  error: modalOf("error"),
};

const load = async () => (await import("./feedback-windows.tsx")).FeedbackWindows;
const Windows = lazyPart(load, "extra");
const AwaitedWindows = lazyPart(load, "dialog");

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
type Need = "none" | "later" | "now";
const needed = (): Need =>
  ready !== undefined || waiting.length === 0 ? "none" : isQuestionWaiting ? "now" : "later";

/** Where messages and questions appear; once a page. */
export function FeedbackPlace() {
  const need = useSyncExternalStore(subscribe, needed);
  /** The greatest need so far, which keeps the windows where they are once they have come. */
  const [opened, setOpened] = useState<Need>("none");
  if (need !== "none" && need !== opened && opened !== "now") setOpened(need);
  if (opened === "none") return null;
  const onReady = (feedback: Feedback) => {
    ready = feedback;
    for (const what of waiting.splice(0)) what(feedback);
  };
  return opened === "now" ? <AwaitedWindows onReady={onReady} /> : <Windows onReady={onReady} />;
}
