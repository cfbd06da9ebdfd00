/** The quiz: every question has an answer that the ladder shows, and answers come from a terminal or a pipe alike. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Question, quizOf } from '../../src/learn/quiz.js';
import { ladderRows } from '../../src/render/ladder-rows.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { ROOT, readableCaptures } from '../cli/fixtures.js';
import { reportsOf } from '../render/reports.js';
import { runCli } from '../run-cli.js';

const DEMO = join(ROOT, 'captures/demo-tcp.pcap');

async function first(path: string): Promise<ConnectionReport> {
  const [report] = await reportsOf(path, 1);
  if (report === undefined) throw new Error(`${path} has no connection`);
  return report;
}

/** The letters of right answers, a line each. */
function rightAnswers(questions: readonly Question[]): string {
  return questions.map(({ right }) => `${String.fromCharCode(97 + (right[0] ?? 25))}\n`).join('');
}

const answered = (path: string, answers: string, ...more: string[]) =>
  runCli(['quiz', path, ...more], { stdin: Readable.from([answers]) });

describe('questions', () => {
  it('of every capture have right and wrong answers, and those on states agree with the ladder', async () => {
    let asked = 0;
    for (const path of readableCaptures()) {
      for (const report of await reportsOf(join(ROOT, path), 2)) {
        const { questions, rows } = quizOf(report, 100);
        for (const row of rows) {
          expect(row.row).not.toBe('phase');
          if (row.row === 'segment') expect([row.client, row.server, row.notes]).toEqual(['', '', []]);
        }
        for (const { asked: what, choices, right } of questions) {
          asked++;
          expect(choices.length).toBeGreaterThan(1);
          expect(right.length).toBeGreaterThan(0);
          expect(right.length).toBeLessThan(choices.length);
          expect(new Set(choices.map((choice) => JSON.stringify(choice))).size).toBe(choices.length);
          if (what.ask !== 'state') continue;
          const shown = ladderRows(report, false).find(
            (row) => row.row === 'segment' && row.packet === what.packet,
          );
          if (shown?.row !== 'segment') throw new Error(`${path}: no packet ${what.packet}`);
          expect(choices[right[0] ?? 0]).toEqual({ is: 'state', state: shown[what.end] });
        }
      }
    }
    expect(asked).toBeGreaterThan(1000);
  });

  it('are spread over the connection, as many as are wanted', async () => {
    const report = await first(DEMO);
    const all = quizOf(report, 100).questions;
    const some = quizOf(report, 3).questions;
    expect(some).toHaveLength(3);
    expect(some[0]).toEqual(all[0]);
    expect(some[2]).toEqual(all.at(-1));
  });
});

describe('synfin quiz', () => {
  it('all right', async () => {
    const { questions } = quizOf(await first(DEMO), 8);
    const { code, stdout } = await answered(DEMO, rightAnswers(questions));
    expect(code).toBe(0);
    expect(stdout).toContain('8 of 8 right.');
    expect(stdout.match(/^Right\.$/gm)).toHaveLength(8);
  });

  it('wrong, skipped, no letter, and an end before the last question', async () => {
    const { code, stdout } = await answered(DEMO, 'd\n\nz\nB\n');
    expect(code).toBe(0);
    expect(stdout).toContain('No: a) three-way');
    expect(stdout).toContain('Skipped: c) SYN-RECEIVED.');
    expect(stdout).toContain('A letter from a to c, please.');
    expect(stdout).toContain('0 of 3 right.');
  });

  it('the letter of a choice, and q for the end', async () => {
    const { code, stdout } = await answered(DEMO, 'a)\n C. \nq\nc\n');
    expect(code).toBe(0);
    expect(stdout.match(/^Right\.$/gm)).toHaveLength(2);
    expect(stdout).toContain('2 of 2 right.');
  });

  it('says why, in the words of --explain', async () => {
    const { stdout } = await answered(DEMO, '\n'.repeat(8), '--width', '200');
    const { stdout: explained } = await runCli([DEMO, '--explain', '--width', '200']);
    const reasons = [...stdout.matchAll(/^Packet \d+: (.*)$/gm)].map(([, reason]) => reason ?? '');
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons) expect(explained).toContain(reason);
  });

  it('where the packets do not distinguish causes, each of them is right', async () => {
    const { questions } = quizOf(await first(join(ROOT, 'fixtures/kernel/unread.pcap')), 100);
    const question = questions.find(({ asked }) => asked.ask === 'reset-cause');
    expect(question?.right.map((place) => question.choices[place])).toEqual(
      ['aborted', 'listener-closed', 'unread-data'].map((cause) => ({ is: 'cause', cause })),
    );
  });

  it('nothing answered, no such connection, no TCP', async () => {
    expect((await answered(DEMO, '')).stdout).toContain('Nothing was answered.');
    const none = await answered(DEMO, '', '--connection', '7');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no connection 7')]);
    const udp = await answered(join(ROOT, 'captures/demo-udp.pcap'), '');
    expect([udp.code, udp.stderr]).toEqual([2, expect.stringContaining('no TCP connection to ask about')]);
  });

  it('typed text reaches the terminal only where it is printable', async () => {
    const { stdout } = await answered(DEMO, '\u001b[2Jx\n');
    expect(stdout).not.toContain('\u001b[2J');
  });
});
