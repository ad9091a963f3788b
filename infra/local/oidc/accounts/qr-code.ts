import { raw } from "hono/html";
import type { Html } from "../pages.ts";

/** A text as a QR code (二维码), drawn as SVG so that the page needs no image of its own; loaded when somebody enrols. */
export async function qrCode(text: string, title: string): Promise<Html> {
  const [{ createElement }, { renderToStaticMarkup }, { QRCodeSVG }] = await Promise.all([
    import("react"),
    import("react-dom/server"),
    import("@rc-component/qrcode"),
  ]);
  const code = createElement(QRCodeSVG, {
    value: text,
    title,
    size: 176,
    level: "M",
    marginSize: 4,
  });
  return raw(renderToStaticMarkup(code));
}
