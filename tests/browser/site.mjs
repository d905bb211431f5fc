/* What the browser tests share: an index of the samples and of one hostile document, nqserve over it, Chromium.
 *
 *   NQ_BIN     folder of the programs
 *   NQ_SHOTS   folder for pictures of the page (default: none are taken)
 *
 * Ends with status 77 (skipped) where Chromium, playwright-core or axe-core is missing. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

const here = dirname(fileURLToPath(import.meta.url));
const samples = join(here, '../samples');
const require = createRequire(import.meta.url);

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}
function optional(name) {
  try {
    return require.resolve(name);
  } catch {
    return skip(`no ${name}; run "npm ci" in tests/browser`);
  }
}
const { chromium } = require(optional('playwright-core'));
const axeSource = readFileSync(optional('axe-core/axe.min.js'), 'utf8');
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  ?? skip('no Chromium');
const bin = process.env.NQ_BIN || join(here, '../../build/tools');
if (!existsSync(join(bin, 'nqserve'))) skip('nqserve was not built');

/* Every text of this document tries to run. */
export const hostile = {
  id: 'hostile', date: '2026-06-20', kind: 'report', source: '"><img src=x onerror="window.hacked=1">',
  title: '跨站样本<script>window.hacked=1</script>"><svg onload="window.hacked=1">',
  url: 'javascript:window.hacked=1',
  text: '跨站样本</p></li></ol><script>window.hacked=1</script><img src=x onerror=window.hacked=1> 云岭省数据管理局 6 月 20 日印发《跨站样本"><b onmouseover="window.hacked=1">方案》。',
};

export const draft = readFileSync(join(samples, 'draft.md'), 'utf8');
let folder, server, browser, said = '';
export let base;

/* Runs a program on the index and gives back its output, empty where it finds nothing. */
export function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(join(bin, program), ['-i', join(folder, 'nq.db'), ...args], { encoding: 'utf8' });
  assert.notEqual(status, 2, stderr);
  return stdout;
}

async function serve() {
  server = spawn(join(bin, 'nqserve'), ['-i', join(folder, 'nq.db'), '--listen=127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    const hear = data => {
      said += data;
      const address = /http:\/\/[\d.:]+/.exec(said);
      if (address && said.includes('\n')) resolve(address[0]);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', code => reject(new Error(`nqserve ended with ${code}: ${said}`)));
  });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nq-browser-'));
  writeFileSync(join(folder, 'hostile.jsonl'), `${JSON.stringify(hostile)}\n`);
  run('nqindex', '-q', join(samples, 'reports'), join(samples, 'news'), join(samples, 'archive.jsonl'), join(folder, 'hostile.jsonl'));
  base = await serve();
  browser = await chromium.launch({ executablePath, args: process.getuid() ? [] : ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  if (server) {
    server.removeAllListeners('exit');
    const ended = new Promise(resolve => server.on('exit', resolve));
    server.kill();
    assert.equal(await ended, 0, said);
  }
  if (folder) rmSync(folder, { recursive: true });
});

/* Opens `address` in a fresh browser, calls `act`, and then holds that nothing complained: no error of script, nothing that the
 * content security policy stopped, no hostile text that ran. */
export async function visit(address, act, { complaints = /^$/, ...options } = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1200, height: 850 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const complained = [];
  page.on('pageerror', error => complained.push(String(error)));
  page.on('console', message => { if (message.type() === 'error' && !complaints.test(message.text())) complained.push(message.text()); });
  page.on('dialog', dialog => { complained.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  try {
    await page.goto(new URL(address, base).href);
    await act(page, context);
    assert.deepEqual(complained, []);
    if (options.javaScriptEnabled !== false) assert.equal(await page.evaluate(() => window.hacked), undefined);
  } finally {
    await context.close();
  }
}

/* What axe-core finds wrong with the page. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' ')}`);
}

/* Takes a picture for the README, where that is wanted. */
export async function shot(page, name) {
  if (!process.env.NQ_SHOTS) return;
  mkdirSync(process.env.NQ_SHOTS, { recursive: true });
  const size = page.viewportSize();
  if (size.width > 600) await page.setViewportSize({ width: 1200, height: 720 });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
  writeFileSync(join(process.env.NQ_SHOTS, `${name}.webp`), Buffer.from(data, 'base64'));
  await page.setViewportSize(size);
}

/* The address of a search. */
export const at = (q, params = {}) => `/?${new URLSearchParams({ q, ...params })}`;
export const texts = (page, selector) => page.locator(selector).allTextContents();
