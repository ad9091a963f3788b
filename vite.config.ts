import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Offices still run browsers of Chrome 88's age; antd 6 needs nothing newer. */
export default defineConfig({
  root: "web/staff",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "chrome88",
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      // Their packages do not say so, and a part that nobody uses would come along with the part beside it.
      treeshake: {
        moduleSideEffects: [
          { test: /node_modules[\\/]@(?:rc-component|ant-design)[\\/]/u, sideEffects: false },
        ],
      },
      input: ["web/staff/index.html", "web/staff/silent-renew.html"],
      // Whatever chunk makes a schema first, zod knows by then that it may not evaluate code.
      output: {
        codeSplitting: {
          groups: [{ name: "zod", test: /node_modules[\\/]zod[\\/]|[\\/]no-eval\.ts$/u }],
        },
      },
    },
  },
});
