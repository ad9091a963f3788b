import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import type { ReactNode } from "react";
import { useAppearance } from "./appearance.ts";
import { themeOf } from "./theme.ts";

/** The component library in Chinese and in the app's colours. */
export function Themed({ children }: { children: ReactNode }) {
  const theme = themeOf(useAppearance());
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <div className="app">{children}</div>
    </ConfigProvider>
  );
}
