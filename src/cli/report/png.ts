/** PNG from SVG, by a prebuilt library that need not be there. */
import { errorCode, UserError } from '../../errors.js';

/** Pixels of the PNG for each of the SVG: sharp on dense screens. */
const SCALE = 2;

/** @throws UserError where the library is missing on this system. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  let library: typeof import('@resvg/resvg-js');
  try {
    library = await import('@resvg/resvg-js');
  } catch (error) {
    throw new UserError({ kind: 'no-resvg', system: errorCode(error) }, null, { cause: error });
  }
  const image = new library.Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: true, defaultFontFamily: 'Liberation Sans', sansSerifFamily: 'Liberation Sans' },
  });
  return image.render().asPng();
}
