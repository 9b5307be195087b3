import { defineConfig } from "vitest/config";

// "unit" needs Node alone; "apps" also needs LibreOffice, poppler, qpdf, mutool, pandoc and Chromium.
export default defineConfig({
  test: {
    // Every core has a worker: by its own measure vitest leaves one of two idle.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "apps",
          include: ["tests/**/*.apps.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
