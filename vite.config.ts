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
      input: ["web/staff/index.html", "web/staff/silent-renew.html"],
      // Whatever chunk makes a schema first, zod has been told before that it may not evaluate code.
      output: {
        codeSplitting: {
          groups: [{ name: "zod", test: /node_modules[\\/]zod[\\/]|[\\/]no-eval\.ts$/u }],
        },
      },
    },
  },
});
