import { theme as library, type ThemeConfig } from "antd";
import type { Appearance } from "./appearance.ts";

/** The palette of palette.css where antd needs it. */
const palettes = {
  light: {
    primary: "#123a6b",
    link: "#0b57b3",
    error: "#b3261e",
    warning: "#8a5a00",
    success: "#1b6e3c",
    ink: "#1c2530",
    muted: "#566270",
    faint: "#6b7684",
    ground: "#f4f6f9",
    paper: "#ffffff",
    raised: "#ffffff",
    disabled: "#f3f5f8",
    line: "#cfd6df",
  },
  dark: {
    primary: "#3b6fb3",
    link: "#8ab8f5",
    error: "#ff9a90",
    warning: "#e8b55a",
    success: "#74c999",
    ink: "#e3e8ee",
    muted: "#a3aeba",
    faint: "#929eab",
    ground: "#10161d",
    paper: "#182029",
    raised: "#1f2935",
    disabled: "#222c38",
    line: "#3d4957",
  },
} as const satisfies Record<Appearance, unknown>;

/** No animation where the system prefers reduced motion. */
const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;

export function themeOf(appearance: Appearance): ThemeConfig {
  const palette = palettes[appearance];
  return {
    algorithm: appearance === "dark" ? library.darkAlgorithm : library.defaultAlgorithm,
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
      colorBgContainer: palette.paper,
      colorBgElevated: palette.raised,
      colorBgContainerDisabled: palette.disabled,
      colorBgLayout: palette.ground,
      colorBorder: palette.line,
      borderRadius: 4,
      fontSize: 14,
      fontFamily:
        '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif',
      motion: moves,
    },
    components: {
      Input: { colorTextDisabled: palette.ink },
      Select: { colorTextDisabled: palette.ink },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
    },
  };
}
