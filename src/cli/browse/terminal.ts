/**
 * The terminal itself, by terminal-kit: keys, mouse, size, and a screen of which only changed cells are written. Whatever
 * ends the process, the screen that was there before comes back.
 */
import type { Screen } from '../../browse/view.js';
import { errorCode, UserError } from '../../errors.js';

export interface TerminalEvents {
  /** A name as terminal-kit gives it (`PAGE_DOWN`), or the character. */
  key(name: string): void;
  click(line: number): void;
  wheel(down: boolean): void;
  resize(width: number, height: number): void;
}

export interface FullScreen {
  readonly width: number;
  readonly height: number;
  draw(screen: Screen): void;
  /** To the clipboard of the user's machine, where the terminal allows it. */
  copy(text: string): void;
  /** Gives the terminal to the shell; comes back with `fg`. */
  suspend(): void;
  close(): void;
}

/** SGR mouse reports, which terminal-kit leaves switched on, and bracketed paste. */
const MODES_OFF = '\u001b[?1006l\u001b[0m';
/** Signals that end the process and that nobody else handles; SIGINT and SIGTERM end the command in order. */
const ENDING = [
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const;

/** Loaded here, as no other command needs it. @throws UserError where it was left out of the installation. */
async function terminalKit(): Promise<typeof import('terminal-kit')> {
  try {
    return (await import('terminal-kit')).default;
  } catch (error) {
    if (errorCode(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError({ kind: 'no-terminal-kit' });
  }
}

/** Colours as escape sequences in the text; the types of terminal-kit do not know `markup` here. */
const WITH_COLOURS = { x: 0, dx: 1, dy: 0, attr: {}, wrap: false, markup: 'ansi' };

export async function openFullScreen(events: TerminalEvents, mouse: boolean): Promise<FullScreen> {
  const kit = await terminalKit();
  const term = kit.terminal;
  let buffer = bufferOf();
  let open = false;

  function bufferOf(): InstanceType<typeof kit.ScreenBuffer> {
    return new kit.ScreenBuffer({ dst: term, width: term.width, height: term.height });
  }

  const enter = (): void => {
    open = true;
    term.fullscreen(true);
    term.hideCursor(true);
    term.grabInput(mouse ? { mouse: 'button' } : {});
  };
  const leave = (): void => {
    if (!open) return;
    open = false;
    term.grabInput(false);
    term.hideCursor(false);
    term.fullscreen(false);
    process.stdout.write(MODES_OFF);
  };
  // before an error is reported, so that its text is on the original screen
  process.on('uncaughtExceptionMonitor', leave);
  // where there is no listener yet, one here would keep Node.js from ending the process
  const isHandled = process.listenerCount('unhandledRejection') > 0;
  if (isHandled) process.prependListener('unhandledRejection', leave);
  process.on('exit', leave);
  const endings = ENDING.map(([signal, code]) => {
    const end = (): void => process.exit(code);
    process.on(signal, end);
    return () => process.off(signal, end);
  });

  const onKey = (name: string): void => events.key(name);
  const onMouse = (name: string, { y }: { y: number }): void => {
    if (name === 'MOUSE_LEFT_BUTTON_PRESSED') events.click(y - 1);
    else if (name === 'MOUSE_WHEEL_UP' || name === 'MOUSE_WHEEL_DOWN') events.wheel(name.endsWith('DOWN'));
  };
  const onResize = (width: number, height: number): void => {
    buffer = bufferOf();
    term.clear();
    events.resize(width, height);
  };
  term.on('key', onKey);
  term.on('mouse', onMouse);
  term.on('resize', onResize);
  enter();

  return {
    get width() {
      return term.width;
    },
    get height() {
      return term.height;
    },
    draw({ lines, cursor }) {
      if (!open) return;
      buffer.fill({ attr: {}, char: ' ' });
      for (const [y, line] of lines.entries()) buffer.put({ ...WITH_COLOURS, y }, line);
      term.hideCursor(true);
      buffer.draw({ delta: true });
      if (cursor === null) return;
      term.moveTo(cursor.x + 1, cursor.y + 1);
      term.hideCursor(false);
    },
    copy(text) {
      // OSC 52; the console of Linux would print it
      if (process.env.TERM === 'linux') return;
      process.stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
    },
    suspend() {
      leave();
      process.once('SIGCONT', () => {
        enter();
        onResize(term.width, term.height);
      });
      process.kill(process.pid, 'SIGTSTP');
    },
    close() {
      leave();
      term.off('key', onKey);
      term.off('mouse', onMouse);
      term.off('resize', onResize);
      process.off('uncaughtExceptionMonitor', leave);
      process.off('unhandledRejection', leave);
      process.off('exit', leave);
      for (const end of endings) end();
    },
  };
}
