/** `npm run test:quick`: what needs no process of its own, no interface, no other program and no long time. */
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import everything from './vitest.config.js';

export default mergeConfig(
  everything,
  defineConfig({
    test: {
      // loading the sources anew for each file takes as long as its tests
      isolate: false,
      // random cases: as many as fit into a moment
      env: { SYNFIN_PROPERTY_MS: '2000' },
      exclude: [
        ...configDefaults.exclude,
        // the command line and the demos as processes, interfaces, a browser
        'test/{cli,cli-*,live,browser,demo,library}/**',
        'test/web/report-page.test.ts',
        // other programs: tshark, capinfos, npm
        'test/**/{peers,peer,second-reader,differences,package,readme}.test.ts',
        // replaces a module, which needs one loaded for it alone
        'test/scenario/coverage.test.ts',
        // each input many times over, each byte of it, or much of it
        'test/{partial,fuzz}/**',
        'test/**/{fuzz,variants,robustness,compression,chunks,limits,escape,writer,damage,direct,fragments}.test.ts',
        'test/track/{attacks,streams,zeek,ordinary,properties}.test.ts',
        // recordings of kernels and of the field, some of which lie outside the repository
        'test/{kernel-*,corpus,vantage,cases}.test.ts',
      ],
    },
  }),
);
