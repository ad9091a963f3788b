import type { ThemeConfig } from "antd";

/** The one palette of the staff app: ink, a deep blue, and colours that carry meaning. AA on white. */
export const palette = {
  primary: "#123a6b",
  link: "#0b57b3",
  error: "#b3261e",
  warning: "#8a5a00",
  success: "#1b6e3c",
  ink: "#1c2530",
  muted: "#566270",
  paper: "#ffffff",
  ground: "#f4f6f9",
  line: "#d5dbe3",
} as const;

export const theme: ThemeConfig = {
  cssVar: { key: "juesuan" },
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.link,
    colorError: palette.error,
    colorWarning: palette.warning,
    colorSuccess: palette.success,
    colorText: palette.ink,
    colorTextSecondary: palette.muted,
    colorTextDescription: palette.muted,
    colorBgLayout: palette.ground,
    colorBorder: palette.line,
    borderRadius: 4,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif',
  },
  components: {
    Layout: { headerBg: palette.primary, headerHeight: 52, headerPadding: "0 24px" },
    Table: { headerBg: "#eef2f7", cellPaddingBlock: 10 },
  },
};
