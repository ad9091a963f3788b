import { useSyncExternalStore } from "react";
import type { Session } from "../session/session.ts";
import { PlainDialog } from "./plain-dialog.tsx";

/** Above every page: shows that the session is over, that nothing is lost, and leads back to this very place. */
export function SessionGate({ session }: { session: Session }) {
  const hasEnded = useSyncExternalStore(session.ended.subscribe, session.ended.snapshot);
  if (!hasEnded) return null;
  return (
    <PlainDialog title="登录已过期" okText="重新登录" onOk={() => void session.signInAgain()}>
      <p>
        您填写的内容都保留在这台电脑上，不会丢失。请重新登录，登录后回到当前页面，未保存的内容会自动保存。
      </p>
    </PlainDialog>
  );
}
