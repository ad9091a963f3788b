import type { ThemeConfig } from "antd";

/** The palette of base.css where antd needs it: ink, a deep blue, and colours that carry meaning. AA on white. */
const palette = {
  primary: "#123a6b",
  link: "#0b57b3",
  error: "#b3261e",
  warning: "#8a5a00",
  success: "#1b6e3c",
  ink: "#1c2530",
  muted: "#566270",
  faint: "#6b7684",
  ground: "#f4f6f9",
  disabled: "#f3f5f8",
  line: "#cfd6df",
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
    colorTextPlaceholder: palette.faint,
    colorTextDisabled: palette.faint,
    colorBgContainerDisabled: palette.disabled,
    colorBgLayout: palette.ground,
    colorBorder: palette.line,
    borderRadius: 4,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif',
  },
  components: {
    Input: { colorTextDisabled: palette.ink },
    Select: { colorTextDisabled: palette.ink },
    Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
  },
};
