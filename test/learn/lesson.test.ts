/** Pages of lessons as values and in the terminal, and `synfin learn`: on a terminal step by step, elsewhere in one go. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/learn/command.js';
import { lessonOf } from '../../src/learn/lesson.js';
import { blockLines } from '../../src/learn/page-text.js';
import { runCli } from '../run-cli.js';

const PAGE = `# A title

What **you see**,
in two lines.

![A picture](../../pictures/x.svg)

## 1. A step

- first item,
  which goes on
- second

<!-- run: synfin captures/demo-tcp.pcap | head -1 -->

\`\`\`console
$ synfin captures/demo-tcp.pcap | head -1
as printed
\`\`\`

1. A question?

<details><summary>Answer</summary>

Yes.

</details>

\`\`\`sh
# no heading
\`\`\`
`;

describe('a page', () => {
  it('is sections of blocks', () => {
    expect(lessonOf(PAGE)).toEqual({
      title: 'A title',
      sections: [
        {
          title: 'A title',
          blocks: [
            { is: 'text', text: 'What **you see**, in two lines.' },
            { is: 'picture', shows: 'A picture', file: 'x.svg' },
          ],
        },
        {
          title: '1. A step',
          blocks: [
            { is: 'item', mark: '-', text: 'first item, which goes on' },
            { is: 'item', mark: '-', text: 'second' },
            { is: 'output', command: 'synfin captures/demo-tcp.pcap | head -1', lines: ['as printed'] },
            { is: 'item', mark: '1.', text: 'A question?' },
            { is: 'answer', title: 'Answer', blocks: [{ is: 'text', text: 'Yes.' }] },
            { is: 'code', lines: ['# no heading'] },
          ],
        },
      ],
    });
  });

  it('in the terminal is wrapped, marked where there is colour, and has no control sequences', () => {
    const style = { width: 24, color: false, unicode: true, absolute: false };
    const text = '*a* **bold word** and `some code`, [a link](x.md) \u001b[2J';
    const item = { is: 'item', mark: '-', text } as const;
    expect(blockLines(item, style)).toEqual(['- a bold word and `some', '  code`, a link \\x1b[2J']);
    const colored = blockLines(item, { ...style, color: true });
    expect(colored.join('')).toContain('\u001b[1mbold\u001b[0m \u001b[1mword\u001b[0m');
    expect(colored.join('')).toContain('\u001b[36msome\u001b[0m');
    expect(colored.join('')).not.toMatch(/[\ue000-\ue002]/);
  });
});

describe('a command', () => {
  const lines = ['a', 'b', 'a c', 'd'];
  it.each([
    ['synfin x | head -2', ['a', 'b']],
    ['synfin x | tail -1', ['d']],
    ['synfin x | sed -n 2,3p', ['b', 'a c']],
    ["synfin x | grep 'a' | wc -l", ['2']],
    ['synfin x | grep -c a', ['2']],
  ])('%s', (line, kept) => {
    expect(commandOf(line)?.cuts.reduce<readonly string[]>((left, cut) => cut(left), lines)).toEqual(kept);
  });

  it('is split into words as by a shell', () => {
    const line = `synfin x --where 'a == "b c" && d' > /dev/null; echo "code $?"`;
    const command = commandOf(line);
    expect(command?.argv).toEqual(['x', '--where', 'a == "b c" && d']);
    expect([command?.silent, command?.exitCode]).toEqual([true, 'code $?']);
  });

  it.each(['rm -r x', 'synfin $(x)', 'synfin x | sh', 'synfin x; rm y', "synfin 'x", 'synfin x > y'])(
    '%s is not one',
    (line) => {
      expect(commandOf(line)).toBeNull();
    },
  );
});

describe('synfin learn', () => {
  it.each([
    ['en', 'Closing, in four segments and in three', 'closing 4 steps', 'FIN is a statement', 'With ack 8.'],
    [
      'pt-BR',
      'O encerramento, em quatro segmentos e em três',
      'encerramento 4 etapas',
      'O FIN é um aviso',
      'Com ack 8.',
    ],
  ])('%s: prints all without a terminal', async (lang, ...texts) => {
    const { code, stdout, stderr } = await runCli(['learn', 'closing', '--lang', lang]);
    expect([code, stderr]).toEqual([0, '']);
    for (const text of texts) expect(stdout).toContain(text);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toMatch(/undefined|<!--|<details>|\]\(/);
    expect(stdout).not.toContain('\u001b');
  });

  it('lists, by default too', async () => {
    const { code, stdout } = await runCli(['learn']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {3}6 {2}half-close +Half-close: /m);
    expect((await runCli(['learn', '--list'])).stdout).toBe(stdout);
  });

  it('suggests a lesson for an unknown name', async () => {
    const { code, stderr } = await runCli(['learn', 'half-closed']);
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean 'half-close'?");
    const portuguese = await runCli(['learn', '99', '--lang', 'pt-BR']);
    expect([portuguese.code, portuguese.stderr]).toEqual([
      2,
      expect.stringContaining("não existe a lição '99'"),
    ]);
  });

  it('on a terminal waits: next, back, the answer, and the end', async () => {
    const typed = (lines: string) =>
      runCli(['learn', '3', '--color', 'never'], {
        terminal: true,
        columns: 80,
        stdin: Readable.from([lines]),
      });
    const { stdout } = await typed('\n\nb\nq\n');
    const places = [...stdout.matchAll(/^── .*\((\d+)\/\d+\)$/gm)].map(([, place]) => place);
    expect(places).toEqual(['1', '2', '3', '2']);
    const all = await typed('\n'.repeat(20));
    expect(all.stdout).toContain('[Enter: the answer, b: back, q: quit] Answer:');
    expect(all.stdout).toContain('The next one: synfin learn data');
  });

  it('accepts the beginning of a name', async () => {
    expect((await runCli(['learn', 'hand'])).stdout).toMatch(/^── The handshake /);
    // windows and no other; calls, ci and closing are ambiguous
    expect(await runCli(['learn', 'c'])).toMatchObject({ code: 2 });
  });

  it('--live says why a scenario cannot run, and shows its recording', async () => {
    const { code, stdout } = await runCli(['learn', 'loss', '--live']);
    expect(code).toBe(0);
    const [, reason = ''] = stdout.split("Live: the scenario 'loss' runs now.\n");
    expect(reason).toMatch(/^synfin: .+\n(?:.+\n)*So its recording is shown\.\nS->>C: 11 /);
  }, 60_000);
});
