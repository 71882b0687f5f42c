import { defineConfig, type UserConfig } from "vite";

// The loader is one classic script with a fixed name, because its address is in other people's pages.
const loader: UserConfig = {
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2021",
    lib: {
      entry: "src/loader/index.ts",
      formats: ["iife"],
      name: "_",
      fileName: () => "eclipse-ticket-widget.js",
    },
  },
};

// Chat, form and tracking page carry their content's hash in the name, so that they can be cached for ever.
const form: UserConfig = {
  base: "./",
  build: {
    outDir: "dist",
    target: "es2021",
    manifest: "manifest.json",
    assetsDir: "static",
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: { input: { chat: "src/chat/index.ts", form: "src/form/index.ts", track: "src/track/index.ts", portal: "src/portal/index.ts" } },
  },
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "static/[name]-[hash].js" } } },
};

export default defineConfig(({ mode }) => ({ publicDir: false, ...(mode === "loader" ? loader : form) }));
