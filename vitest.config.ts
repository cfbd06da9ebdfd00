import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // what is waited for may come late on a busy machine
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['test/property-seed.ts'],
    // Two cores: live captures must not be starved by other tests
    maxWorkers: 2,
    sequence: { shuffle: { files: true, tests: false } },
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  },
});
