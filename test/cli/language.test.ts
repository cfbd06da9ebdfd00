/** `--lang`, and the locale of the environment. */
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

const DEMO = 'captures/demo-tcp.pcap';
const ENGLISH = 'three-way handshake in 26.3 µs';
const PORTUGUESE = 'handshake de três vias em 26,3 µs';

describe('the language', () => {
  it.each([
    [{}, [], ENGLISH],
    [{ LC_ALL: 'pt_BR.UTF-8' }, [], PORTUGUESE],
    [{ LC_ALL: 'pt_PT.UTF-8' }, [], PORTUGUESE],
    [{ LC_ALL: 'C.UTF-8', LC_MESSAGES: 'pt_BR.UTF-8' }, [], ENGLISH],
    [{ LC_ALL: '', LC_MESSAGES: 'pt_BR.UTF-8', LANG: 'en_US.UTF-8' }, [], PORTUGUESE],
    [{ LC_ALL: '', LC_MESSAGES: 'de_DE.UTF-8', LANG: 'pt_BR.UTF-8' }, [], ENGLISH],
    [{ LC_ALL: '', LANG: 'pt_BR.UTF-8' }, [], PORTUGUESE],
    [{ LC_ALL: 'pt_BR.UTF-8' }, ['--lang', 'en'], ENGLISH],
    [{}, ['--lang', 'pt-BR'], PORTUGUESE],
    [{}, ['--lang=pt_br'], PORTUGUESE],
  ])('%o %o', async (env, options, said) => {
    const { code, stdout } = await runCli(['analyze', DEMO, ...options], { env });
    expect(stdout).toContain(said);
    expect(code).toBe(0);
  });

  it.each([
    [['--lang', 'pt-BR', 'analyze', DEMO]],
    [['--lang=pt-BR', DEMO]],
    [[DEMO, '--lang', 'pt-BR']],
    [['--lang', 'pt-BR', 'demo', 'tcp', '--recording']],
  ])('%o', async (argv) => {
    expect((await runCli(argv)).stdout).toContain(PORTUGUESE);
  });

  it('of one run does not affect the next', async () => {
    await runCli([DEMO, '--lang', 'pt-BR']);
    expect((await runCli([DEMO])).stdout).toContain(ENGLISH);
  });

  it('is refused where the name is unknown, with the nearest', async () => {
    const near = await runCli(['analyze', DEMO, '--lang', 'bt-BR']);
    expect(near).toMatchObject({ code: 2, stdout: '' });
    expect(near.stderr).toBe(
      "synfin: --lang: there is no language 'bt-BR'; did you mean 'pt-BR'?\nThere are: en, pt-BR\n",
    );
    for (const argv of [
      ['analyze', DEMO, '--lang', 'klingon'],
      ['--lang', 'klingon', 'analyze', DEMO],
    ])
      expect(await runCli(argv)).toMatchObject({
        code: 2,
        stderr: "synfin: --lang: there is no language 'klingon'\nThere are: en, pt-BR\n",
      });
  });

  it('changes no key, code or column that programs read', async () => {
    const run = async (...options: string[]): Promise<string> =>
      (await runCli(['analyze', 'fixtures/kernel/unread.pcap', ...options])).stdout;
    const keys = (text: string): string[] => text.match(/"\w+":/g) ?? [];
    const codes = (text: string): string[] => text.match(/"(?:code|kind|cause|outcome)": *"[^"]*"/g) ?? [];
    const [english, portuguese] = [
      await run('--format', 'json'),
      await run('--format', 'json', '--lang', 'pt-BR'),
    ];
    expect(keys(portuguese)).toEqual(keys(english));
    expect(codes(portuguese)).toEqual(codes(english));
    expect(portuguese).not.toBe(english);
    const head = async (...options: string[]): Promise<string | undefined> =>
      (await run('--format', 'csv', ...options)).split('\n')[0];
    expect(await head('--lang', 'pt-BR')).toBe(await head());
  });
});

describe('the help in Portuguese', () => {
  const COMMANDS = [
    ...['', 'analyze', 'merge', 'browse', 'report', 'live', 'demo', 'demo tcp', 'demo udp'],
    ...[
      'tcp',
      'tcp server',
      'tcp client',
      'udp server',
      'udp client',
      'quiz',
      'interfaces',
      'formats',
      'schema',
      'explain',
    ],
  ];
  /** Words of descriptions; names of options, values and commands are English. */
  const ENGLISH =
    /(?<![\p{L}\d./_-])(?:the|this|these|those|from|with|which|what|show|read|write|print|list of|only|each|choices|Usage|Options|after|until)(?![\p{L}\d/_-])/u;

  it.each(COMMANDS)('of synfin %s leaves nothing in English', async (command) => {
    const env = { LC_ALL: 'pt_BR.UTF-8' };
    const words = command.split(' ').filter((word) => word !== '');
    const { code, stdout } = await runCli([...words, '--help'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('Uso: synfin');
    const said = stdout.replace(/<.*?>/g, '').split('\n');
    expect(said.filter((line) => ENGLISH.test(line))).toEqual([]);
    const english = (await runCli([...words, '--help'])).stdout;
    const options = (text: string): string[] => text.match(/^ {2}-.*?(?= {2,}|$)/gm) ?? [];
    expect(options(stdout)).toEqual(options(english));
    expect(english).toContain('Usage: synfin');
    expect((await runCli([...words, '-h'], { env })).stdout).toMatch(/^Uso: /);
  });

  it.each([[['--help', '--lang', 'pt-BR']], [['--lang=pt-BR', '--help']], [['--lang', 'pt-BR', '-h']]])(
    '%o is the help of the program',
    async (argv) => {
      const { code, stdout } = await runCli(argv);
      expect(code).toBe(0);
      expect(stdout).toContain('Do SYN ao FIN');
    },
  );

  it.each([
    [['--fromat', 'json'], "synfin: opção desconhecida '--fromat'\n(Você quis dizer --format?)\n"],
    [['--format'], "synfin: falta o valor da opção '--format <name>'\n"],
    [
      ['--color', 'red'],
      "synfin: o valor 'red' da opção '--color <when>' não é válido. Valores possíveis: auto, always, never.\n",
    ],
    [
      ['--limit', 'x'],
      "synfin: o valor 'x' da opção '--limit <n>' não é válido. Esperado: um número inteiro de ao menos 0.\n",
    ],
  ])('%o is refused in Portuguese', async (options, said) => {
    const run = await runCli(['analyze', DEMO, '--lang', 'pt-BR', ...options]);
    expect(run).toMatchObject({ code: 2, stderr: said });
  });
});

describe('errors in Portuguese', () => {
  it.each([
    [['nothing.pcap'], 'synfin: nothing.pcap: não existe esse arquivo\n'],
    [
      ['fixtures/synthetic/cut-short.pcap'],
      /^synfin: .*: cortado no meio do pacote \d+: esperados \d+ bytes a partir do byte \d+, há \d+\n$/,
    ],
    [['fixtures/synthetic/not-a-capture.pcap'], /: não é uma captura: começa com /],
    [[DEMO, '--connection', '9'], 'synfin: não existe a conexão 9: só a conexão 0 foi encontrada\n'],
    [
      [DEMO, '--columns', 'outcom'],
      "synfin: --columns: não há a coluna 'outcom'; você quis dizer 'outcome'?\nsynfin ARQUIVO --columns help as lista.\n",
    ],
    [[DEMO, '--json', '--ndjson'], 'synfin: um formato de cada vez: --format, --json ou --ndjson\n'],
    [[DEMO, '--format', 'csv', '-o', 'fixtures'], 'synfin: fixtures: não é possível gravar: é uma pasta\n'],
    [[DEMO, '--packets'], 'synfin: --packets só combina com --format ndjson, csv ou parquet\n'],
  ])('%o', async (argv, said) => {
    const { stderr } = await runCli(['analyze', ...argv, '--lang', 'pt-BR']);
    if (typeof said === 'string') expect(stderr).toBe(said);
    else expect(stderr).toMatch(said);
  });
});
