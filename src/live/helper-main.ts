/** Entry of the helper process; see helper.ts. Ends by itself, so that nothing native is left half done. */
import { captureHelper } from './helper.js';

process.exit(await captureHelper(process.argv.slice(2)));
