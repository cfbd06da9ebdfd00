/** `synfin learn [LESSON]`: the pages of docs/lessons in the terminal, with each command run, section by section. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UserError } from '../../errors.js';
import { ENGLISH, phrases } from '../../explain/phrases.js';
import { commandOf } from '../../learn/command.js';
import { type Block, type Lesson, lessonOf } from '../../learn/lesson.js';
import { blockLines, commandLine, headingLine } from '../../learn/page-text.js';
import { samePart } from '../../learn/same-part.js';
import type { TextStyle } from '../../render/text/style.js';
import { nearest } from '../../where/suggest.js';
import { textStyle } from '../options/options.js';
import { DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';
import { installation } from '../terminal/package-root.js';

export interface LearnFlags {
  list?: boolean;
  live?: boolean;
  color: 'auto' | 'always' | 'never';
  width?: number;
  ascii?: boolean;
}

/** Runs a command line of synfin; in the language in use. */
export type RunCommand = (argv: readonly string[], io: CliIo) => Promise<number>;

export async function learn(
  name: string | undefined,
  flags: LearnFlags,
  io: CliIo,
  run: RunCommand,
): Promise<number> {
  const { root } = installation();
  const folder = join(root, 'docs', 'lessons', phrases === ENGLISH ? 'en' : 'pt-BR');
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => /^\d\d-.*\.md$/.test(file)) : [];
  if (names.length === 0) throw new UserError(phrases.learnMissing());
  const pages = names.sort().map((file) => file.slice(0, -'.md'.length));
  const read = (page: string): Lesson => lessonOf(readFileSync(join(folder, `${page}.md`), 'utf8'));
  const style = textStyle({ format: 'table', ...flags }, io);
  if (name === undefined || flags.list === true) {
    await write(io.stdout, `${list(pages, read, style).join('\n')}\n`);
    return DONE;
  }
  const page = pageNamed(name, pages);
  const next = pages[pages.indexOf(page) + 1];
  const walk = new Walk(read(page), style, io, flags.live === true, run);
  try {
    await walk.through(next === undefined ? null : `synfin learn ${shortName(next)}`);
  } finally {
    walk.close();
  }
  return io.signal.aborted ? INTERRUPTED : DONE;
}

function list(pages: readonly string[], read: (page: string) => Lesson, style: TextStyle): string[] {
  const width = Math.max(...pages.map((page) => shortName(page).length));
  const lines = pages.map(
    (page) =>
      `  ${String(Number.parseInt(page, 10)).padStart(2)}  ${shortName(page).padEnd(width)}  ${headingLine(read(page).title, { ...style, color: false })}`,
  );
  return [
    headingLine(phrases.learnList(pages.length), style),
    ...lines,
    '',
    headingLine(phrases.learnHint('synfin learn 1'), { ...style, color: false }),
  ];
}

/** Without its number. */
function shortName(page: string): string {
  return page.replace(/^\d+-/, '');
}

/** By its number, its name, or both; the beginning of one name is enough. */
function pageNamed(name: string, pages: readonly string[]): string {
  const found = pages.find(
    (page) =>
      page === name ||
      shortName(page) === name ||
      (/^\d+$/.test(name) && Number(name) === Number.parseInt(page, 10)),
  );
  if (found !== undefined) return found;
  const begun = name === '' ? [] : pages.filter((page) => shortName(page).startsWith(name));
  if (begun.length === 1 && begun[0] !== undefined) return begun[0];
  const meant = nearest(name, pages.map(shortName));
  throw new UserError(phrases.learnUnknown(name, meant), phrases.learnUnknownHint());
}

/** What the user types where the lesson waits. */
type Answer = 'next' | 'back' | 'quit';

class Walk {
  readonly #lesson: Lesson;
  readonly #style: TextStyle;
  readonly #io: CliIo;
  readonly #live: boolean;
  readonly #run: RunCommand;
  readonly #typed: AsyncIterator<string> | null;
  readonly #close: () => void;
  /** Where captures of scenarios that ran live are, by recording; null where none could be made. */
  readonly #captured = new Map<string, string | null>();
  /** Why scenarios could not run live, as it was said. */
  readonly #reasons = new Set<string>();
  #folder: string | null = null;

  constructor(lesson: Lesson, style: TextStyle, io: CliIo, live: boolean, run: RunCommand) {
    this.#lesson = lesson;
    this.#style = style;
    this.#io = io;
    this.#live = live;
    this.#run = run;
    const lines = io.terminal
      ? createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })
      : null;
    io.signal.addEventListener('abort', () => lines?.close(), { once: true });
    this.#typed = lines === null ? null : lines[Symbol.asyncIterator]();
    this.#close = () => lines?.close();
  }

  /** `next`: the command for the lesson after this one. */
  async through(next: string | null): Promise<void> {
    const { sections } = this.#lesson;
    let at = 0;
    while (at < sections.length) {
      const answer = await this.#section(at);
      if (answer === 'quit') return;
      at = answer === 'back' ? Math.max(0, at - 1) : at + 1;
    }
    await this.#say(['', headingLine(phrases.learnEnd(next), this.#style)]);
  }

  close(): void {
    this.#close();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #section(at: number): Promise<Answer> {
    const { sections } = this.#lesson;
    const section = sections[at];
    if (section === undefined) return 'next';
    const place = phrases.learnPlace(at + 1, sections.length);
    await this.#say([
      ...(at === 0 ? [] : ['']),
      headingLine(`── ${section.title} (${place})`, this.#style),
      '',
    ]);
    let before: Block['is'] | null = null;
    for (const block of section.blocks) {
      if (this.#io.signal.aborted) return 'quit';
      // items of one list follow each other
      if (before !== null && !(before === 'item' && block.is === 'item')) await this.#say(['']);
      before = block.is;
      if (block.is === 'answer') {
        const answer = await this.#wait(phrases.learnAnswerKeys());
        if (answer !== 'next') return answer;
        await this.#say([headingLine(`${block.title}:`, this.#style), '']);
        for (const each of block.blocks) await this.#block(each);
      } else await this.#block(block);
    }
    // after the last section there is nothing to wait for
    if (at === sections.length - 1) return 'next';
    if (this.#typed !== null) await this.#say(['']);
    return this.#wait(phrases.learnKeys());
  }

  async #block(block: Block): Promise<void> {
    if (block.is === 'picture')
      return this.#say(blockLines({ is: 'text', text: phrases.learnPicture(block.shows) }, this.#style));
    if (block.is !== 'output') return this.#say(blockLines(block, this.#style));
    await this.#say([commandLine(block.command, this.#style)]);
    const printed = await this.#output(block.command, block.lines);
    if (printed !== null) return this.#say(printed);
    await this.#say([headingLine(phrases.learnFromPage(), { ...this.#style, color: false })]);
    await this.#say(blockLines({ is: 'code', lines: block.lines }, this.#style).map((line) => line.slice(2)));
  }

  /** What it prints; null where it cannot be run here. `page`: what the page has of it. */
  async #output(line: string, page: readonly string[]): Promise<string[] | null> {
    const command = commandOf(line);
    if (command === null) return null;
    const { root } = installation();
    const argv: string[] = [];
    for (const word of command.argv) {
      const isFile = /^(?:captures|fixtures)\//.test(word);
      if (isFile && !existsSync(join(root, word))) return null;
      argv.push(isFile ? await this.#file(word) : word);
    }
    const isLive = argv.some((word, at) => word !== command.argv[at]);
    const colored = this.#style.color && command.cuts.length === 0 && /\.pcap$/.test(command.argv[0] ?? '');
    const [output, errors] = [collector(), collector()];
    const code = await inFolder(root, () =>
      this.#run(colored ? [...argv, '--color', 'always'] : argv, {
        ...this.#quietIo(),
        stdout: command.silent ? collector().stream : output.stream,
        stderr: errors.stream,
      }),
    );
    const exit = command.exitCode === null ? [] : [command.exitCode.replace('$?', String(code))];
    const all = linesOf(output.text());
    const shown =
      (isLive && command.byPlace ? samePart(page, all) : null) ??
      command.cuts.reduce<readonly string[]>((kept, cut) => cut(kept), all);
    return [...linesOf(errors.text()), ...shown, ...exit];
  }

  /** The recording, or with --live a capture of the same scenario. */
  async #file(word: string): Promise<string> {
    const [, protocol, name = 'simple'] = /^captures\/demo-(tcp|udp)(?:-([\w-]+))?\.pcap$/.exec(word) ?? [];
    if (!this.#live || protocol === undefined) return word;
    const known = this.#captured.get(word);
    if (known !== undefined) return known ?? word;
    this.#folder ??= mkdtempSync(join(tmpdir(), 'synfin-learn-'));
    const file = join(this.#folder, word.slice('captures/'.length));
    const said = collector();
    await this.#say([headingLine(phrases.learnLive(name), this.#style)]);
    await this.#run(['demo', protocol, '--scenario', name, '--write', file], {
      ...this.#quietIo(),
      stdout: collector().stream,
      stderr: said.stream,
    });
    const made = existsSync(file);
    const lines = said.text().trimEnd().split('\n');
    const recording = phrases.recordingText(protocol.toUpperCase(), null).split('\n')[0] ?? '';
    const end = lines.findIndex((each) => each.startsWith(recording));
    await this.#say(made ? lines : this.#whyNotLive(lines.slice(0, end < 0 ? undefined : end)));
    if (made && ![...this.#captured.values()].some((each) => each !== null))
      await this.#say([headingLine(phrases.learnDiffers(), { ...this.#style, color: false })]);
    this.#captured.set(word, made ? file : null);
    return made ? file : word;
  }

  /** A reason and its advice are long: each is said once in a lesson. */
  #whyNotLive(reason: readonly string[]): string[] {
    const text = reason.join('\n');
    if (this.#reasons.has(text)) return [phrases.learnNotLiveAgain()];
    this.#reasons.add(text);
    return [...reason, phrases.learnNotLive()];
  }

  /** Of a command within the lesson: as in a pipe of 80 columns, so that its output is that of the page. */
  #quietIo(): CliIo {
    const { stdin, stdout, stderr, env, signal } = this.#io;
    return { stdin, stdout, stderr, env, signal, piped: false, terminal: false, columns: null, rows: null };
  }

  async #say(lines: readonly string[]): Promise<void> {
    await write(this.#io.stdout, lines.map((line) => `${line}\n`).join(''));
  }

  /** Waits for Enter on a terminal; other input is read in one go. */
  async #wait(keys: string): Promise<Answer> {
    if (this.#typed === null) return 'next';
    await write(this.#io.stdout, keys);
    const { value, done } = await this.#typed.next();
    if (done === true) {
      await this.#say(['']);
      return 'quit';
    }
    const key = value.trim().toLowerCase();
    if (key.startsWith('q')) return 'quit';
    return key.startsWith('b') ? 'back' : 'next';
  }
}

/** The commands of lessons name files from the root of the package. */
async function inFolder<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  if (before !== folder) process.chdir(folder);
  try {
    return await action();
  } finally {
    if (before !== folder) process.chdir(before);
  }
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.trimEnd().split('\n');
}

function collector(): { stream: Writable; text(): string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString() };
}
